"""Python: modules below roots, packages, classes with bases, pytest's fixtures."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gate.languages.base.language import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.language import FactsOf, Linker, ModuleLoading, WordPatterns
    from gate.languages.base.merged_file import MergedFile
    from gate.languages.base.tree import Tree
    from gate.languages.python.linker.roots import PythonRoots
    from gate.model.names import DuplicateDefinition
    from gate.model.source import Call, Definition

_SOURCES = (".py", ".pyi")
_MANIFESTS = ("pyproject.toml", "setup.cfg", "pytest.ini", "tox.ini", "mypy.ini")


class Python(Language):
    """Python, as far as other parts of the gate ask."""

    name = "python"
    title = "Python"
    readers = (
        dict.fromkeys(_SOURCES, "reader") | dict.fromkeys(_MANIFESTS, "manifest") | {"imports:": "imports"}
    )
    endings = (*_SOURCES, *_MANIFESTS)
    has_untyped_members = True
    word_endings = (*_SOURCES, ".pyx", ".proto", ".graphql", ".sql", ".toml", ".ini", ".cfg")
    """Of data (JSON, YAML) there can be too much to search."""
    constructor_names = ("__init__",)
    """Not `__new__`: no call is held against a class that has one."""
    package_stem = "__init__"
    test_names = r"^test_|_tests?\.|^tests?\."
    test_helpers = ("conftest.py",)

    def accepts(self, path: str) -> bool:
        """Return whether it is a source file or a manifest; other data makes no module.

        No manifest calls for another survey: what it says is read again for a state that changes it, which costs less.
        """
        from gate.languages.python.linker.roots import is_manifest, is_module

        return is_module(path) or is_manifest(path)

    def survey(self, tree: Tree, facts_of: FactsOf) -> object:
        """Return the folders modules are imported from."""
        from gate.languages.python.linker import roots

        return roots.survey(tree, facts_of)

    def linker(self, tree: Tree, survey: object, facts_of: FactsOf) -> Linker:
        """Return the names of one state."""
        from gate.languages.python.linker import roots
        from gate.languages.python.linker.answers import PythonLinker
        from gate.languages.python.linker.modules import Modules

        state_roots = roots.of_state(tree, cast("PythonRoots", survey), facts_of)
        return PythonLinker(Modules(tree, state_roots), facts_of)

    def module_name(self, path: str) -> str:
        """Return the dotted name: `src/pkg/store.py` is `pkg.store`."""
        plain = path.removesuffix(".pyi").removesuffix(".py").removesuffix("/__init__").removesuffix("/")
        return plain.removeprefix("src/").replace("/", ".")

    def word_patterns(self, word: str) -> WordPatterns:
        """Return what the text of a file may do with the name of a member."""
        from gate.languages.python.words import word_patterns

        return word_patterns(word)

    def shown_path(self, path: str) -> str:
        """Return the path of the class for its `__init__`."""
        return path.removesuffix(".__init__")

    def duplicates(self, file: MergedFile) -> Iterator[DuplicateDefinition]:
        """Yield what a module or a class binds again, so that the last definition wins."""
        from gate.languages.python.duplicates import find_duplicates

        return find_duplicates(file)

    def loading(self) -> ModuleLoading:
        """Return how modules are loaded: they run from top to bottom."""
        from gate.languages.python.loading import LOADING

        return LOADING

    def is_common_member(self, name: str) -> bool:
        """Return whether types of the standard library have a member of that name, or it is too short to say."""
        # It imports much of the standard library.
        from gate.languages.python.linker.common_members import is_common

        return is_common(name)

    def method_misfit(self, method: Definition, call: Call) -> str | None:
        """Return why a call through an instance does not fit a method, "" when it fits; None when that is unknown."""
        from gate.languages.python.linker.calls import method_misfit

        return method_misfit(method, call)


LANGUAGE = Python()
