"""Expressions and types of Java as chains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import field, first_child, text
from gate.languages.base.typed_references import LONGEST_CHAIN
from gate.languages.java.reader.types import type_name

if TYPE_CHECKING:
    from tree_sitter import Node

    from gate.languages.base.typed_references import Parts


def parts_of(node: Node | None, owner: str) -> Parts:
    """Return an expression or a type in the class `owner` as a chain, part by part; [] when it is none."""
    reversed_parts: Parts = []
    while node is not None and len(reversed_parts) < LONGEST_CHAIN:
        kind = node.type
        if kind in ("identifier", "type_identifier"):
            return [text(node), *reversed(reversed_parts)]
        if kind in ("scoped_type_identifier", "scoped_identifier"):
            names = "".join(text(node).split()).split(".")
            return [*names, *reversed(reversed_parts)] if "<" not in text(node) else []
        if kind == "field_access":
            reversed_parts.append(text(field(node, "field")))
            node = field(node, "object")
        elif kind == "method_invocation":
            # Of a call that is read itself the shape says that it is one; inside of a chain the part does.
            reversed_parts.append(text(field(node, "name")) + ("()" if reversed_parts else ""))
            node = field(node, "object")
            if node is None:
                return list(reversed(reversed_parts))
        elif kind == "parenthesized_expression":
            node = first_child(node)
        else:
            start = _start_of_chain(node, owner, is_whole=not reversed_parts)
            return [*start, *reversed(reversed_parts)] if start else []
    return []


def _start_of_chain(node: Node, owner: str, *, is_whole: bool) -> Parts:
    """Return the chain of an instance that a longer chain begins with; `is_whole` where nothing follows."""
    kind = node.type
    if kind == "object_creation_expression":
        has_body = any(child.type == "class_body" for child in node.named_children)
        name = type_name(field(node, "type")) if not has_body else ""
    elif kind == "this" and not is_whole:
        name = owner
    elif kind == "cast_expression" and not is_whole:
        name = type_name(field(node, "type"))
    else:
        name = ""
    return f"{name}()".split(".") if name else []
