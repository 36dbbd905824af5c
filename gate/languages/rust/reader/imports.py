"""What a Rust file imports: `use` and `extern crate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import field, line, text
from gate.languages.rust.reader.paths import used_names
from gate.model.source import Import

if TYPE_CHECKING:
    from tree_sitter import Node


class RustImports:
    """The imports of one file, each in the scope of its module."""

    def __init__(self) -> None:
        self.imports: list[Import] = []

    def add_use(self, node: Node, module: str, *, conditional: bool, is_local: bool = False) -> None:
        """Add what a `use` in a module imports; a local one binds its names inside of a function only."""
        for source, name, alias in used_names(field(node, "argument")):
            bound = "" if is_local or name == "*" or alias == "_" else alias
            if name and (source or name != "*"):
                self._add(source, name, bound, node, module, conditional=conditional)

    def add_crate(self, node: Node, module: str, *, conditional: bool) -> None:
        """Add an `extern crate`."""
        name = text(field(node, "name"))
        alias = text(field(node, "alias")) or name
        self._add("", name, alias, node, module, conditional=conditional)

    def _add(self, source: str, name: str, alias: str, node: Node, module: str, *, conditional: bool) -> None:
        self.imports.append(Import(source, name, alias, 0, line(node), module, conditional=conditional))
