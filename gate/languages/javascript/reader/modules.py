"""What a file imports and exports, as ES modules and as CommonJS say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import line, text
from gate.languages.javascript.reader.syntax import dotted, has, literal
from gate.model.source import Export

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node


def imported(node: Node) -> Iterator[tuple[str, str, str, bool]]:
    """Module, name, alias and whether it is a type, of each name an import statement binds."""
    module = literal(node.child_by_field_name("source"))
    typing = has(node, "type")
    parts = [one for one in node.named_children if one.type in ("import_clause", "import_require_clause")]
    if module and not parts:
        yield module, "", "", typing
    for part in parts:
        if part.type == "import_require_clause":
            yield literal(part.child_by_field_name("source")), "", text(part.named_children[0]), typing
            continue
        for one in part.named_children:
            if one.type == "identifier":
                yield module, "default", text(one), typing
            elif one.type == "namespace_import":
                yield module, "", text(one.named_children[0]), typing
            elif one.type == "named_imports":
                for name, alias, only in specifiers(one):
                    yield module, name, alias or name, typing or only


def specifiers(node: Node) -> Iterator[tuple[str, str, bool]]:
    """Name, alias ("" for none) and whether it is a type, of each of `{a, type b as c}`."""
    for one in node.named_children:
        if one.type in ("import_specifier", "export_specifier"):
            name, alias = one.child_by_field_name("name"), one.child_by_field_name("alias")
            yield _plain(name), _plain(alias), has(one, "type")


def _plain(node: Node | None) -> str:
    return literal(node) if node is not None and node.type == "string" else text(node)


def exported(node: Node) -> Iterator[Export]:
    """What an export statement without a declaration exports."""
    module = literal(node.child_by_field_name("source"))
    typing = has(node, "type")
    at = line(node)
    clauses = [one for one in node.named_children if one.type in ("export_clause", "namespace_export")]
    for clause in clauses:
        if clause.type == "namespace_export":
            yield Export(_plain(clause.named_children[-1]), "*", module, at, typing)
            continue
        for part in clause.named_children:
            for name, alias, only in specifiers_of(part):
                yield Export(alias or name, name, module, line(part), typing or only)
    if module and not clauses:
        yield Export("*", "*", module, at, typing)
    given = node.child_by_field_name("value")
    if given is not None and has(node, "default"):
        yield Export("default", dotted(given), "", at)


def specifiers_of(part: Node) -> Iterator[tuple[str, str, bool]]:
    """One `a as b` of an export clause."""
    if part.type == "export_specifier":
        name, alias = part.child_by_field_name("name"), part.child_by_field_name("alias")
        yield _plain(name), _plain(alias), has(part, "type")


def commonjs(left: Node, right: Node) -> Iterator[Export] | None:
    """What `module.exports = ...` or `exports.a = ...` exports; None when it does neither."""
    target = dotted(left)
    if target == "module.exports":
        return _whole(right)
    for start in ("module.exports.", "exports."):
        if target.startswith(start):
            name = target.removeprefix(start)
            return iter([Export(name, dotted(right), "", line(left))] if "." not in name else [])
    return None


def _whole(right: Node) -> Iterator[Export]:
    yield Export("default", dotted(right), "", line(right))
    if right.type != "object":
        return
    for one in right.named_children:
        if one.type == "shorthand_property_identifier":
            yield Export(text(one), text(one), "", line(one))
        elif one.type == "pair":
            yield Export(
                _plain(one.child_by_field_name("key")),
                dotted(one.child_by_field_name("value")),
                "",
                line(one),
            )
        elif one.type == "method_definition":
            yield Export(text(one.child_by_field_name("name")), "", "", line(one))


def closed(right: Node) -> bool:
    """Whether all names of an exported object are in its text."""
    known = ("shorthand_property_identifier", "pair", "method_definition", "comment")
    if right.type != "object":
        return False
    return all(
        one.type in known and not any(child.type == "computed_property_name" for child in one.children)
        for one in right.named_children
    )
