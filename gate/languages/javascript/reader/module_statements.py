"""Statements that import and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import line, text
from gate.languages.javascript.reader import modules
from gate.languages.javascript.reader.scopes import declared_names
from gate.languages.javascript.reader.syntax import has_token
from gate.model.source import Export

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import FileWalk


def import_statement(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read `import ...`."""
    walk.settings.append(("module", "es"))
    for module, name, alias, typing in modules.imported_names(node):
        walk.add_import(module, name, alias, node, typing=typing)
    return None


def export_statement(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read `export ...`, with or without a declaration."""
    walk.settings.append(("module", "es"))
    declaration = node.child_by_field_name("declaration")
    if has_token(node, "namespace"):
        return None  # `export as namespace N`: a name for scripts, bound nowhere
    if has_token(node, "="):
        walk.dynamic.add("exports")
    elif declaration is None:
        exports = list(modules.exports_of(node)) if walk.block.path == "" else []
        walk.exports += exports
        for export in exports:
            if export.local and not export.module and "." not in export.local:
                _read_local(walk, export)
    elif walk.block.path == "" and walk.block.kind == "module":
        walk.exports += _exports_of_declaration(declaration, default=has_token(node, "default"))
    return [
        child
        for child in node.named_children
        if child.type not in ("export_clause", "namespace_export", "string")
    ]


def _read_local(walk: FileWalk, export: Export) -> None:
    """Read `a` for `export {a}`; the value of a default export is read where it stands."""
    if export.name != "default" or export.local != export.name:
        walk.chains.typing += export.typing
        walk.chains.read_name(export.local, [], export.line, None)
        walk.chains.typing -= export.typing


def _exports_of_declaration(node: Node, *, default: bool) -> list[Export]:
    """Return what the declaration of an export statement exports, sorted by name."""
    if default:
        return [Export("default", text(node.child_by_field_name("name")), "", line(node))]
    typing = node.type in ("interface_declaration", "type_alias_declaration")
    names = [name.partition(".")[0] for name in sorted(declared_names([node]))]
    return [Export(name, name, "", line(node), typing) for name in names]
