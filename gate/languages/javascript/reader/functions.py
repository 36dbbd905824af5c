"""Functions: what they are called with, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader import define, hints
from gate.languages.javascript.reader.scopes import Frame, declared, required
from gate.languages.javascript.reader.syntax import DECLARED_FUNCTIONS, VARIABLES, bound_names, has, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import Walk


def function(walk: Walk, node: Node) -> Sequence[Node] | None:
    """A function of any kind, defined where it has a name of its own."""
    outer = walk.frame
    name = text(node.child_by_field_name("name")) if node.type != "arrow_function" else ""
    declares = node.type in DECLARED_FUNCTIONS
    if declares and walk.scope is not None and outer.kind == "module":
        signed = node.type == "function_signature"
        walk.define(define.of(
            node, name, outer.path, "function", signature=None if signed else define.signature(node, typed=walk.typed),
            decorators=("overload",) if signed else (), conditional=bool(walk.conditional), overload="function",
        ))  # fmt: skip
    inside(walk, node, name)
    return None


def inside(walk: Walk, node: Node, name: str, owner: str = "") -> None:
    """Parameters and statements of a function, in a frame of its own; `owner` is the class of a method."""
    outer = walk.frame
    given = node.child_by_field_name("parameters")
    generic = node.child_by_field_name("type_parameters")
    single = node.child_by_field_name("parameter")
    body = node.child_by_field_name("body")
    names = {text(one) for one in bound_names(given)} | {text(one) for one in bound_names(single)}
    names |= {text(one.child_by_field_name("name")) for one in hints.type_parameters(node)}
    statements = body.named_children if body is not None and body.type == "statement_block" else []
    inner = declared(statements)
    arrow = node.type == "arrow_function"
    if node.type in ("function_expression", "generator_function") and name:
        names.add(name)
    frame = Frame(
        "function",
        ".".join(filter(None, (outer.path, name or "<>"))),
        names | inner | ({"arguments"} if not arrow else set()),
        owner=owner,
        own_this=not arrow,
    )
    conditional, walk.conditional = walk.conditional, 0
    with walk.entered(frame):
        _locals(frame, statements, names)
        if generic is not None:
            hints.types(walk, generic)
        heads = [one for one in (given, single, node.child_by_field_name("return_type")) if one is not None]
        walk.visit(one for head in heads for one in hints.without_names(head))
        walk.visit(statements or ([body] if body is not None else []))
    walk.conditional = conditional


def _locals(frame: Frame, statements: Iterable[Node], given: set[str]) -> None:
    """Constants of a function that are bound to a chain, and names its own imports bind."""
    for statement in statements:
        if statement.type not in VARIABLES:
            continue
        for one in statement.named_children:
            name, right = one.child_by_field_name("name"), one.child_by_field_name("value")
            if name is None or right is None:
                continue
            if required(right):
                frame.imports.update(text(each) for each in bound_names(name) if text(each) not in given)
            elif name.type == "identifier" and has(statement, "const") and text(name) not in given:
                chain = value(right)
                if chain and chain.partition(".")[0].removesuffix("()") != text(name):
                    frame.values[text(name)] = chain
    frame.names -= frame.imports


def method(walk: Walk, node: Node) -> Sequence[Node] | None:
    """A method of an object literal."""
    inside(walk, node, text(node.child_by_field_name("name")))
    return None
