"""What only type checkers read, and the parts of patterns that are read rather than bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader.scopes import Frame, required

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import Walk


def types(walk: Walk, node: Node) -> None:
    """Chains that only type checkers read."""
    walk.reads.typing += 1
    names = {text(one.child_by_field_name("name")) for one in type_parameters(node)}
    with walk.entered(Frame("block", walk.frame.path, names)):
        name = node.child_by_field_name("name")
        queue = [one for one in node.named_children if one != name]
        while queue:
            one = queue.pop()
            if one.type in (
                "type_identifier",
                "nested_type_identifier",
                "identifier",
                "member_expression",
            ):
                queue += walk.reads.chain(one)
            elif one.type == "type_parameter":
                own = one.child_by_field_name("name")
                queue += [each for each in one.named_children if each != own]
            elif one.type in ("property_identifier", "infer_type"):
                queue += one.named_children
            elif one.type in ("required_parameter", "optional_parameter"):
                given = one.child_by_field_name("type")
                queue += [given] if given is not None else []
            elif one.type == "call_expression":
                _imported(walk, one)
            else:
                queue += one.named_children
    walk.reads.typing -= 1


def _imported(walk: Walk, node: Node) -> None:
    """`import("m")` in a type."""
    module = required(node)
    if module:
        walk.bring(module, "", "", node, typing=True)


def one_type(walk: Walk, node: Node) -> None:
    """A type that stands where an expression may."""
    walk.reads.typing += 1
    if node.type in ("type_identifier", "nested_type_identifier"):
        walk.reads.chain(node)
    walk.reads.typing -= 1
    if node.child_count:
        types(walk, node)


def typed_expression(walk: Walk, node: Node) -> Sequence[Node] | None:
    """`x as T`, `x satisfies T`: the first part is a value, the others are types."""
    first, *others = node.named_children or [node]
    for one in others:
        one_type(walk, one)
    return [first] if first != node else None


def type_parameters(node: Node) -> Iterator[Node]:
    """`T` and `U` of `<T, U extends V>`."""
    found = node.child_by_field_name("type_parameters")
    for one in found.named_children if found is not None else ():
        if one.type == "type_parameter":
            yield one


def without_names(pattern: Node) -> Iterator[Node]:
    """What a pattern or a list of parameters reads: defaults, computed keys, types, decorators."""
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
            bound = node.child_by_field_name("pattern")
            queue += [bound] if bound is not None else []
            yield from (one for one in node.named_children if one != bound)
        elif kind in ("object_pattern", "array_pattern", "rest_pattern", "pair_pattern", "formal_parameters"):
            queue += node.named_children
        else:
            yield node
