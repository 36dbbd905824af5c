"""What names stand for in Go: names of a package are shared by all files of its folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages.base.packages import FilesByFolder, Folders, files_by_folder
from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing, Module
from gate.languages.base.tree import folders
from gate.languages.base.typed_linker import TypedLinker, unsigned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gate.languages.base.language import FactsOf
    from gate.languages.base.symbols import Symbol
    from gate.languages.base.tree import Tree
    from gate.model.source import Definition, Import, Reference

_SYSTEMS = (
    "aix android darwin dragonfly freebsd hurd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows "
    "unix 386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm"
)
_CONSTRAINED = re.compile(rf"_({'|'.join(_SYSTEMS.split())})(_test)?\.go$")


@dataclass(frozen=True, slots=True)
class Surveyed:
    """Modules by their import path, with their folder; by module folder the modules replaced by other folders."""

    listed: FilesByFolder
    modules: Mapping[str, str]
    replaced: Mapping[str, frozenset[str]]
    workspace: bool


def survey(tree: Tree, facts_of: FactsOf) -> Surveyed:
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
    return Surveyed(files_by_folder(tree, ".go"), modules, replaced, workspace)


class GoLinker(TypedLinker):
    """Names of one state."""

    def __init__(self, tree: Tree, surveyed: Surveyed, facts_of: FactsOf) -> None:
        super().__init__(facts_of)
        self._folders = Folders(tree, surveyed.listed, ".go")
        self._surveyed = surveyed

    # Packages

    def imported(self, path: str, one: Import) -> Symbol:
        """The package an import path names."""
        folder = self._folder(path, one.module)
        if folder is None:
            return UNKNOWN
        files = [each for each in self._folders.files(folder) if not each.endswith("_test.go")]
        if not files:
            return Missing(path, one.module, module=True)
        self.dependencies += [(f"{folder}/", ""), *((each, "") for each in files)]
        return Module("", folder)

    def _folder(self, path: str, module: str) -> str | None:
        """Where a package of this repository lies; None for packages of others."""
        parts = module.split("/")
        for length in range(len(parts), 0, -1):
            root = self._surveyed.modules.get("/".join(parts[:length]))
            if root is not None:
                rest = "/".join(parts[length:])
                seen = self._sees(path, "/".join(parts[:length]), root)
                return f"{root}/{rest}".strip("/") if seen else None
        return None

    def _sees(self, path: str, module: str, root: str) -> bool:
        """Whether a file's own module takes the other one from the repository, rather than a published version."""
        own = next((folder for folder in folders(path) if folder in self._surveyed.replaced), None)
        return (
            own == root
            or self._surveyed.workspace
            or (own is not None and module in self._surveyed.replaced[own])
        )

    def attribute(self, module: Module, name: str) -> Symbol:
        """A name of a package, as seen from another one."""
        folder = module.folder or ""
        files = [path for path in self._folders.files(folder) if not path.endswith("_test.go")]
        return self._named(folder, files, name)

    def _named(self, folder: str, files: Iterable[str], name: str) -> Symbol:
        found: list[tuple[str, Definition]] = []
        whole = True
        for path in files:
            found += ((path, each) for each in self.written(path, "", name))
            whole = whole and self.facts(path).parse == "full"
        self.dependencies += [(path, name) for path, _ in found]
        if len(found) == 1 and not self.conditional(*found[0]):
            return Bound(*found[0])
        if found:
            return PRESENT
        return Missing(folder or ".", name) if whole else UNKNOWN

    def _own(self, path: str) -> Iterator[str]:
        """The files of a file's own package that it sees."""
        package, tests = self._package(path), path.endswith("_test.go")
        for each in self._folders.files(path.rpartition("/")[0]):
            if (tests or not each.endswith("_test.go")) and self._package(each) in (package, ""):
                yield each

    def _package(self, path: str) -> str:
        return next((value for key, value in self.facts(path).settings if key == "package"), "")

    # Names

    def root(self, path: str, name: str, owner: str) -> Symbol:
        """A package under its local name, else a name of the file's own package."""
        del owner
        facts = self.facts(path)
        for one in facts.imports:
            if one.alias == name:
                self.dependencies.append((path, name))
                return self.imported(path, one)
        found = self._named(path.rpartition("/")[0], self._own(path), name)
        if not isinstance(found, Missing):
            return found
        dotted = [one for one in facts.imports if one.name == "*"]
        for one in dotted:
            source = self.imported(path, one)
            inside = self.attribute(source, name) if isinstance(source, Module) else UNKNOWN
            if not isinstance(inside, Missing):
                return inside
        return found

    def reference(self, path: str, one: Reference) -> Symbol:
        """What a reference in a file stands for."""
        found = self.chain(path, one.chain)
        first, _, rest = one.chain.partition(".")
        if isinstance(found, Missing) and not found.inside and found.name == first and rest:
            # It may be a package: one that is imported under a name its path does not show, or no longer imported.
            return UNKNOWN if "imports" in self.facts(path).dynamic else Missing(path, first)
        return found

    def meant(self, start: Bound, found: list[tuple[str, Definition]], *, sure: bool) -> Symbol:
        """A member; `Type.method` takes its receiver as well, so which calls fit that is not said."""
        said = super().meant(start, found, sure=sure)
        return unsigned(said) if isinstance(said, Bound) and not start.instance else said

    def holders(self, one: Bound) -> Iterable[str]:
        """All files of the type's package."""
        return self._own(one.path)

    def conditional(self, path: str, one: Definition) -> bool:
        """Whether it is built for some systems only."""
        return one.conditional or constrained(path)


def constrained(path: str) -> bool:
    """Whether the name of a file says that it is built for some systems only."""
    return _CONSTRAINED.search(path) is not None
