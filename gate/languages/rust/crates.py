"""Which crates a repository has, and which files are the modules of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages.base.packages import FilesByFolder, Folders, files_by_folder
from gate.languages.base.tree import folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.languages.base.language import FactsOf
    from gate.languages.base.tree import Tree

_TARGETS = ("src/bin", "tests", "examples", "benches")
"""Folders in which every file, and every folder with a `main.rs`, is a crate of its own."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a `Cargo.toml` says: the library's name and file, other files at which crates begin, and crates it takes
    from the repository."""

    library: str
    root: str
    others: tuple[str, ...]
    taken: frozenset[str]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """Manifests by folder."""

    listed: FilesByFolder
    manifests: Mapping[str, Manifest]


def manifest(folder: str, settings: Sequence[tuple[str, str]]) -> Manifest:
    """A manifest from what was read of it."""
    said = dict(settings)
    name = said.get("libname") or said.get("name", "")
    others = tuple(join(folder, value) for key, value in settings if key == "bin")
    taken = frozenset(value.replace("-", "_") for key, value in settings if key == "dep")
    return Manifest(name.replace("-", "_"), join(folder, said.get("lib", "src/lib.rs")), others, taken)


def survey(tree: Tree, manifests: Iterable[str], facts_of: FactsOf) -> Surveyed:
    """Return the crates of the repository, and the files of each folder; `manifests` are the paths of its manifests."""
    crates: dict[str, Manifest] = {}
    for path in manifests:
        facts = facts_of(path)
        folder = path.rpartition("/")[0]
        crates[folder] = manifest(folder, facts.settings if facts is not None else ())
    return Surveyed(files_by_folder(tree, ".rs"), crates)


class Crates:
    """The crates of one state."""

    def __init__(self, tree: Tree, surveyed: Surveyed) -> None:
        self.tree = tree
        self._surveyed = surveyed
        self._folders = Folders(tree, surveyed.listed, ".rs")

    def folder(self, path: str) -> str | None:
        """The folder of the package a file belongs to."""
        return next((one for one in folders(path) if one in self._surveyed.manifests), None)

    def library(self, path: str, name: str) -> str | None:
        """Where the library of this name begins, when a file's package takes it from the repository or is it."""
        own = self.folder(path)
        if own is None:
            return None
        for folder, one in self._surveyed.manifests.items():
            known = folder == own or name in self._surveyed.manifests[own].taken
            if one.library == name and known and one.root in self.tree:
                return one.root
        return None

    def roots(self, path: str) -> Iterator[str]:
        """The files at which crates begin that a file may be a module of, the most likely first."""
        own = self.folder(path)
        if own is None:
            return
        said = self._surveyed.manifests[own]
        inside = path[len(own) + 1 :] if own else path
        target = next((one for one in _TARGETS if inside.startswith(f"{one}/")), "")
        if target:
            first = inside[len(target) + 1 :].partition("/")[0]
            main = join(own, f"{target}/{first}/main.rs")
            listed = [main] if main in self.tree else self._folders.files(join(own, target))
        else:
            listed = [said.root, join(own, "src/main.rs")]
        yield from dict.fromkeys(one for one in (*listed, *said.others) if one in self.tree)

    def members(self, path: str) -> list[str]:
        """All source files of a file's package."""
        own = self.folder(path)
        if own is None:
            return [path]
        start = f"{own}/" if own else ""
        listed = (
            each
            for folder in self._folders.all()
            if f"{folder}/".startswith(start)
            for each in self._folders.files(folder)
        )
        return [one for one in listed if self.folder(one) == own]


def join(folder: str, name: str) -> str:
    """A path below a folder."""
    return f"{folder}/{name}" if folder else name


def inner_folder(path: str, root: str) -> str:
    """Where the files of a file's modules lie."""
    folder, _, name = path.rpartition("/")
    return folder if path == root or name == "mod.rs" else path.removesuffix(".rs")
