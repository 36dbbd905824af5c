"""Expressions and types of Rust as chains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import field, first_child, text
from gate.languages.base.typed_references import LONGEST_CHAIN
from gate.languages.rust.reader.paths import PATHS, path_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from gate.languages.base.typed_references import Parts

_NAMES = ("identifier", "type_identifier", "crate", "super")


def parts_of(node: Node | None, self_type: str) -> Parts:
    """Return an expression or a type as a chain, part by part; [] when it is none. `Self` stands for `self_type`."""
    reversed_parts: Parts = []
    call = ""  # "()" where what stands in `node` is called or made
    while node is not None and len(reversed_parts) < LONGEST_CHAIN:
        kind = node.type
        if kind in _NAMES or kind in PATHS:
            path = with_self_type(path_of(node), self_type)
            return [*path[:-1], path[-1] + call, *reversed(reversed_parts)] if path else []
        if kind == "self":
            return [f"{self_type}()", *reversed(reversed_parts)] if reversed_parts and self_type else []
        if kind == "field_expression":
            reversed_parts.append(text(field(node, "field")) + call)
            call, node = "", field(node, "value")
        elif kind == "call_expression" and not call:
            call, node = "()", field(node, "function")
        elif kind == "generic_function":
            node = field(node, "function")
        elif kind in ("reference_expression", "parenthesized_expression") and not call:
            node = field(node, "value") or first_child(node)
        elif kind == "struct_expression" and not call:
            call, node = "()", field(node, "name")
        else:
            return []
    return []


def with_self_type(path: Parts, self_type: str) -> Parts:
    """Return a path with `Self` at its start replaced by the type it stands for; [] where there is none."""
    if path[:1] != ["Self"]:
        return path
    return [self_type, *path[1:]] if self_type else []
