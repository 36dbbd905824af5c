"""JavaScript and TypeScript: modules by specifier, exports through barrels, classes, enums, namespaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gate.languages.base.language import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.language import FactsOf, Linker
    from gate.languages.base.merged_file import MergedFile
    from gate.languages.base.tree import Tree
    from gate.languages.javascript.linker.manifests import Manifests
    from gate.model.names import DuplicateDefinition

_SOURCES = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts")
_MANIFESTS = ("package.json", "tsconfig.json", "tsconfig.*.json", "jsconfig.json", "pnpm-workspace.yaml")


class JavaScript(Language):
    """JavaScript with TypeScript, as far as other parts of the gate ask."""

    name = "javascript"
    title = "JavaScript"
    readers = dict.fromkeys(_SOURCES, "reader") | dict.fromkeys(_MANIFESTS, "manifest")
    endings = _SOURCES
    reads_literal_keys = True
    needs_whole_parse = True
    compiles_types = True
    constructor_names = ("constructor",)
    test_names = r"[.-](test|spec)\.|^tests?\."
    test_folders = ("test", "tests", "__tests__")

    def accepts(self, path: str) -> bool:
        """Return whether there is a path: modules import styles, pictures and data too."""
        return bool(path)

    def is_manifest(self, path: str) -> bool:
        """Return whether a file is a package's, a workspace's or a compiler's manifest."""
        if not path.endswith((".json", ".yaml")):
            return False
        from gate.languages.javascript.linker.manifests import is_manifest

        return is_manifest(path)

    def survey(self, tree: Tree, facts_of: FactsOf) -> object:
        """Return the manifests of a tree, none of them read yet."""
        from gate.languages.javascript.linker.manifests import Manifests

        return Manifests(tree, facts_of)

    def linker(self, tree: Tree, survey: object, facts_of: FactsOf) -> Linker:
        """Return the names of one state."""
        from gate.languages.javascript.linker.resolve import JavaScriptLinker

        return JavaScriptLinker(tree, cast("Manifests", survey), facts_of)

    def module_name(self, path: str) -> str:
        """Return the path, as specifiers are paths too."""
        return path

    def duplicates(self, file: MergedFile) -> Iterator[DuplicateDefinition]:
        """Yield names that may be bound once only, and those that hide another."""
        from gate.languages.javascript.duplicates import find_duplicates

        return find_duplicates(file)

    def names_package(self, path: str) -> bool:
        """Return whether it is a package's manifest."""
        return path.rpartition("/")[2] == "package.json"

    def specifier(self, importer: str, path: str, like: str) -> str:
        """Return the specifier of a module as seen from the file that imports it."""
        from gate.languages.javascript.linker.paths import specifier

        return specifier(importer, path, like)


LANGUAGE = JavaScript()
