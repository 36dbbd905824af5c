"""The state of one walk over a file, as the visitors of its parts share it."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from gate.languages.base.treesitter import line
from gate.languages.javascript.reader.reads import Reads
from gate.languages.javascript.reader.scopes import Frame
from gate.model.source import Definition, Export, Import

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node


class Walk(ABC):
    """What has been found so far, and where we are. `typed` files are TypeScript; `commonjs` speaks of `exports`."""

    def __init__(self, *, typed: bool, commonjs: bool) -> None:
        self.typed = typed
        self.commonjs = commonjs
        self.reads = Reads()
        self.reads.frames = [Frame("module", "")]
        self.definitions: list[Definition] = []
        self.imports: list[Import] = []
        self.exports: list[Export] = []
        self.dynamic: set[str] = set()
        self.settings: list[tuple[str, str]] = []
        self.conditional = 0
        self.guarded = 0
        self._members: set[tuple[str, str]] = set()

    @abstractmethod
    def visit(self, nodes: Iterable[Node]) -> None:
        """Read these and everything below."""

    @property
    def frame(self) -> Frame:
        """The innermost block."""
        return self.reads.frames[-1]

    @property
    def scope(self) -> str | None:
        """Where definitions of this place belong; None within functions and blocks."""
        return self.frame.path if self.frame.kind in ("module", "class") else None

    @contextlib.contextmanager
    def entered(self, frame: Frame) -> Iterator[None]:
        """Within another block."""
        self.reads.frames.append(frame)
        yield
        self.reads.frames.pop()

    def define(self, one: Definition) -> None:
        """Add a definition."""
        self.definitions.append(one)
        self._members.add((one.scope, one.name))

    def has(self, scope: str, name: str) -> bool:
        """Whether that is defined already."""
        return (scope, name) in self._members

    def define_all(self, listed: Iterable[Definition]) -> None:
        """Add definitions."""
        for one in listed:
            self.define(one)

    def bring(
        self, module: str, name: str, alias: str, node: Node, *, typing: bool = False, again: bool = False
    ) -> None:
        """Add an import that stands here; `again` where its name may be bound once more."""
        inside = next((one.path for one in reversed(self.reads.frames[1:]) if one.kind == "function"), "")
        local = any(one.kind in ("function", "block") for one in self.reads.frames[1:])
        self.imports.append(Import(
            module, name, alias, 0, line(node), inside or ("?" if local else ""), typing, bool(self.guarded),
            bool(self.conditional), alias != name, "specifier", again,
        ))  # fmt: skip
