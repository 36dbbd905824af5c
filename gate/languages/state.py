"""The names of one state of the tree, in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.uses import SILENT
from gate.model.source import NO_FACTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from gate.languages.base.language import FactsOf, Linker
    from gate.languages.base.symbols import Dependency
    from gate.languages.base.uses import Answer, Use
    from gate.model.source import FileFacts


class State:
    """The facts of each file of a state, and the answers of its linkers.

    `facts_of` returns the facts of the file at a path. `linker_of` returns the linker of a path's language, None for a
    file that is not read for names.
    """

    def __init__(self, facts_of: FactsOf, linker_of: Callable[[str], Linker | None]) -> None:
        self._facts_of = facts_of
        self._linker_of = linker_of

    def facts(self, path: str) -> FileFacts:
        """Return the facts of a file; `NO_FACTS` when it cannot be read."""
        return self._facts_of(path) or NO_FACTS

    def answer(self, path: str, use: Use) -> Answer:
        """Return what the state provides for a use in the file at `path`."""
        linker = self._linker_of(path)
        return SILENT if linker is None else linker.answer(path, use)

    def answer_with_dependencies(self, path: str, use: Use) -> tuple[Answer, frozenset[Dependency]]:
        """Return the same with everything the answer depends on."""
        linker = self._linker_of(path)
        if linker is None:
            return SILENT, frozenset()
        linker.dependencies.clear()
        return linker.answer(path, use), frozenset(linker.dependencies)
