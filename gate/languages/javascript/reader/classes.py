"""Classes and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader import define, functions, hints, structures
from gate.languages.javascript.reader.scopes import Frame
from gate.languages.javascript.reader.syntax import has

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import Walk


def class_(walk: Walk, node: Node) -> Sequence[Node] | None:
    """A class, a declared one or an expression."""
    outer = walk.frame
    name = text(node.child_by_field_name("name"))
    path = f"{outer.path}.{name}" if outer.path else name
    known = walk.scope is not None and node.type != "class" and outer.kind == "module"
    made = (*_waiting(node), *define.decorators(node))
    if known:
        walk.define(define.of(
            node, name, outer.path, "class", decorators=made, bases=define.bases(node),
            conditional=bool(walk.conditional), opaque=structures.indexed(node),
            abstract=node.type.startswith("abstract"),
        ))  # fmt: skip
    walk.visit(one for one in node.named_children if one.type in ("class_heritage", "decorator"))
    body = node.child_by_field_name("body")
    names = {text(one.child_by_field_name("name")) for one in hints.type_parameters(node)}
    if not known and name:
        names.add(name)
    frame = Frame("class" if known else "block", path, names, owner=path if known else "", own_this=True)
    with walk.entered(frame):
        generic = node.child_by_field_name("type_parameters")
        if generic is not None:
            hints.types(walk, generic)
        waiting: list[str] = []
        for one in body.named_children if body is not None else ():
            if one.type == "decorator":
                waiting.append(define.decorator(one))
                walk.visit([one])
            elif one.type != "comment":
                _member(walk, one, path if known else None, tuple(waiting))
                waiting.clear()
    return None


def _member(walk: Walk, node: Node, path: str | None, waiting: tuple[str, ...]) -> None:
    found = define.member(node, path, typed=walk.typed) if path is not None else None
    if path is not None and found is not None:
        walk.define(
            msgspec.structs.replace(found, decorators=(*found.decorators, *waiting)) if waiting else found
        )
        if node.type == "method_definition" and found.name == "constructor":
            walk.define_all(define.parameter_properties(node, path))
    if node.type == "method_definition":
        walk.visit(one for one in node.named_children if one.type in ("decorator", "computed_property_name"))
        functions.inside(
            walk, node, text(node.child_by_field_name("name")), path or "" if not has(node, "static") else ""
        )
    elif node.type in ("public_field_definition", "field_definition"):
        name = node.child_by_field_name("name") or node.child_by_field_name("property")
        walk.visit(one for one in node.named_children if one != name)
    elif node.type in ("method_signature", "abstract_method_signature", "index_signature"):
        hints.types(walk, node)
    else:
        walk.visit([node])


def _waiting(node: Node) -> tuple[str, ...]:
    """The decorators that stand before `export`."""
    parent = node.parent
    return define.decorators(parent) if parent is not None and parent.type == "export_statement" else ()
