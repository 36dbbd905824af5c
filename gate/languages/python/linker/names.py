"""What the parts of the linker need of the names of one state; `resolve.PythonResolver` provides it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gate.languages.base.answering import BoundNames

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gate.languages.base.symbols import Dependency, Module, Symbol
    from gate.languages.python.linker.modules import Modules
    from gate.model.source import Definition, FileFacts, Import, Reference


class PythonNames(BoundNames, Protocol):
    """The names of one state: its modules, what they bind, and what chains of names stand for."""

    modules: Modules
    dependencies: list[Dependency]
    """Grows with every file and definition an answer rests on."""
    sure: bool
    """Whether every module visited since `begin` is the only one of its name."""
    declared: bool
    """Whether a symbol resolved since `begin` is known only by the class it is declared to be of."""

    def begin(self) -> None:
        """Reset `sure` and `declared` for the next answer."""

    def facts(self, path: str) -> FileFacts:
        """Return the facts of a file; `NO_FACTS` when it cannot be read."""

    def names(self, path: str) -> Mapping[str, tuple[list[Definition], list[Import]]]:
        """Return the definitions and imports that bind names at module level of a file, by name."""

    def members(self, path: str) -> Mapping[str, list[Definition]]:
        """Return the definitions of a file by the dotted path of the scope they stand in."""

    def source(self, path: str, binding: Import) -> Symbol:
        """Return the module that an import in the file at `path` names."""

    def visit(self, module: Module) -> Module:
        """Record that the answer depends on a module, and return it."""

    def attribute(self, module: Module, name: str, depth: int = 0) -> Symbol:
        """Return what a name of a module stands for."""

    def reference(self, path: str, reference: Reference) -> Symbol:
        """Return what a reference in a file stands for."""

    def chain(self, path: str, chain: str, depth: int = 0) -> Symbol:
        """Return what a chain stands for whose root is a name at module level of a file."""

    def follow(self, start: Symbol, parts: Sequence[str], depth: int = 0) -> Symbol:
        """Return the symbol at the end of a path of members."""

    def result_of(self, symbol: Symbol) -> Symbol:
        """Return what calling a symbol gives."""
