"""The state of one walk over a file, as the visitors of its parts share it."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from gate.languages.base.treesitter import line
from gate.languages.javascript.reader.chains import ChainReader
from gate.model.source import Definition, Export, Import

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from gate.languages.javascript.reader.scopes import Block


class FileWalk(ABC):
    """What was read so far, and the blocks that are open.

    `typed` files are TypeScript; `commonjs` ones name `exports`.
    """

    def __init__(self, *, typed: bool, commonjs: bool) -> None:
        self.typed = typed
        self.commonjs = commonjs
        self.chains = ChainReader()
        self.definitions: list[Definition] = []
        self.imports: list[Import] = []
        self.exports: list[Export] = []
        self.dynamic: set[str] = set()
        self.settings: list[tuple[str, str]] = []
        self.conditional = 0
        """How many blocks of the innermost function are open that may not run."""
        self._members: set[tuple[str, str]] = set()
        """Scope and name of every definition."""

    @abstractmethod
    def visit(self, nodes: Iterable[Node]) -> None:
        """Read these nodes and everything below."""

    @property
    def block(self) -> Block:
        """The innermost block."""
        return self.chains.blocks[-1]

    @contextlib.contextmanager
    def inside(self, block: Block) -> Iterator[None]:
        """Open a block for as long as the context lasts."""
        self.chains.blocks.append(block)
        yield
        self.chains.blocks.pop()

    def define(self, definition: Definition) -> None:
        """Add a definition."""
        self.definitions.append(definition)
        self._members.add((definition.scope, definition.name))

    def define_all(self, definitions: Iterable[Definition]) -> None:
        """Add definitions."""
        for definition in definitions:
            self.define(definition)

    def is_defined(self, scope: str, name: str) -> bool:
        """Return whether a name of a scope is defined already."""
        return (scope, name) in self._members

    def add_import(
        self,
        module: str,
        name: str,
        alias: str,
        node: Node,
        *,
        typing: bool = False,
        redeclarable: bool = False,
    ) -> None:
        """Add an import that stands at a node; its name may be bound again where it is `redeclarable`."""
        inner = self.chains.blocks[1:]
        function = next((block.path for block in reversed(inner) if block.kind == "function"), "")
        local = any(block.kind in ("function", "block") for block in inner)
        self.imports.append(Import(
            module, name, alias, 0, line(node), function or ("?" if local else ""), typing,
            bool(self.chains.guarded), bool(self.conditional), alias != name, "specifier", redeclarable,
        ))  # fmt: skip
