"""What each part of the linker asks of the others: the files of one state, and what their names stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from gate.languages.base.symbols import Dependency, Module, Symbol
    from gate.model.source import Definition, FileFacts, Import, Reference

Bindings = dict[str, tuple[list["Definition"], list["Import"]]]
"""The definitions and the imports at the top of a file, by the name they bind."""


class JavaScriptNames(Protocol):
    """The names of one state. `depth` counts the steps that led to a question, so that no chain goes on forever."""

    dependencies: list[Dependency]
    """Grows with every file and definition an answer rests on."""

    def facts(self, path: str) -> FileFacts:
        """Return the facts of a file; `NO_FACTS` where it cannot be read."""

    def source(self, path: str, specifier: str) -> Symbol:
        """Return the module that a specifier in the file at `path` names."""

    def names(self, path: str) -> Bindings:
        """Return what binds each name at the top of a file."""

    def binding(self, path: str, name: str, depth: int = 0) -> Symbol:
        """Return what a name at the top of a file stands for."""

    def local_root(self, path: str, name: str, owner: str) -> Symbol:
        """Return what a name stands for that an import within the function `owner` binds."""

    def chain(self, path: str, chain: str, depth: int = 0) -> Symbol:
        """Return what a chain stands for whose root is a name at the top of a file."""

    def attribute(self, module: Module, name: str, depth: int = 0) -> Symbol:
        """Return what a module exports under a name."""

    def reference(self, path: str, reference: Reference) -> Symbol:
        """Return what a reference in a file stands for."""
