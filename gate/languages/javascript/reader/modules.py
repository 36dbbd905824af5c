"""What a file imports and exports, as ES modules and as CommonJS write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import line, text
from gate.languages.javascript.reader.syntax import chain_text, has_token, literal, name_text
from gate.model.source import Export

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node


def imported_names(node: Node) -> Iterator[tuple[str, str, str, bool]]:
    """Yield (module, name, alias, whether it is a type) of each name an import statement binds."""
    module = literal(node.child_by_field_name("source"))
    typing = has_token(node, "type")
    clauses = [
        child for child in node.named_children if child.type in ("import_clause", "import_require_clause")
    ]
    if module and not clauses:
        yield module, "", "", typing
    for clause in clauses:
        if clause.type == "import_require_clause":
            source = literal(clause.child_by_field_name("source"))
            yield source, "", text(clause.named_children[0]), typing
            continue
        for part in clause.named_children:
            if part.type == "identifier":
                yield module, "default", text(part), typing
            elif part.type == "namespace_import":
                yield module, "", text(part.named_children[0]), typing
            elif part.type == "named_imports":
                for specifier in part.named_children:
                    if specifier.type == "import_specifier":
                        name, alias, only_type = _specifier(specifier)
                        yield module, name, alias or name, typing or only_type


def exports_of(node: Node) -> Iterator[Export]:
    """Yield what an export statement without a declaration exports."""
    module = literal(node.child_by_field_name("source"))
    typing = has_token(node, "type")
    clauses = [child for child in node.named_children if child.type in ("export_clause", "namespace_export")]
    for clause in clauses:
        if clause.type == "namespace_export":
            yield Export(name_text(clause.named_children[-1]), "*", module, line(node), typing)
            continue
        for part in clause.named_children:
            if part.type == "export_specifier":
                name, alias, only_type = _specifier(part)
                yield Export(alias or name, name, module, line(part), typing or only_type)
    if module and not clauses:
        yield Export("*", "*", module, line(node), typing)
    value = node.child_by_field_name("value")
    if value is not None and has_token(node, "default"):
        yield Export("default", chain_text(value), "", line(node))


def _specifier(node: Node) -> tuple[str, str, bool]:
    """Return (name, alias, whether it is a type) of `a`, `a as b` or `type a`; the alias is "" for none."""
    name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
    return name_text(name), name_text(alias), has_token(node, "type")


def commonjs_exports(left: Node, right: Node) -> Iterator[Export] | None:
    """Return what `module.exports = ...` or `exports.a = ...` exports; None when it does neither."""
    target = chain_text(left)
    if target == "module.exports":
        return _whole(right)
    for start in ("module.exports.", "exports."):
        if target.startswith(start):
            name = target.removeprefix(start)
            return iter([Export(name, chain_text(right), "", line(left))] if "." not in name else [])
    return None


def _whole(right: Node) -> Iterator[Export]:
    """Yield what `module.exports = right` exports: the default, and the keys of an object by their names."""
    yield Export("default", chain_text(right), "", line(right))
    if right.type != "object":
        return
    for child in right.named_children:
        if child.type == "shorthand_property_identifier":
            yield Export(text(child), text(child), "", line(child))
        elif child.type == "pair":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            yield Export(name_text(key), chain_text(value), "", line(child))
        elif child.type == "method_definition":
            yield Export(text(child.child_by_field_name("name")), "", "", line(child))


def is_closed(value: Node) -> bool:
    """Return whether an expression is an object all of whose keys are in its text."""
    kinds = ("shorthand_property_identifier", "pair", "method_definition", "comment")
    return value.type == "object" and all(
        child.type in kinds and not any(part.type == "computed_property_name" for part in child.children)
        for child in value.named_children
    )
