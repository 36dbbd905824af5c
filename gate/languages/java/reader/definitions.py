"""What a Java file defines: types with their members, types inside of types included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gate.languages.base.treesitter import children, define, digest, field, text
from gate.languages.java.reader.references import JavaReferences
from gate.languages.java.reader.types import (
    TYPES,
    annotation_names,
    bases,
    instance,
    overload,
    signature,
    type_parameters,
)
from gate.model.source import Signature, words

if TYPE_CHECKING:
    from tree_sitter import Node

    from gate.model.source import Definition

_HARMLESS = words("Deprecated SuppressWarnings FunctionalInterface Override Nullable NonNull Test Immutable")
"""Annotations that give a type no members."""
_DEEPEST = 20
"""Types inside of types."""
_FIELDS = ("field_declaration", "constant_declaration")
_METHODS = ("method_declaration", "annotation_type_element_declaration")


class JavaDefinitions:
    """The definitions of one file, and the references of their declarations."""

    def __init__(self) -> None:
        self.definitions: list[Definition] = []
        self.references = JavaReferences()
        self._owner = ""
        self._type_parameters: list[str] = []
        """Those of the types around."""

    def _define(self, name: str, kind: str, node: Node, **details: Any) -> None:
        if name:
            self.definitions.append(define(name, self._owner, kind, node, **details))

    def add_type(self, node: Node, depth: int = 0) -> None:
        """Add a type and its members; `depth` counts the types around it."""
        name, body = text(field(node, "name")), field(node, "body")
        outer, outer_parameters = self._owner, len(self._type_parameters)
        if not name or depth > _DEEPEST:
            return
        self._type_parameters += type_parameters(node)
        read_later = {child.id for child in (field(node, "name"), body) if child is not None}
        head = [child for child in children(node) if child.id not in read_later]
        self.references.read_declaration(head, self._owner, self._type_parameters)
        self._owner = f"{outer}.{name}" if outer else name
        index = len(self.definitions)
        members = _members(body)
        for component in _components(node):
            value = instance(field(component, "type"), self._type_parameters)
            self._define(text(field(component, "name")), "attribute", component, value=value)
        for member in members:
            self._add_member(member, depth)
        self.definitions.insert(index, _type_definition(name, outer, node, members))
        self._owner = outer
        del self._type_parameters[outer_parameters:]

    def _add_member(self, node: Node, depth: int) -> None:
        kind = node.type
        if kind in TYPES:
            self.add_type(node, depth + 1)
            return
        self.references.read_declaration([node], self._owner, self._type_parameters)
        if kind in _FIELDS:
            value = instance(field(node, "type"), self._type_parameters)
            for declarator in node.children_by_field_name("declarator"):
                name = text(field(declarator, "name"))
                self._define(name, "variable", declarator, value=value, digest=digest(node))
        elif kind == "enum_constant":
            value = f"{self._owner.rpartition('.')[2]}()"
            self._define(text(field(node, "name")), "variable", node, value=value)
        elif kind in _METHODS:
            self._add_method(node)

    def _add_method(self, node: Node) -> None:
        name, parameters = text(field(node, "name")), field(node, "parameters")
        value = instance(field(node, "type"), [*self._type_parameters, *type_parameters(node)])
        self._define(
            name,
            "function",
            node,
            signature=signature(parameters),
            decorators=tuple(annotation_names(node)),
            value=value,
            digest=digest(node, name),
            overload=overload(parameters),
        )


def _type_definition(name: str, scope: str, node: Node, members: list[Node]) -> Definition:
    decorators = tuple(annotation_names(node))
    makes_members = bool(set(decorators) - _HARMLESS)
    return define(
        name,
        scope,
        TYPES[node.type],
        node,
        signature=None if makes_members else _constructor_signature(node, members),
        decorators=decorators,
        bases=tuple(bases(node)),
        opaque=makes_members,
    )


def _members(body: Node | None) -> list[Node]:
    members = []
    for node in children(body):
        members += children(node) if node.type == "enum_body_declarations" else [node]
    return members


def _components(node: Node) -> list[Node]:
    """Return the components of a record."""
    parameters = field(node, "parameters") if node.type == "record_declaration" else None
    return [parameter for parameter in children(parameters) if parameter.type == "formal_parameter"]


def _constructor_signature(node: Node, members: list[Node]) -> Signature | None:
    """Return the signature by which a type is made; None where there are several, or it cannot be made."""
    if node.type not in ("class_declaration", "record_declaration"):
        return None
    constructors = [member for member in members if member.type == "constructor_declaration"]
    if node.type == "record_declaration":
        return None if constructors else signature(field(node, "parameters"))
    if not constructors:
        return Signature()
    return signature(field(constructors[0], "parameters")) if len(constructors) == 1 else None
