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
class CrateManifest:
    """The part of a `Cargo.toml` that says where its crates are."""

    library: str
    """The name by which code uses the library."""
    root: str
    """The file at which the library begins."""
    binaries: tuple[str, ...]
    """Further files at which crates begin."""
    local_dependencies: frozenset[str]
    """The names of crates it takes from the repository."""


@dataclass(frozen=True, slots=True)
class RustSurvey:
    """The Rust files of each folder, and the manifests by their folders."""

    files: FilesByFolder
    manifests: Mapping[str, CrateManifest]


def crate_manifest(folder: str, settings: Sequence[tuple[str, str]]) -> CrateManifest:
    """Return the manifest that lies in a folder, from the settings that were read of it."""
    values = dict(settings)
    name = values.get("libname") or values.get("name", "")
    binaries = tuple(join(folder, value) for key, value in settings if key == "bin")
    local = frozenset(value.replace("-", "_") for key, value in settings if key == "dep")
    root = join(folder, values.get("lib", "src/lib.rs"))
    return CrateManifest(name.replace("-", "_"), root, binaries, local)


def survey(tree: Tree, manifests: Iterable[str], facts_of: FactsOf) -> RustSurvey:
    """Return the crates of the repository, and the files of each folder; `manifests` are the paths of its manifests."""
    crates: dict[str, CrateManifest] = {}
    for path in manifests:
        facts = facts_of(path)
        folder = path.rpartition("/")[0]
        crates[folder] = crate_manifest(folder, facts.settings if facts is not None else ())
    return RustSurvey(files_by_folder(tree, ".rs"), crates)


class Crates:
    """The crates of one state."""

    def __init__(self, tree: Tree, survey: RustSurvey) -> None:
        self.tree = tree
        self._manifests = survey.manifests
        self._folders = Folders(tree, survey.files, ".rs")

    def folder(self, path: str) -> str | None:
        """Return the folder of the package a file belongs to."""
        return next((folder for folder in folders(path) if folder in self._manifests), None)

    def library(self, path: str, name: str) -> str | None:
        """Return where the library of this name begins, if a file's package takes it from the repository or is it."""
        home = self.folder(path)
        if home is None:
            return None
        for folder, manifest in self._manifests.items():
            is_used = folder == home or name in self._manifests[home].local_dependencies
            if manifest.library == name and is_used and manifest.root in self.tree:
                return manifest.root
        return None

    def roots(self, path: str) -> Iterator[str]:
        """Yield the files at which crates begin that a file may be a module of, the most likely first."""
        home = self.folder(path)
        if home is None:
            return
        manifest = self._manifests[home]
        inside = path[len(home) + 1 :] if home else path
        target = next((folder for folder in _TARGETS if inside.startswith(f"{folder}/")), "")
        if target:
            first = inside[len(target) + 1 :].partition("/")[0]
            main = join(home, f"{target}/{first}/main.rs")
            roots = [main] if main in self.tree else self._folders.files(join(home, target))
        else:
            roots = [manifest.root, join(home, "src/main.rs")]
        yield from dict.fromkeys(root for root in (*roots, *manifest.binaries) if root in self.tree)

    def members(self, path: str) -> list[str]:
        """Return all source files of a file's package."""
        home = self.folder(path)
        if home is None:
            return [path]
        start = f"{home}/" if home else ""
        files = (
            file
            for folder in self._folders.all()
            if f"{folder}/".startswith(start)
            for file in self._folders.files(folder)
        )
        return [file for file in files if self.folder(file) == home]


def join(folder: str, name: str) -> str:
    """Return a path below a folder; "" is the root."""
    return f"{folder}/{name}" if folder else name


def inner_folder(path: str, root: str) -> str:
    """Return where the files of a file's modules lie, in the crate that begins at `root`."""
    folder, _, name = path.rpartition("/")
    return folder if path == root or name == "mod.rs" else path.removesuffix(".rs")
