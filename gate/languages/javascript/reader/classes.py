"""Classes and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader import define, functions, structures, types
from gate.languages.javascript.reader.scopes import Block
from gate.languages.javascript.reader.syntax import has_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import FileWalk


def class_(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read a class, and define it where it is declared at the top of a module or namespace."""
    outer = walk.block
    name = text(node.child_by_field_name("name"))
    path = f"{outer.path}.{name}" if outer.path else name
    defined = node.type != "class" and outer.kind == "module"
    if defined:
        walk.define(define.definition(
            node, name, outer.path, "class", decorators=(*_decorators_before_export(node), *define.decorators(node)),
            bases=define.bases(node), conditional=bool(walk.conditional), opaque=structures.is_indexed(node),
            abstract=node.type.startswith("abstract"),
        ))  # fmt: skip
    walk.visit(child for child in node.named_children if child.type in ("class_heritage", "decorator"))
    names = types.type_parameter_names(node)
    if not defined and name:
        names.add(name)
    block = Block("class" if defined else "block", path, names, owner=path if defined else "", own_this=True)
    with walk.inside(block):
        generic = node.child_by_field_name("type_parameters")
        if generic is not None:
            types.visit_types(walk, generic)
        _visit_members(walk, node.child_by_field_name("body"), path if defined else None)
    return None


def _visit_members(walk: FileWalk, body: Node | None, owner: str | None) -> None:
    """Read the members of a class, and define them where it is defined, as `owner`."""
    decorators: list[str] = []
    for node in body.named_children if body is not None else ():
        if node.type == "decorator":
            decorators.append(define.decorator(node))
            walk.visit([node])
        elif node.type != "comment":
            if owner is not None:
                _define_member(walk, node, owner, tuple(decorators))
            _visit_member(walk, node, owner or "")
            decorators.clear()


def _define_member(walk: FileWalk, node: Node, owner: str, decorators: tuple[str, ...]) -> None:
    """Define a member; `decorators` stand before it."""
    member = define.member(node, owner, typed=walk.typed)
    if member is None:
        return
    if decorators:
        member = msgspec.structs.replace(member, decorators=(*member.decorators, *decorators))
    walk.define(member)
    if node.type == "method_definition" and member.name == "constructor":
        walk.define_all(define.parameter_properties(node, owner))


def _visit_member(walk: FileWalk, node: Node, owner: str) -> None:
    """Read what a member reads."""
    if node.type == "method_definition":
        walk.visit(
            child for child in node.named_children if child.type in ("decorator", "computed_property_name")
        )
        instance_of = "" if has_token(node, "static") else owner
        functions.visit_function(walk, node, text(node.child_by_field_name("name")), instance_of)
    elif node.type in ("public_field_definition", "field_definition"):
        name = node.child_by_field_name("name") or node.child_by_field_name("property")
        walk.visit(child for child in node.named_children if child != name)
    elif node.type in ("method_signature", "abstract_method_signature", "index_signature"):
        types.visit_types(walk, node)
    else:
        walk.visit([node])


def _decorators_before_export(node: Node) -> tuple[str, ...]:
    """Return the decorators that stand before the `export` of a class."""
    parent = node.parent
    return define.decorators(parent) if parent is not None and parent.type == "export_statement" else ()
