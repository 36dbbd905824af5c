"""Patterns and lists of parameters: the names they bind, and the parts of them that are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node


def bound_names(pattern: Node | None) -> Iterator[Node]:
    """Yield the names a pattern binds: `a`, `{a, b: c = 1, ...d}`, `[a, , b]`."""
    queue = [pattern] if pattern is not None else []
    while queue:
        node = queue.pop()
        kind = node.type
        if kind in ("identifier", "shorthand_property_identifier_pattern"):
            yield node
        elif kind in ("assignment_pattern", "object_assignment_pattern"):
            left = node.child_by_field_name("left")
            queue += [left] if left is not None else []
        elif kind == "pair_pattern":
            inner = node.child_by_field_name("value")
            queue += [inner] if inner is not None else []
        elif kind in ("required_parameter", "optional_parameter"):
            inner = node.child_by_field_name("pattern")
            queue += [inner] if inner is not None else []
        elif kind in ("object_pattern", "array_pattern", "rest_pattern", "formal_parameters"):
            queue += node.named_children


def parts_read(pattern: Node) -> Iterator[Node]:
    """Yield what a pattern or a list of parameters reads: defaults, computed keys, types, decorators."""
    queue = [pattern]
    while queue:
        node = queue.pop()
        kind = node.type
        if kind in ("identifier", "shorthand_property_identifier_pattern", "property_identifier", "this"):
            continue
        if kind in ("assignment_pattern", "object_assignment_pattern"):
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            queue += [left] if left is not None else []
            if right is not None:
                yield right
        elif kind in ("required_parameter", "optional_parameter"):
            inner = node.child_by_field_name("pattern")
            queue += [inner] if inner is not None else []
            yield from (child for child in node.named_children if child != inner)
        elif kind in ("object_pattern", "array_pattern", "rest_pattern", "pair_pattern", "formal_parameters"):
            queue += node.named_children
        else:
            yield node
