"""Go: packages are folders, found below the modules that `go.mod` files declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from gate.languages.base.language import CompiledLanguage

if TYPE_CHECKING:
    from gate.languages.base.language import FactsOf, Linker
    from gate.languages.base.tree import Tree


class Go(CompiledLanguage):
    """Go, as far as other parts of the gate ask."""

    name = "go"
    title = "Go"
    readers: ClassVar = {".go": "reader", "go.mod": "manifest"}
    endings = (".go",)
    extra = "tree_sitter_go"
    shares_package = True
    test_names = r"_test\."

    def accepts(self, path: str) -> bool:
        """Return whether it is a source file, or says where modules are."""
        return path.endswith(".go") or self.is_manifest(path)

    def is_manifest(self, path: str) -> bool:
        """Return whether it is a module or workspace file."""
        return path.rpartition("/")[2] in ("go.mod", "go.work")

    def is_conditional(self, path: str) -> bool:
        """Return whether the file's name ends in an operating system or a processor."""
        from gate.languages.go.linker import is_constrained

        return is_constrained(path)

    def survey(self, tree: Tree, facts_of: FactsOf) -> object:
        """Return the modules of the repository, and the files of each folder."""
        from gate.languages.go.linker import survey

        return survey(tree, facts_of)

    def linker(self, tree: Tree, survey: object, facts_of: FactsOf) -> Linker:
        """Return the names of one state."""
        from gate.languages.go.linker import GoLinker, GoSurvey

        return GoLinker(tree, cast("GoSurvey", survey), facts_of)

    def module_name(self, path: str) -> str:
        """Return the folder: `internal/text/clean.go` is of `internal/text`."""
        return path.rpartition("/")[0] or "."


LANGUAGE = Go()
