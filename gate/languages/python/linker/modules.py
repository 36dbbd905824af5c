"""Which file a dotted module name is, from a tree's paths alone.

Python finds modules below roots: the folder that holds the outermost package of the importing file (what a script's or
a test's own path gives), what the project declares, the repository, `src`. A folder without `__init__.py` that has
source files below it is a namespace package.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gate.languages.base.symbols import Module
from gate.model.source import UNSETTLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.languages.base.language import FactsOf
    from gate.languages.base.tree import Tree
    from gate.model.source import FileFacts

_INIT = ("__init__.py", "__init__.pyi")
_COMMON = ("", "src", "lib", "python")
MANIFESTS = ("pyproject.toml", "setup.cfg", "setup.py", "pytest.ini", "tox.ini", "mypy.ini")
"""Files that may declare roots, by name."""
_FLOOR = re.compile(r"(?:>=|>|==|===|~=|\^|~)\s*v?(\d{1,4})(?:\.(\d{1,4}))?(?:[.*\w]*)")
_LAZY = (3, 14)
"""The first Python that leaves annotations until somebody asks for them."""


@dataclass(frozen=True, slots=True)
class Roots:
    """The folders from which each top-level name can be imported."""

    manifests: tuple[str, ...] = ()
    """Files that may declare some."""
    declared: tuple[str, ...] = ()
    tops: dict[str, set[str]] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    """The names of all folders with modules in or below them; each may be a namespace package."""
    postponing: dict[str, bool] = field(default_factory=dict)
    """By folder of a manifest that says which interpreters it needs: whether none of them is older than 3.14."""
    apps: dict[str, set[str]] = field(default_factory=dict)
    """By a Django app's label, which is its folder's name: the folders that have models."""

    def of(self, top: str, own: str) -> list[str]:
        """Where to look for a top-level name, the most likely first."""
        likely = (own, *self.declared, *_COMMON)
        return list(dict.fromkeys((*likely, *sorted(self.tops.get(top, ())))))


def roots(tree: Tree, facts_of: FactsOf) -> Roots:
    """Read the roots off a whole tree and its manifests."""
    found = Roots(manifests=tuple(filter(is_manifest, tree.paths())))
    known: dict[str, str] = {}
    for path in filter(is_module, tree.paths()):
        root = own_root(tree, path, known)
        found.tops.setdefault(_top(path, root), set()).add(root)
        found.folders.update(path.split("/")[:-1])
        folder = path.removesuffix("/__init__.py").removesuffix(".py")
        if folder.endswith("/models"):
            folder = folder.removesuffix("/models")
            found.apps.setdefault(folder.rpartition("/")[2], set()).add(folder)
    return _read(found, found.manifests, facts_of)


def of_state(tree: Tree, found: Roots, facts_of: FactsOf) -> Roots:
    """The roots of a changed tree; top-level names that are gone still count as of this repository."""
    added = list(filter(is_module, tree.added()))
    tops = dict(found.tops) if added else found.tops
    for path in added:
        root = own_root(tree, path)
        top = _top(path, root)
        tops[top] = tops.get(top, set()) | {root}
    if not any(map(is_manifest, tree.changed())):
        return replace(found, tops=tops)
    manifests = (*found.manifests, *filter(is_manifest, tree.added()))
    return _read(replace(found, tops=tops), manifests, facts_of)


def is_module(path: str) -> bool:
    """Whether this is a file one can import."""
    return path.endswith((".py", ".pyi"))


def is_manifest(path: str) -> bool:
    """Whether this file may say where modules are found."""
    return path.rpartition("/")[2] in MANIFESTS


def _read(found: Roots, manifests: Iterable[str], facts_of: FactsOf) -> Roots:
    listed = [(path.rpartition("/")[0], facts_of(path)) for path in manifests]
    given = [(folder, facts) for folder, facts in listed if facts is not None]
    return replace(found, declared=_declared(given), postponing=_postponing(given))


def _postponing(given: Iterable[tuple[str, FileFacts]]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for folder, facts in given:
        wanted = [value for key, value in facts.settings if key == "dependency python"]
        if wanted or facts is UNSETTLED:
            shown = facts is UNSETTLED or all(map(is_recent, wanted))
            found[folder] = found.get(folder, False) or shown
    return found


def is_recent(wanted: str) -> bool:
    """Whether a specifier of interpreters allows none that evaluates annotations where they stand (PEP 649)."""
    floors = (_FLOOR.fullmatch(one.strip()) for one in wanted.split(","))
    return "|" not in wanted and any((int(one[1]), int(one[2] or 0)) >= _LAZY for one in floors if one)


def _declared(given: Iterable[tuple[str, FileFacts]]) -> tuple[str, ...]:
    found: list[str] = []
    for folder, facts in given:
        found += (_join(folder, value) for key, value in facts.settings if key == "root")
    return tuple(dict.fromkeys(found))


def _top(path: str, root: str) -> str:
    inside = path[len(root) + 1 :] if root else path
    return inside.partition("/")[0].removesuffix(".py").removesuffix(".pyi")


def rivals(module: Module) -> Iterator[str]:
    """The files that would come before a module of this name: a package before a file, a file before a bare folder."""
    if module.path and module.folder is None:
        yield f"{module.path.rpartition('.')[0]}/__init__.py"
    elif not module.path and module.folder:
        yield from (f"{module.folder}/__init__.py", f"{module.folder}.py")


def own_root(tree: Tree, path: str, known: dict[str, str] | None = None) -> str:
    """The nearest folder above a file that is no package itself."""
    folder = start = path.rpartition("/")[0]
    if known is not None and start in known:
        return known[start]
    while folder and _init(tree, folder):
        folder = folder.rpartition("/")[0]
    if known is not None:
        known[start] = folder
    return folder


def _init(tree: Tree, folder: str) -> str:
    return next((path for name in _INIT if (path := _join(folder, name)) in tree), "")


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


class Modules:
    """The modules of one state."""

    def __init__(self, tree: Tree, found: Roots) -> None:
        self.tree = tree
        self._roots = found

    def absolute(self, dotted: str, importer: str) -> Module | None:
        """The module of that name, as seen from a file; None when there is none here.

        It is unsure when several roots have one and the importing file's own has none.
        """
        parts = dotted.split(".")
        own = own_root(self.tree, importer)
        found = [(root, self._below(root, parts)) for root in self._searched(parts[0], own)]
        hits = [(root, hit) for root, hit in found if hit is not None]
        if not hits:
            return None
        root, best = next(((root, hit) for root, hit in hits if hit.path), hits[0])
        others = {hit.path for _, hit in hits} - {best.path, ""}
        return Module(best.path, best.folder, sure=False) if others and root != own else best

    def _searched(self, top: str, own: str) -> list[str]:
        """Where to look: of the standard library's names only where a file comes before it."""
        if top in sys.builtin_module_names:
            return []
        return [own] if top in sys.stdlib_module_names else self._roots.of(top, own)

    def outside(self, top: str) -> bool:
        """Whether no such top-level name is or was of this repository."""
        known = top in self._roots.tops or top in self._roots.folders
        return top in sys.stdlib_module_names or not known

    def stand_ins(self, top: str, importer: str) -> Iterator[str]:
        """The files that would come before a module from outside, when a file is run from where it lies."""
        if top not in sys.builtin_module_names:
            stem = _join(own_root(self.tree, importer), top)
            yield from (f"{stem}.py", f"{stem}/__init__.py")

    def apps(self, label: str) -> list[str]:
        """The folders of the Django apps with that label, those that are gone included."""
        return sorted(self._roots.apps.get(label, ()))

    def postpones(self, path: str) -> bool:
        """Whether the nearest manifest that tells shows that annotations of a file are never evaluated as it loads."""
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in self._roots.postponing:
                return self._roots.postponing[folder]
        return False

    def relative(self, dotted: str, level: int, importer: str) -> Module | None:
        """The module that `from ..x import` names in a file."""
        folder = importer
        for _ in range(level):
            if not folder:
                return None
            folder = folder.rpartition("/")[0]
        if not dotted:
            return self._package(folder)
        return self._below(folder, dotted.split("."))

    def child(self, module: Module, name: str) -> Module | None:
        """A submodule."""
        return None if module.folder is None else self._below(module.folder, [name])

    def _below(self, folder: str, parts: list[str]) -> Module | None:
        place = folder
        for part in parts[:-1]:
            place = _join(place, part)
            if not self.tree.has_folder(place):
                return None
        return self._package(_join(place, parts[-1])) or self._file(_join(place, parts[-1]))

    def _package(self, folder: str) -> Module | None:
        if not self.tree.has_folder(folder):
            return None
        path = _init(self.tree, folder)
        if path or not self._file(folder):
            return Module(path, folder)
        return None

    def _file(self, stem: str) -> Module | None:
        return next((Module(stem + end, None) for end in (".py", ".pyi") if stem + end in self.tree), None)
