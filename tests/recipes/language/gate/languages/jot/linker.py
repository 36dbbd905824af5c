"""Names across Jot files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import Bound, Missing
from gate.languages.base.uses import SILENT, Answer
from gate.model.source import Import

if TYPE_CHECKING:
    from gate.languages.base.language import FactsOf
    from gate.languages.base.symbols import Dependency
    from gate.languages.base.tree import Tree
    from gate.languages.base.uses import Use


class JotLinker:
    """The Jot names of one state."""

    def __init__(self, tree: Tree, facts_of: FactsOf) -> None:
        self._tree = tree
        self._facts_of = facts_of
        self.dependencies: list[Dependency] = []

    def answer(self, path: str, use: Use) -> Answer:
        """Return whether the file a use names defines the name."""
        del path
        if not isinstance(use.fact, Import):
            return SILENT
        file, name = f"{use.fact.module}.jot", use.fact.name
        self.dependencies += [(file, name), (file, "")]
        facts = self._facts_of(file) if file in self._tree else None
        if facts is None:
            return Answer(missing=Missing(file, use.fact.module, module=True))
        for definition in facts.definitions:
            if definition.name == name:
                return Answer(fine=True, target=Bound(file, definition))
        return Answer(missing=Missing(file, name))
