"""Jot: `define NAME` in a file, `use FILE NAME` in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from gate.languages.base.language import CompiledLanguage

if TYPE_CHECKING:
    from gate.languages.base.language import FactsOf, Linker
    from gate.languages.base.tree import Tree


class Jot(CompiledLanguage):
    """Jot, as far as other parts of the gate ask."""

    name = "jot"
    title = "Jot"
    readers: ClassVar = {".jot": "reader"}
    endings = (".jot",)

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


LANGUAGE = Jot()
