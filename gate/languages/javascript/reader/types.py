"""What only TypeScript's compiler reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader.scopes import Block
from gate.languages.javascript.reader.syntax import required_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import FileWalk

_NAMES = ("type_identifier", "nested_type_identifier", "identifier", "member_expression")


def visit_types(walk: FileWalk, node: Node) -> None:
    """Read the chains in a type or in a list of types; its type parameters are names of its own."""
    walk.chains.typing += 1
    with walk.inside(Block("block", walk.block.path, type_parameter_names(node))):
        name = node.child_by_field_name("name")
        queue = [child for child in node.named_children if child != name]
        while queue:
            queue += _visit_part(walk, queue.pop())
    walk.chains.typing -= 1


def _visit_part(walk: FileWalk, node: Node) -> Sequence[Node]:
    """Read one part of a type, and return those of its parts that are yet to be read."""
    if node.type in _NAMES:
        return walk.chains.read(node)
    if node.type == "type_parameter":
        name = node.child_by_field_name("name")
        return [child for child in node.named_children if child != name]
    if node.type in ("required_parameter", "optional_parameter"):
        annotation = node.child_by_field_name("type")
        return [annotation] if annotation is not None else []
    if node.type == "call_expression":
        module = required_module(node)  # `import("m")` in a type
        if module:
            walk.add_import(module, "", "", node, typing=True)
        return []
    return node.named_children


def typed_expression(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read `x as T` or `x satisfies T`: the first part is a value, the others are types."""
    first, *operands = node.named_children or [node]
    for operand in operands:
        _visit_operand(walk, operand)
    return [first] if first != node else None


def _visit_operand(walk: FileWalk, node: Node) -> None:
    """Read a type that stands where an expression may."""
    walk.chains.typing += 1
    if node.type in ("type_identifier", "nested_type_identifier"):
        walk.chains.read(node)
    walk.chains.typing -= 1
    if node.child_count:
        visit_types(walk, node)


def type_parameter_names(node: Node) -> set[str]:
    """Return `T` and `U` of `<T, U extends V>`."""
    return {text(parameter.child_by_field_name("name")) for parameter in _type_parameters(node)}


def _type_parameters(node: Node) -> Iterator[Node]:
    parameters = node.child_by_field_name("type_parameters")
    for child in parameters.named_children if parameters is not None else ():
        if child.type == "type_parameter":
            yield child
