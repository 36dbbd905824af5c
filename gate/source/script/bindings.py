"""Variables, and assignments that define something: to `this.x`, to `exports.x`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.source.script import define, hints, modules
from gate.source.script.scopes import required, this
from gate.source.script.syntax import CLASSES, FUNCTIONS, bound_names, dotted, text, value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from gate.source.script.state import Walk


def variables(walk: Walk, node: Node) -> Sequence[Node] | None:
    """`const`, `let` and `var`."""
    for one in node.named_children:
        if one.type != "variable_declarator":
            continue
        name, right = one.child_by_field_name("name"), one.child_by_field_name("value")
        specifier = required(right)
        if specifier and name is not None:
            _required(walk, name, specifier, one)
        elif walk.frame.kind == "module" and name is not None:
            _bind(walk, name, right, one)
        walk.visit(_parts(one, name, right))
    return None


def _bind(walk: Walk, name: Node, right: Node | None, at: Node) -> None:
    scope = walk.frame.path
    conditional = bool(walk.conditional)
    if name.type != "identifier":
        for one in bound_names(name):
            walk.define(define.of(at, text(one), scope, "variable", conditional=conditional))
        return
    plain = text(name)
    if right is not None and right.type in FUNCTIONS:
        known = define.signature(right, typed=walk.typed) if not _annotated(at) else None
        walk.define(define.of(at, plain, scope, "function", signature=known, conditional=conditional))
    elif right is not None and right.type in CLASSES:
        walk.define(define.of(
            at, plain, scope, "class", bases=define.bases(right), conditional=conditional, opaque=True
        ))  # fmt: skip
    else:
        walk.define(define.of(at, plain, scope, "variable", conditional=conditional, value=value(right)))


def _required(walk: Walk, name: Node, specifier: str, at: Node) -> None:
    """`const x = require("m")`, `const {a: b} = require("m")`."""
    if name.type == "identifier":
        walk.bring(specifier, "", text(name), at)
        return
    for one in name.named_children:
        if one.type == "shorthand_property_identifier_pattern":
            walk.bring(specifier, text(one), text(one), at)
        elif one.type == "pair_pattern":
            target = one.child_by_field_name("value")
            if target is not None and target.type == "identifier":
                walk.bring(specifier, text(one.child_by_field_name("key")), text(target), at)
        else:
            for each in bound_names(one):
                walk.bring(specifier, "", text(each), at)


def assigned(walk: Walk, node: Node) -> Sequence[Node] | None:
    """`a = b`."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return node.named_children
    if left.type in ("object_pattern", "array_pattern"):
        return [*hints.without_names(left), right]
    if walk.commonjs and left.type == "member_expression":
        _commonjs_export(walk, left, right)
    if left.type == "member_expression":
        target = left.child_by_field_name("object")
        owner = this(walk.reads.frames) if target is not None and target.type == "this" else ""
        if owner:
            _attribute(walk, text(left.child_by_field_name("property")), owner, node, right)
            return [right]
    return [left, right]


def _attribute(walk: Walk, name: str, owner: str, at: Node, right: Node) -> None:
    if not any(one.name == name and one.scope == owner for one in walk.definitions):
        walk.define(define.of(at, name, owner, "attribute", value=value(right)))


def _commonjs_export(walk: Walk, left: Node, right: Node) -> None:
    found = modules.commonjs(left, right)
    if found is None:
        return
    walk.settings.append(("module", "commonjs"))
    walk.exports += found
    if dotted(left) == "module.exports" and not modules.closed(right):
        walk.dynamic.add("exports")


def _annotated(declarator: Node) -> bool:
    """`const f: T = ...`: what T says of calls is not in this text."""
    return declarator.child_by_field_name("type") is not None


def _parts(node: Node, name: Node | None, right: Node | None) -> list[Node]:
    """What a declarator reads: defaults and computed keys of its pattern, its type, its value."""
    kind = node.child_by_field_name("type")
    heads = list(hints.without_names(name)) if name is not None and name.type != "identifier" else []
    return [*heads, *(one for one in (kind, right) if one is not None)]
