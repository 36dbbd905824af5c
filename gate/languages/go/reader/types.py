"""Types in Go: their names, what an instance is written as in chains, embedded types, signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import children, field, first_child, text, walk
from gate.model.source import Parameter, Signature, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

PREDECLARED = words(
    "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune "
    "string uint uint8 uint16 uint32 uint64 uintptr true false iota nil append cap clear close complex copy "
    "delete imag len make max min new panic print println real recover _"
)
"""Names that every package has; the blank identifier is no name."""
MEMBERS = frozenset(("field_declaration", "method_elem", "type_elem"))
"""Nodes that are members of a struct or an interface."""
_WRAPPERS = ("pointer_type", "parenthesized_type", "generic_type")


def type_name(node: Node | None) -> str:
    """Return the name of a type without pointers and type arguments; "" for a type without one."""
    while node is not None and node.type in _WRAPPERS:
        node = field(node, "type") or first_child(node)
    if node is None or node.type not in ("type_identifier", "qualified_type"):
        return ""
    return text(node).replace(" ", "")


def instance(node: Node | None) -> str:
    """Return the chain of an instance of a type, `Type()`; "" for a predeclared type and one without a name."""
    name = type_name(node)
    return f"{name}()" if name and name not in PREDECLARED else ""


def result(node: Node | None) -> str:
    """Return the instance that a call gives: its only result, or the first of several."""
    if node is not None and node.type == "parameter_list":
        return instance(field(first_child(node), "type"))
    return instance(node)


def embedded_types(node: Node) -> Iterator[str]:
    """Yield the names of the types that a struct or an interface embeds; "?" for one without a name."""
    for member in walk(node, MEMBERS):
        if member.type == "field_declaration" and not member.children_by_field_name("name"):
            yield type_name(field(member, "type")) or "?"
        elif member.type == "type_elem":
            types = children(member)
            yield (type_name(types[0]) if len(types) == 1 else "") or "?"


def signature(node: Node | None) -> Signature:
    """Return the signature of a list of parameters."""
    parameters: list[Parameter] = []
    for declaration in children(node):
        is_variadic = declaration.type == "variadic_parameter_declaration"
        names = [text(name) for name in declaration.children_by_field_name("name")] or [""]
        for name in names:
            label = name if name not in ("", "_") else f"argument {len(parameters) + 1}"
            parameters.append(Parameter(label, "rest" if is_variadic else "positional", not is_variadic))
    return Signature(tuple(parameters))
