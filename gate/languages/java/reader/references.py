"""What the declarations of a Java file read, with the names they bind left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import children, children_but_names, field, text, walk
from gate.languages.base.typed_references import TypedReferences, value_chain
from gate.languages.java.reader.chains import parts_of
from gate.languages.java.reader.types import TYPES, instance, type_name
from gate.model.source import Call, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tree_sitter import Node

    from gate.languages.base.typed_references import Parts

_CHAINS = (
    "identifier",
    "type_identifier",
    "scoped_identifier",
    "scoped_type_identifier",
    "field_access",
    "method_invocation",
)
_NAMED = words(
    "formal_parameter catch_formal_parameter variable_declarator enhanced_for_statement resource "
    "method_declaration constructor_declaration compact_constructor_declaration instanceof_expression "
    "type_pattern annotation_type_element_declaration enum_constant"
).union(TYPES)
"""Nodes whose field `name` is bound there, not read."""
_TYPED_NAMES = ("formal_parameter", "resource", "enhanced_for_statement", "instanceof_expression")
_LABELS = ("switch_label", "labeled_statement", "break_statement", "continue_statement")
"""Nodes whose identifiers are labels, or constants of an enum that is not named there."""
_FIELDS = ("field_declaration", "constant_declaration")


class JavaReferences(TypedReferences):
    """The references of one Java file."""

    def __init__(self) -> None:
        super().__init__()
        self._owner = ""
        self._type_parameters: Sequence[str] = ()

    def read_declaration(self, nodes: Sequence[Node], owner: str, type_parameters: Sequence[str]) -> None:
        """Add what the nodes of a declaration in the class `owner` read; type parameters are those in scope."""
        self._owner, self._type_parameters = owner, type_parameters
        bindings = (node for start in nodes for node in _binding_nodes(start))
        self._read_declaration(bindings, nodes, type_parameters)

    # Local names

    def _bind(self, node: Node) -> None:
        kind, name = node.type, field(node, "name")
        if kind == "type_parameter":
            parts = children(node)
            for part in parts[-1:] + parts[:1]:
                self._locals.bind(text(part))
        elif kind == "local_variable_declaration":
            declared = field(node, "type")
            for declarator in node.children_by_field_name("declarator"):
                value = self._value(declared, field(declarator, "value"))
                self._locals.bind(text(field(declarator, "name")), value)
        elif kind in _TYPED_NAMES and name:
            declared = field(node, "type") or field(node, "right")
            self._locals.bind(text(name), self._value(declared, None))
        elif kind in ("catch_formal_parameter", "variable_declarator") and name:
            self._locals.bind(text(name))
        elif kind == "lambda_expression":
            parameters = field(node, "parameters")
            is_bare = parameters is not None and parameters.type == "identifier"
            self._bind_identifiers([parameters] if is_bare and parameters else children(parameters))
        elif kind in ("type_pattern", "record_pattern_component"):
            self._bind_identifiers(children(node))
        elif kind in TYPES:
            self._locals.bind(text(name))

    def _bind_identifiers(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            if node.type == "identifier":
                self._locals.bind(text(node))

    def _value(self, declared: Node | None, value: Node | None) -> Callable[[], str]:
        if text(declared) == "var":
            return lambda: self._locals.chain(value_chain(parts_of(value, "")))
        return lambda: self._locals.chain(instance(declared, self._type_parameters).split("."))

    # What is read

    def _read(self, start: Node) -> None:
        stack: list[tuple[Node, bool]] = [(start, False)]
        """With whether the node is in the body of an anonymous or local class."""
        while stack:
            node, is_foreign = stack.pop()
            kind = node.type
            if kind in _CHAINS:
                inner = self._read_chain(node, is_foreign=is_foreign)
            elif kind == "object_creation_expression":
                inner = self._read_creation(node, is_foreign=is_foreign)
            elif kind in _LABELS:
                inner = (child for child in children(node) if child.type != "identifier")
            elif kind == "element_value_pair":
                inner = (child for child in (field(node, "value"),) if child is not None)
            elif kind == "method_reference":
                inner = iter(children(node)[:1])
            else:
                inner = iter(children_but_names(node) if kind in _NAMED else node.named_children)
                is_foreign = is_foreign or (node is not start and (kind == "class_body" or kind in TYPES))
            stack += ((child, is_foreign) for child in inner)

    def _is_readable(self, root: str) -> bool:
        return root.isidentifier()

    def _read_creation(self, node: Node, *, is_foreign: bool) -> Iterator[Node]:
        """Add the type that is made; yield what of the expression is still to be read."""
        declared, arguments = field(node, "type"), field(node, "arguments")
        name = type_name(declared)
        is_plain = any(child.type == "new" for child in node.children[:1])
        if name and arguments is not None and is_plain:
            self._add_name(name.split("."), node, _call_shape(arguments), is_foreign=is_foreign)
        if declared is not None and declared.type == "generic_type":
            yield from children(declared)[1:]
        yield from (child for child in children(node) if declared is None or child.id != declared.id)

    def _read_chain(self, node: Node, *, is_foreign: bool) -> Iterator[Node]:
        """Add a chain; yield what of it is still to be read."""
        arguments = field(node, "arguments") if node.type == "method_invocation" else None
        parts = parts_of(node, self._owner)
        if parts:
            call = _call_shape(arguments) if arguments is not None else None
            self._add_name(parts, node, call, is_foreign=is_foreign)
        if arguments is not None:
            yield arguments
        if node.type in ("method_invocation", "field_access"):
            inner = field(node, "object")
            while parts and inner is not None and inner.type == "field_access":
                inner = field(inner, "object")
            if inner is not None and (not parts or inner.type not in ("identifier", "this", "super")):
                yield inner

    def _add_name(self, parts: Parts, node: Node, call: Call | None, *, is_foreign: bool) -> None:
        """Add a chain; in the body of another class names in lower case may be that class's members."""
        root = next(iter(self._locals.expand(parts)), "")
        if not is_foreign or root[:1].isupper():
            self._add(parts, node, self._owner, call)


def _binding_nodes(start: Node) -> Iterator[Node]:
    """Yield the nodes of a declaration that may bind local names; fields of the class itself are no such names."""
    no_locals = ("local_variable_declaration", *(_FIELDS if start.type in _FIELDS else ()))
    for node in walk(start):
        if node is start and start.type not in ("method_declaration", "constructor_declaration"):
            continue
        parent = node.parent if node.type == "variable_declarator" else None
        if node.type != "variable_declarator" or (parent is not None and parent.type not in no_locals):
            yield node


def _call_shape(arguments: Node) -> Call:
    return Call(len(children(arguments)))
