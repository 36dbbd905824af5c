"""Functions: their parameters, and the statements in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader import define, types
from gate.languages.javascript.reader.patterns import bound_names, parts_read
from gate.languages.javascript.reader.scopes import Block, declared_names
from gate.languages.javascript.reader.syntax import (
    DECLARED_FUNCTIONS,
    VARIABLES,
    has_token,
    required_module,
    value_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import FileWalk


def function(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read a function of any kind, and define it where it is declared at the top of a module or namespace."""
    outer = walk.block
    name = text(node.child_by_field_name("name")) if node.type != "arrow_function" else ""
    if node.type in DECLARED_FUNCTIONS and outer.kind == "module":
        overload = node.type == "function_signature"
        walk.define(define.definition(
            node, name, outer.path, "function",
            signature=None if overload else define.signature(node, typed=walk.typed),
            decorators=("overload",) if overload else (), conditional=bool(walk.conditional), overload="function",
        ))  # fmt: skip
    visit_function(walk, node, name)
    return None


def method(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read a method of an object literal."""
    visit_function(walk, node, text(node.child_by_field_name("name")))
    return None


def visit_function(walk: FileWalk, node: Node, name: str, owner: str = "") -> None:
    """Read parameters and statements of a function, in a block of its own; `owner` is the class of a method."""
    parameters = node.child_by_field_name("parameters")
    single = node.child_by_field_name("parameter")
    body = node.child_by_field_name("body")
    arrow = node.type == "arrow_function"
    outside = {text(bound) for head in (parameters, single) for bound in bound_names(head)}
    outside |= types.type_parameter_names(node)
    if node.type in ("function_expression", "generator_function") and name:
        outside.add(name)
    statements = body.named_children if body is not None and body.type == "statement_block" else []
    block = Block(
        "function",
        ".".join(filter(None, (walk.block.path, name or "<>"))),
        outside | declared_names(statements) | (set() if arrow else {"arguments"}),
        owner=owner,
        own_this=not arrow,
    )
    conditional, walk.conditional = walk.conditional, 0
    with walk.inside(block):
        _add_constants(block, statements, outside)
        generic = node.child_by_field_name("type_parameters")
        if generic is not None:
            types.visit_types(walk, generic)
        heads = (parameters, single, node.child_by_field_name("return_type"))
        walk.visit(part for head in heads if head is not None for part in parts_read(head))
        walk.visit(statements or ([body] if body is not None else []))
    walk.conditional = conditional


def _add_constants(block: Block, statements: Iterable[Node], outside: set[str]) -> None:
    """Add to a function's block its constants that are bound to a chain, and the names that its own imports bind.

    Names in `outside`, such as parameters, may have other values.
    """
    for statement in statements:
        if statement.type not in VARIABLES:
            continue
        for declarator in statement.named_children:
            pattern, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
            if pattern is None or value is None:
                continue
            name = text(pattern)
            if required_module(value):
                block.imports.update(set(map(text, bound_names(pattern))) - outside)
            elif pattern.type == "identifier" and has_token(statement, "const") and name not in outside:
                chain = value_text(value)
                if chain and chain.partition(".")[0].removesuffix("()") != name:
                    block.values[name] = chain
    block.names -= block.imports
