"""Statements that import and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import line, text
from gate.languages.javascript.reader import modules
from gate.languages.javascript.reader.scopes import declared
from gate.languages.javascript.reader.syntax import has
from gate.model.source import Export

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import Walk


def imported(walk: Walk, node: Node) -> Sequence[Node] | None:
    """`import ...`."""
    walk.settings.append(("module", "es"))
    for module, name, alias, typing in modules.imported(node):
        walk.bring(module, name, alias, node, typing=typing)
    return None


def exported(walk: Walk, node: Node) -> Sequence[Node] | None:
    """`export ...`, with or without a declaration."""
    walk.settings.append(("module", "es"))
    found = node.child_by_field_name("declaration")
    if has(node, "namespace"):
        return None  # `export as namespace N`: a name for scripts, bound nowhere.
    if has(node, "="):
        walk.dynamic.add("exports")
    elif found is None:
        listed = list(modules.exported(node)) if walk.frame.path == "" else []
        walk.exports += listed
        for one in listed:
            if one.local and not one.module and "." not in one.local:
                _read_local(walk, one)
    elif walk.frame.path == "" and walk.frame.kind == "module":
        _export_declared(walk, found, default=has(node, "default"))
    return [
        one for one in node.named_children if one.type not in ("export_clause", "namespace_export", "string")
    ]


def _read_local(walk: Walk, one: Export) -> None:
    """`export {a}` reads `a`; the value of a default export is read where it stands."""
    if one.name != "default" or one.local != one.name:
        walk.reads.typing += one.typing
        walk.reads.named(one.local, [], one.line, None)
        walk.reads.typing -= one.typing


def _export_declared(walk: Walk, node: Node, *, default: bool) -> None:
    if default:
        walk.exports.append(Export("default", text(node.child_by_field_name("name")), "", line(node)))
        return
    typing = node.type in ("interface_declaration", "type_alias_declaration")
    for name in sorted(declared([node])):
        walk.exports.append(Export(name.partition(".")[0], name.partition(".")[0], "", line(node), typing))
