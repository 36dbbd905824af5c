"""Enums, interfaces, type aliases, namespaces and what is declared of other modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import end_line, line, text
from gate.languages.javascript.reader import define, hints
from gate.languages.javascript.reader.scopes import Frame, declared
from gate.languages.javascript.reader.syntax import has
from gate.model.source import Definition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import Walk


def enum(walk: Walk, node: Node) -> Sequence[Node] | None:
    """An enum with its members."""
    name, body = text(node.child_by_field_name("name")), node.child_by_field_name("body")
    if walk.frame.kind == "module":
        path = f"{walk.frame.path}.{name}" if walk.frame.path else name
        walk.define(define.of(node, name, walk.frame.path, "enum", conditional=bool(walk.conditional)))
        walk.define_all(define.enum_members(body, path) if body is not None else ())
    return [
        one.child_by_field_name("value") or one
        for one in (body.named_children if body is not None else ())
        if one.type == "enum_assignment"
    ]


def type_(walk: Walk, node: Node) -> Sequence[Node] | None:
    """An interface or a type alias with its members."""
    name = text(node.child_by_field_name("name"))
    if walk.frame.kind == "module":
        path = f"{walk.frame.path}.{name}" if walk.frame.path else name
        body = node.child_by_field_name("body") or node.child_by_field_name("value")
        whole = body is not None and body.type in ("interface_body", "object_type")
        walk.define(define.of(
            node, name, walk.frame.path, "type", bases=define.bases(node), opaque=not whole or indexed(node),
            overload="interface" if node.type == "interface_declaration" else "",
        ))  # fmt: skip
        walk.define_all(define.shape(body, path) if whole and body is not None else ())
    hints.types(walk, node)
    return None


def namespace(walk: Walk, node: Node) -> Sequence[Node] | None:
    """`namespace N {}`, and `declare module "m" {}`."""
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    statements = body.named_children if body is not None else []
    if name is None or name.type == "string" or walk.frame.kind != "module":
        # `declare module "x"` speaks of another module; what it says is not this file's.
        with walk.entered(Frame("block", "", declared(statements))):
            walk.visit(statements)
        walk.dynamic.add("ambient")
        return None
    first = text(name).partition(".")[0]
    path = f"{walk.frame.path}.{text(name)}" if walk.frame.path else text(name)
    # Without a digest: what it holds has its own, and namespaces nest.
    walk.define(Definition(
        first, walk.frame.path, "namespace", line(node), end_line(node), opaque="." in text(name)
    ))  # fmt: skip
    with walk.entered(Frame("module", path, declared(statements))):
        walk.visit(statements)
    return None


def ambient(walk: Walk, node: Node) -> Sequence[Node] | None:
    """`declare ...`, and `declare global {}`."""
    if has(node, "global"):
        walk.dynamic.add("ambient")
        block = [one for one in node.named_children if one.type == "statement_block"]
        with walk.entered(Frame("block", "", declared(block))):
            walk.visit(block)
        return None
    return node.named_children


def indexed(node: Node) -> bool:
    """Whether it has members that its text does not name."""
    body = node.child_by_field_name("body") or node.child_by_field_name("value")
    return body is not None and any(
        one.type in ("index_signature", "call_signature", "ERROR") for one in body.named_children
    )
