"""What the declarations of a Go file read, with the names they bind left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import children, children_but_names, field, first_child, text, walk
from gate.languages.base.typed_references import TypedReferences, value_chain
from gate.languages.go.reader.chains import call_shape, parts_of
from gate.languages.go.reader.types import PREDECLARED, instance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

    from gate.model.source import Call

_FUNCTIONS = ("function_declaration", "method_declaration")
_PARAMETERS = ("parameter_declaration", "variadic_parameter_declaration", "type_parameter_declaration")
_TYPES = ("type_spec", "type_alias")
_VARIABLES = ("var_spec", "const_spec")
_NAMED = (*_FUNCTIONS, *_PARAMETERS, *_TYPES, *_VARIABLES)
"""Nodes whose field `name` is bound there, not read."""
_CHAINS = ("identifier", "type_identifier", "selector_expression", "qualified_type")
_SKIPPED = frozenset(("field_identifier", "label_name", "package_identifier", "comment"))


class GoReferences(TypedReferences):
    """The references of one Go file."""

    def read_declaration(self, node: Node) -> None:
        """Add what a declaration at the top of the file reads, its own names left out."""
        self._read_declaration(_binding_nodes(node), (node,))

    # Local names

    def _bind(self, node: Node) -> None:
        kind = node.type
        if kind in _PARAMETERS or kind in _VARIABLES:
            self._bind_declared(node)
        elif kind == "short_var_declaration":
            values = field(node, "right")
            for index, name in enumerate(children(field(node, "left"))):
                self._locals.bind(text(name), self._value_at(values, index))
        elif kind in ("range_clause", "receive_statement", "type_switch_statement"):
            for name in children(field(node, "alias" if kind == "type_switch_statement" else "left")):
                if name.type == "identifier":
                    self._locals.bind(text(name))
        elif kind in _TYPES:
            self._locals.bind(text(field(node, "name")))

    def _bind_declared(self, node: Node) -> None:
        """Bind parameters, variables or constants: by their type where that is theirs, else by their values."""
        declared, values = field(node, "type"), field(node, "value")
        is_typed = node.type in ("parameter_declaration", "var_spec") and declared is not None
        for index, name in enumerate(node.children_by_field_name("name")):
            value = self._value_of_type(declared) if is_typed else self._value_at(values, index)
            self._locals.bind(text(name), value)

    def _value_of_type(self, declared: Node | None) -> Callable[[], str]:
        return lambda: self._locals.chain(instance(declared).split("."))

    def _value_at(self, values: Node | None, index: int) -> Callable[[], str] | None:
        nodes = children(values)
        if len(nodes) > index:
            return lambda: self._locals.chain(value_chain(parts_of(nodes[index])))
        return None

    # What is read

    def _read(self, start: Node) -> None:
        stack = [start]
        while stack:
            node = stack.pop()
            kind = node.type
            if kind in _SKIPPED:
                continue
            if kind == "call_expression":
                stack += self._read_call(node)
            elif kind in _CHAINS:
                stack += self._read_chain(node)
            elif kind == "composite_literal":
                stack += self._read_literal(node)
            elif kind == "keyed_element":
                stack += _expressions(node)
            elif kind in _NAMED:
                stack += children_but_names(node)
            else:
                stack += node.named_children

    def _is_readable(self, root: str) -> bool:
        return root not in PREDECLARED

    def _read_call(self, node: Node) -> Iterator[Node]:
        """Add the chain of a call; yield what of the call is still to be read."""
        function, arguments = field(node, "function"), field(node, "arguments")
        if function is None or arguments is None:
            return
        yield arguments
        yield from self._read_chain(function, call_shape(arguments))
        type_arguments = field(node, "type_arguments")
        if type_arguments is not None:
            yield type_arguments

    def _read_chain(self, node: Node, call: Call | None = None) -> Iterator[Node]:
        """Add a chain; yield what of it is still to be read."""
        parts = parts_of(node)
        if parts:
            self._add(parts, node, call=call)
        if node.type == "selector_expression":
            operand = field(node, "operand")
            while parts and operand is not None and operand.type == "selector_expression":
                operand = field(operand, "operand")
            if operand is not None and (not parts or operand.type != "identifier"):
                yield operand
        elif not parts or node.type not in _CHAINS:
            yield from node.named_children

    def _read_literal(self, node: Node) -> Iterator[Node]:
        """Add the fields that a literal names; yield what of it is still to be read."""
        declared, body = field(node, "type"), field(node, "body")
        if declared is not None:
            yield declared
        value = instance(declared)
        is_outer = bool(value) and value.partition(".")[0].removesuffix("()") not in self._locals
        for element in children(body):
            if element.type != "keyed_element":
                yield element
                continue
            yield from _expressions(element)
            key = first_child(first_child(element))
            if is_outer and key is not None and key.type == "identifier":
                self._add_chain(f"{value}.{text(key)}", key)


def _binding_nodes(declaration: Node) -> Iterator[Node]:
    """Yield the nodes of a declaration that may bind local names: outside of functions only their literals do."""
    is_function = declaration.type in _FUNCTIONS
    literal_end = 0
    for node in walk(declaration):
        if node.type == "func_literal":
            literal_end = max(literal_end, node.end_byte)
        if is_function or node.start_byte < literal_end or node.type == "type_parameter_declaration":
            yield node


def _expressions(element: Node) -> list[Node]:
    """Return the parts of a keyed element that are surely expressions: a bare name as key may be a field's."""
    nodes = children(element)
    key = first_child(nodes[0]) if nodes else None
    return nodes[1:] if key is not None and key.type == "identifier" else nodes
