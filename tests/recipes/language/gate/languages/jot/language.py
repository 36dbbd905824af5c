"""Jot: `define NAME` in a file, `use FILE NAME` in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from gate.languages.base.language import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.language import FactsOf, Linker
    from gate.languages.base.merged_file import MergedFile
    from gate.languages.base.tree import Tree
    from gate.model.names import DuplicateDefinition


class Jot(Language):
    """Jot, as far as other parts of the gate ask."""

    name = "jot"
    title = "Jot"
    readers: ClassVar = {".jot": "reader"}
    endings = (".jot",)
    is_compiled = True

    def accepts(self, path: str) -> bool:
        """Return whether it is a source file."""
        return path.endswith(".jot")

    def survey(self, tree: Tree, facts_of: FactsOf) -> object:
        """Return nothing: a file is found by its name."""
        del tree, facts_of

    def linker(self, tree: Tree, survey: object, facts_of: FactsOf) -> Linker:
        """Return the names of one state."""
        del survey
        from gate.languages.jot.linker import JotLinker

        return JotLinker(tree, facts_of)

    def module_name(self, path: str) -> str:
        """Return the path without its ending."""
        return path.removesuffix(".jot")

    def duplicates(self, file: MergedFile) -> Iterator[DuplicateDefinition]:
        """Yield what may be defined once only."""
        from gate.languages.base.compiled_duplicates import find_duplicates

        return find_duplicates(file)


LANGUAGE = Jot()
