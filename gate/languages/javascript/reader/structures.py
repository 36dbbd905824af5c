"""Enums, interfaces, type aliases, namespaces and what is declared of other modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import end_line, line, text
from gate.languages.javascript.reader import define, types
from gate.languages.javascript.reader.scopes import Block, declared_names
from gate.languages.javascript.reader.syntax import has_token
from gate.model.source import Definition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import FileWalk


def enum(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read an enum, and define it with its members."""
    name, body = text(node.child_by_field_name("name")), node.child_by_field_name("body")
    if walk.block.kind == "module":
        path = f"{walk.block.path}.{name}" if walk.block.path else name
        conditional = bool(walk.conditional)
        walk.define(define.definition(node, name, walk.block.path, "enum", conditional=conditional))
        walk.define_all(define.enum_members(body, path) if body is not None else ())
    return [
        child.child_by_field_name("value") or child
        for child in (body.named_children if body is not None else ())
        if child.type == "enum_assignment"
    ]


def type_(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read an interface or a type alias, and define it with its members."""
    name = text(node.child_by_field_name("name"))
    if walk.block.kind == "module":
        path = f"{walk.block.path}.{name}" if walk.block.path else name
        body = _body(node)
        whole = body is not None and body.type in ("interface_body", "object_type")
        walk.define(define.definition(
            node, name, walk.block.path, "type", bases=define.bases(node), opaque=not whole or is_indexed(node),
            overload="interface" if node.type == "interface_declaration" else "",
        ))  # fmt: skip
        walk.define_all(define.type_members(body, path) if whole and body is not None else ())
    types.visit_types(walk, node)
    return None


def namespace(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read `namespace N {}` or `declare module "m" {}`."""
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    statements = body.named_children if body is not None else []
    if name is None or name.type == "string" or walk.block.kind != "module":
        # What `declare module "m"` declares belongs to another module, not to this file.
        _visit_ambient(walk, statements)
        return None
    path = f"{walk.block.path}.{text(name)}" if walk.block.path else text(name)
    first = text(name).partition(".")[0]
    # Without a digest: what it holds has its own, and namespaces nest.
    walk.define(Definition(
        first, walk.block.path, "namespace", line(node), end_line(node), opaque="." in text(name)
    ))  # fmt: skip
    with walk.inside(Block("module", path, declared_names(statements))):
        walk.visit(statements)
    return None


def ambient(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read `declare ...` or `declare global {}`."""
    if not has_token(node, "global"):
        return node.named_children
    _visit_ambient(walk, [child for child in node.named_children if child.type == "statement_block"])
    return None


def _visit_ambient(walk: FileWalk, nodes: Sequence[Node]) -> None:
    """Read declarations that are not of this file."""
    with walk.inside(Block("block", "", declared_names(nodes))):
        walk.visit(nodes)
    walk.dynamic.add("ambient")


def is_indexed(node: Node) -> bool:
    """Return whether a class or type has members that its text does not name."""
    body = _body(node)
    return body is not None and any(
        child.type in ("index_signature", "call_signature", "ERROR") for child in body.named_children
    )


def _body(node: Node) -> Node | None:
    return node.child_by_field_name("body") or node.child_by_field_name("value")
