"""What names stand for in Go: names of a package are shared by all files of its folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages.base.packages import FilesByFolder, Folders, files_by_folder
from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing, Module
from gate.languages.base.tree import folders
from gate.languages.base.typed_linker import TypedLinker, without_signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gate.languages.base.language import FactsOf
    from gate.languages.base.symbols import Symbol
    from gate.languages.base.tree import Tree
    from gate.languages.base.typed_linker import PlacedDefinition
    from gate.model.source import Definition, Import, Reference

_TEST = "_test.go"
_SYSTEMS = (
    "aix android darwin dragonfly freebsd hurd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows "
    "unix 386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm"
)
_CONSTRAINED = re.compile(rf"_({'|'.join(_SYSTEMS.split())})(_test)?\.go$")


@dataclass(frozen=True, slots=True)
class GoSurvey:
    """The modules of a repository, and the Go files of each folder."""

    files: FilesByFolder
    modules: Mapping[str, str]
    """The folder of each module, by its import path."""
    replaced: Mapping[str, frozenset[str]]
    """The import paths of modules that a module takes from folders of the repository, by that module's folder."""
    workspace: bool
    """Whether there is a `go.work`, by which modules of the repository see one another."""


def survey(tree: Tree, facts_of: FactsOf) -> GoSurvey:
    """Return the modules of the repository, and the files of each folder."""
    modules: dict[str, str] = {}
    replaced: dict[str, frozenset[str]] = {}
    workspace = False
    for path in tree.paths():
        folder, _, name = path.rpartition("/")
        workspace = workspace or name == "go.work"
        if name == "go.mod":
            facts = facts_of(path)
            settings = facts.settings if facts is not None else ()
            modules.update({value: folder for key, value in settings if key == "module"})
            replaced[folder] = frozenset(value for key, value in settings if key == "replace")
    return GoSurvey(files_by_folder(tree, ".go"), modules, replaced, workspace)


class GoLinker(TypedLinker):
    """The Go names of one state."""

    def __init__(self, tree: Tree, survey: GoSurvey, facts_of: FactsOf) -> None:
        super().__init__(facts_of)
        self._folders = Folders(tree, survey.files, ".go")
        self._survey = survey

    # Packages

    def resolve_import(self, path: str, binding: Import) -> Symbol:
        """Return the package that an import path names."""
        folder = self._package_folder(path, binding.module)
        if folder is None:
            return UNKNOWN
        files = self._package_files(folder)
        if not files:
            return Missing(path, binding.module, module=True)
        self.dependencies += [(f"{folder}/", ""), *((file, "") for file in files)]
        return Module("", folder)

    def _package_folder(self, path: str, module: str) -> str | None:
        """Return where a package of this repository lies; None for packages of others."""
        parts = module.split("/")
        for length in range(len(parts), 0, -1):
            name = "/".join(parts[:length])
            root = self._survey.modules.get(name)
            if root is not None:
                folder = "/".join((root, *parts[length:])).strip("/")
                return folder if self._is_visible(path, name, root) else None
        return None

    def _is_visible(self, path: str, module: str, root: str) -> bool:
        """Return whether a file's own module takes another one from the repository, not a published version."""
        home = next((folder for folder in folders(path) if folder in self._survey.replaced), None)
        return (
            home == root
            or self._survey.workspace
            or (home is not None and module in self._survey.replaced[home])
        )

    def _package_files(self, folder: str) -> list[str]:
        """Return the files of a folder that other packages see."""
        return [path for path in self._folders.files(folder) if not path.endswith(_TEST)]

    def module_member(self, module: Module, name: str) -> Symbol:
        """Return what a name of a package stands for, as seen from another one."""
        folder = module.folder or ""
        return self._resolve_in_files(folder, self._package_files(folder), name)

    def _resolve_in_files(self, folder: str, files: Iterable[str], name: str) -> Symbol:
        placed: list[PlacedDefinition] = []
        is_whole = True
        for path in files:
            placed += ((path, definition) for definition in self.definitions(path, "", name))
            is_whole = is_whole and self.facts(path).parse == "full"
        self.dependencies += [(path, name) for path, _ in placed]
        if len(placed) == 1 and not self.is_conditional(*placed[0]):
            return Bound(*placed[0])
        if placed:
            return PRESENT
        return Missing(folder or ".", name) if is_whole else UNKNOWN

    def _sibling_files(self, path: str) -> Iterator[str]:
        """Yield the files of a file's own package that it sees, itself among them."""
        package, is_test = self._package(path), path.endswith(_TEST)
        for sibling in self._folders.files(path.rpartition("/")[0]):
            if (is_test or not sibling.endswith(_TEST)) and self._package(sibling) in (package, ""):
                yield sibling

    def _package(self, path: str) -> str:
        return next((value for key, value in self.facts(path).settings if key == "package"), "")

    # Names

    def resolve_root(self, path: str, name: str, owner: str) -> Symbol:
        """Return a package by its local name, else a name of the file's own package."""
        del owner
        facts = self.facts(path)
        for binding in facts.imports:
            if binding.alias == name:
                self.dependencies.append((path, name))
                return self.resolve_import(path, binding)
        symbol = self._resolve_in_files(path.rpartition("/")[0], self._sibling_files(path), name)
        if not isinstance(symbol, Missing):
            return symbol
        for binding in facts.imports:
            if binding.name == "*":
                package = self.resolve_import(path, binding)
                member = self.module_member(package, name) if isinstance(package, Module) else UNKNOWN
                if not isinstance(member, Missing):
                    return member
        return symbol

    def resolve_reference(self, path: str, reference: Reference) -> Symbol:
        """Return what a reference in the file at `path` stands for."""
        symbol = self.resolve_chain(path, reference.chain)
        first, _, members = reference.chain.partition(".")
        if isinstance(symbol, Missing) and not symbol.inside and symbol.name == first and members:
            # It may be a package: one that is imported under a name its path does not show, or no longer imported.
            return UNKNOWN if "imports" in self.facts(path).dynamic else Missing(path, first)
        return symbol

    def choose_member(self, start: Bound, members: list[PlacedDefinition], *, sure: bool) -> Symbol:
        """Return a member; `Type.method` takes its receiver as well, so that it is unknown which calls fit."""
        member = super().choose_member(start, members, sure=sure)
        return without_signature(member) if isinstance(member, Bound) and not start.instance else member

    def member_files(self, owner: Bound) -> Iterable[str]:
        """Return all files of the type's package."""
        return self._sibling_files(owner.path)

    def is_conditional(self, path: str, definition: Definition) -> bool:
        """Return whether a definition is built for some systems only."""
        return definition.conditional or is_constrained(path)


def is_constrained(path: str) -> bool:
    """Return whether the name of a file says that it is built for some systems only."""
    return _CONSTRAINED.search(path) is not None
