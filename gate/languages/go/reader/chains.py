"""Expressions and types of Go as chains, and the shape of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import children, field, first_child, text
from gate.languages.base.typed_references import LONGEST_CHAIN
from gate.languages.go.reader.types import instance
from gate.model.source import Call

if TYPE_CHECKING:
    from tree_sitter import Node

    from gate.languages.base.typed_references import Parts


def parts_of(node: Node | None) -> Parts:
    """Return an expression or a type as a chain, part by part; [] when it is none."""
    reversed_parts: Parts = []
    call = ""  # "()" where what stands in `node` is called
    while node is not None and len(reversed_parts) < LONGEST_CHAIN:
        kind = node.type
        if kind in ("identifier", "type_identifier", "package_identifier"):
            return [text(node) + call, *reversed(reversed_parts)]
        if kind == "qualified_type":
            package, _, name = text(node).replace(" ", "").partition(".")
            return [package, name + call, *reversed(reversed_parts)]
        if kind == "selector_expression":
            reversed_parts.append(text(field(node, "field")) + call)
            call, node = "", field(node, "operand")
        elif kind == "call_expression" and not call:
            call, node = "()", field(node, "function")
        elif kind in ("composite_literal", "type_assertion_expression"):
            value = instance(field(node, "type")) if not call else ""
            return [*value.split("."), *reversed(reversed_parts)] if value else []
        elif kind == "parenthesized_expression" and not call:
            node = first_child(node)
        elif kind == "unary_expression" and not call and node.children[0].type in ("&", "*"):
            node = field(node, "operand")
        else:
            return []
    return []


def call_shape(arguments: Node) -> Call:
    """Return the shape of a call with these arguments."""
    nodes = children(arguments)
    if nodes and nodes[-1].type == "variadic_argument":
        return Call(len(nodes) - 1, star=True)
    if len(nodes) == 1 and nodes[0].type == "call_expression":  # it may give several values
        return Call(0, star=True)
    return Call(len(nodes))
