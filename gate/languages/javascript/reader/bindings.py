"""Variables, and assignments that define something: to `this.x`, to `exports.x`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader import define, hints, modules
from gate.languages.javascript.reader.scopes import required, this
from gate.languages.javascript.reader.syntax import CLASSES, FUNCTIONS, bound_names, dotted, value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import Walk


def variables(walk: Walk, node: Node) -> Sequence[Node] | None:
    """`const`, `let` and `var`."""
    again = node.type == "variable_declaration"
    for one in node.named_children:
        if one.type != "variable_declarator":
            continue
        name, right = one.child_by_field_name("name"), one.child_by_field_name("value")
        specifier = required(right)
        if specifier and name is not None:
            _required(walk, name, specifier, one, again=again)
        elif walk.frame.kind == "module" and name is not None:
            _bind(walk, name, right, one, "var" if again else "")
        walk.visit(_parts(one, name, right))
    return None


def _bind(walk: Walk, name: Node, right: Node | None, at: Node, how: str) -> None:
    scope = walk.frame.path
    conditional = bool(walk.conditional)
    if name.type != "identifier":
        for one in bound_names(name):
            walk.define(define.of(at, text(one), scope, "variable", conditional=conditional, overload=how))
        return
    plain = text(name)
    if right is not None and right.type in FUNCTIONS:
        known = define.signature(right, typed=walk.typed) if not _annotated(at) else None
        walk.define(define.of(
            at, plain, scope, "function", signature=known, conditional=conditional, overload=how
        ))  # fmt: skip
    elif right is not None and right.type in CLASSES:
        walk.define(define.of(
            at, plain, scope, "class", bases=define.bases(right), conditional=conditional, opaque=True, overload=how
        ))  # fmt: skip
    else:
        _plain(walk, plain, right, at, how)


def _plain(walk: Walk, name: str, right: Node | None, at: Node, how: str) -> None:
    """A variable, with the keys of the object it is bound to."""
    scope = walk.frame.path
    found, own_type = define.literal_object(right)
    walk.define(define.of(
        at, name, scope, "variable", conditional=bool(walk.conditional), value=value(right), overload=how,
        opaque=found is not None and not (own_type and not _annotated(at) and modules.closed(found)),
    ))  # fmt: skip
    if found is not None and not walk.conditional:
        walk.define_all(define.keys(found, f"{scope}.{name}[]" if scope else f"{name}[]"))


def _required(walk: Walk, name: Node, specifier: str, at: Node, *, again: bool) -> None:
    """`const x = require("m")`, `const {a: b} = require("m")`."""
    if name.type == "identifier":
        walk.bring(specifier, "", text(name), at, again=again)
        return
    for one in name.named_children:
        if one.type == "shorthand_property_identifier_pattern":
            walk.bring(specifier, text(one), text(one), at, again=again)
        elif one.type == "pair_pattern":
            target = one.child_by_field_name("value")
            if target is not None and target.type == "identifier":
                walk.bring(specifier, text(one.child_by_field_name("key")), text(target), at, again=again)
        else:
            for each in bound_names(one):
                walk.bring(specifier, "", text(each), at, again=again)


def alias(walk: Walk, node: Node) -> Sequence[Node] | None:
    """`import x = A.B`."""
    name, *rest = node.named_children
    if walk.frame.kind == "module":
        meant = dotted(rest[0]) if rest else ""
        walk.define(define.of(
            node, text(name), walk.frame.path, "variable", conditional=bool(walk.conditional), value=meant, opaque=True
        ))  # fmt: skip
    return rest


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
    if not walk.has(owner, name):
        walk.define(define.of(at, name, owner, "attribute", value=value(right), overload="this"))


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
