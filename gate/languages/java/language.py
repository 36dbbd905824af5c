"""Java: classes in packages, found below any source root by the path of their package."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from gate.languages.base.language import CompiledLanguage

if TYPE_CHECKING:
    from gate.languages.base.language import FactsOf, Linker
    from gate.languages.base.packages import FilesByFolder
    from gate.languages.base.tree import Tree

_ROOTS = ("src/main/java/", "src/test/java/", "src/")


class Java(CompiledLanguage):
    """Java, as far as other parts of the gate ask."""

    name = "java"
    title = "Java"
    readers: ClassVar = {".java": "reader"}
    endings = (".java",)
    extra = "tree_sitter_java"
    shares_package = True
    test_names = r"(?<=[a-z0-9])Tests?\."

    def accepts(self, path: str) -> bool:
        """Return whether it is a source file."""
        return path.endswith(".java")

    def survey(self, tree: Tree, facts_of: FactsOf) -> object:
        """Return the files of each folder."""
        from gate.languages.base.packages import files_by_folder

        del facts_of
        return files_by_folder(tree, ".java")

    def linker(self, tree: Tree, survey: object, facts_of: FactsOf) -> Linker:
        """Return the names of one state."""
        from gate.languages.java.linker import JavaLinker

        return JavaLinker(tree, cast("FilesByFolder", survey), facts_of)

    def module_name(self, path: str) -> str:
        """Return the class by its package: `core/src/main/java/a/b/C.java` is `a.b.C`."""
        plain = path.removesuffix(".java").rstrip("/")
        for root in _ROOTS:
            before, separator, after = plain.rpartition(root)
            if separator and (not before or before.endswith("/")):
                return after.replace("/", ".")
        return plain.replace("/", ".")


LANGUAGE = Java()
