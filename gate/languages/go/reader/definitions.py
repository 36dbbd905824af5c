"""What a Go file defines: functions and methods, types with their members, variables and constants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gate.languages.base.treesitter import children, define, digest, field, text, walk
from gate.languages.base.typed_references import value_chain
from gate.languages.go.reader.chains import parts_of
from gate.languages.go.reader.types import MEMBERS, embedded_types, instance, result, signature, type_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from gate.model.source import Definition

_SPECS = frozenset(("type_spec", "const_spec", "var_spec", "func_literal"))


class GoDefinitions:
    """The definitions of one file; all of them are `conditional` where the file is built for some systems only."""

    def __init__(self, *, conditional: bool) -> None:
        self.definitions: list[Definition] = []
        self._conditional = conditional

    def _define(self, name: str, scope: str, kind: str, node: Node, **details: Any) -> None:
        if name and name != "_":
            definition = define(name, scope, kind, node, conditional=self._conditional, **details)
            self.definitions.append(definition)

    def add_function(self, node: Node) -> None:
        """Add a function, or a method in the scope of its receiver's type."""
        name = text(field(node, "name"))
        receiver = field(node, "receiver")
        scope = ""
        if receiver is not None:
            names = [type_name(field(parameter, "type")) for parameter in children(receiver)]
            scope = names[0] if names else ""
        if scope or (receiver is None and name not in ("init", "_")):
            self._add_callable(name, scope, node, digest(node, name))

    def _add_callable(self, name: str, scope: str, node: Node, text_digest: str) -> None:
        self._define(
            name,
            scope,
            "function",
            node,
            signature=signature(field(node, "parameters")),
            value=result(field(node, "result")),
            digest=text_digest,
        )

    def add_declared(self, declaration: Node) -> None:
        """Add the types, variables or constants of a declaration."""
        for node in walk(declaration, _SPECS):
            match node.type:
                case "type_spec" | "type_alias":
                    self._add_type(node)
                case "const_spec" | "var_spec":
                    self._add_variables(node)

    def _add_type(self, node: Node) -> None:
        name, definition = text(field(node, "name")), field(node, "type")
        if definition is None:
            return
        if node.type == "type_alias":
            value = type_name(definition)
            self._define(name, "", "type", node, value=value, digest=digest(definition))
            return
        has_members = definition.type in ("struct_type", "interface_type")
        bases = tuple(embedded_types(definition) if has_members else filter(None, (type_name(definition),)))
        text_digest = "" if has_members else digest(definition)
        self._define(name, "", "class", node, bases=bases, digest=text_digest)
        for member in walk(definition, MEMBERS):
            if member.type == "field_declaration":
                self._add_fields(name, member)
            elif member.type == "method_elem":
                self._add_callable(text(field(member, "name")), name, member, digest(member))

    def _add_fields(self, owner: str, node: Node) -> None:
        """Add the fields of one declaration; an embedded type is a field of its own name."""
        value = instance(field(node, "type"))
        names = [text(name) for name in node.children_by_field_name("name")]
        for name in names or [type_name(field(node, "type")).rpartition(".")[2]]:
            self._define(name, owner, "attribute", node, value=value)

    def _add_variables(self, node: Node) -> None:
        names = [text(name) for name in node.children_by_field_name("name")]
        declared, values = field(node, "type"), children(field(node, "value"))
        for index, name in enumerate(names):
            value = _value_at(values, index, len(names)) if declared is None else instance(declared)
            self._define(name, "", "variable", node, value=value, digest=digest(node, name))


def _value_at(values: Sequence[Node], index: int, count: int) -> str:
    """Return the chain that gives the variable at an index; of one call with several results, the first alone."""
    if len(values) == count:
        return ".".join(value_chain(parts_of(values[index])))
    return ".".join(value_chain(parts_of(values[0]))) if len(values) == 1 and index == 0 else ""
