"""The facts of one Rust file: its modules and blocks here, definitions and references by modules of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from gate.languages.base.treesitter import children, field, partial_facts, text
from gate.languages.rust.reader.attributes import STANDARD_TRAITS, is_conditional
from gate.languages.rust.reader.definitions import RustDefinitions, RustItem
from gate.languages.rust.reader.imports import RustImports
from gate.languages.rust.reader.references import ITEMS, RustReferences
from gate.languages.rust.reader.scope import RustScope
from gate.languages.rust.reader.types import type_arguments, type_path
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from gate.model.source import Definition

_DEEPEST = 20
"""Modules inside of modules."""
_MACROS = ("macro_invocation", "expression_statement", "foreign_mod_item")
"""Nodes that may define names which the text does not show."""


class RustFile:
    """One Rust file."""

    def __init__(self) -> None:
        self._definitions = RustDefinitions()
        self._imports = RustImports()
        self._references = RustReferences(self._imports)
        self._traits: dict[str, list[str]] = {}
        """By the dotted path of a type: the traits that are implemented for it, "?" for one without a path."""
        self._has_macros = False

    def facts(self, root: Node) -> FileFacts:
        """Return the facts of the file with this syntax tree; partial ones of a file with syntax errors."""
        self._add_items(root, RustScope(), 0)
        imports = tuple(self._imports.imports)
        if root.has_error:
            return partial_facts(self._definitions.definitions, imports)
        dynamic = {"local star": self._references.has_local_star, "macro": self._has_macros}
        return FileFacts(
            "full",
            definitions=tuple(map(self._with_traits, self._definitions.definitions)),
            imports=imports,
            references=self._references.references(),
            dynamic=tuple(reason for reason, holds in dynamic.items() if holds),
        )

    def _with_traits(self, definition: Definition) -> Definition:
        """Return a type with the traits that are implemented for it as further bases."""
        if definition.kind not in ("class", "enum"):
            return definition
        traits = dict.fromkeys(self._traits.get(definition.path, ()))
        return msgspec.structs.replace(definition, bases=(*definition.bases, *traits))

    def _add_items(self, node: Node, scope: RustScope, depth: int) -> None:
        for item in _with_attributes(node, scope):
            self._add_item(item, depth)

    def _add_item(self, item: RustItem, depth: int) -> None:
        node, kind = item.node, item.node.type
        if kind == "use_declaration":
            self._imports.add_use(node, item.scope.module, conditional=item.conditional)
        elif kind == "extern_crate_declaration":
            self._imports.add_crate(node, item.scope.module, conditional=item.conditional)
        elif kind == "mod_item":
            body = field(node, "body")
            self._definitions.add_module(item, has_body=body is not None)
            if body is not None and depth < _DEEPEST:
                self._add_items(body, item.scope.submodule(item.name), depth + 1)
        elif kind in ("impl_item", "trait_item"):
            self._add_block(item)
        elif kind in ITEMS:
            self._references.read_item(node, item.scope)
            self._definitions.add(item)
        elif kind in _MACROS:
            self._has_macros = True

    def _add_block(self, block: RustItem) -> None:
        """Add an `impl` or a trait with its members."""
        node, trait = block.node, field(block.node, "trait")
        is_trait = node.type == "trait_item"
        name = block.name if is_trait else type_path(field(node, "type"))
        if is_trait:
            self._definitions.add_trait(block)
        owner = block.scope.path(name.rpartition(".")[2])
        if trait is not None and name:
            is_standard = text(trait).partition("<")[0] in STANDARD_TRAITS
            self._traits.setdefault(owner, []).extend([] if is_standard else [type_path(trait) or "?"])
        scope = block.scope.of_type(name)
        self._references.read_head(node, scope)
        overload = text(trait) if trait is not None else type_arguments(field(node, "type"))
        for member in _with_attributes(field(node, "body"), scope, owner, overload):
            self._references.read_item(member.node, scope, node)
            if member.node.type in ITEMS and name:
                self._definitions.add(replace(member, conditional=member.conditional or block.conditional))
            elif member.node.type == "macro_invocation":
                self._traits.setdefault(owner, []).append("?")


def _with_attributes(
    node: Node | None, scope: RustScope, owner: str | None = None, overload: str = ""
) -> Iterator[RustItem]:
    """Yield the items in a body, each with the attributes before it."""
    attributes: list[str] = []
    for child in children(node):
        if child.type == "attribute_item":
            attributes.append(text(child))
        elif child.type != "inner_attribute_item":
            joined = " ".join(attributes)
            inside = scope.module if owner is None else owner
            yield RustItem(child, joined, is_conditional(joined), scope, inside, overload)
            attributes = []
