"""Which file a dotted module name is, from a tree's paths alone.

Python finds modules below roots: the folder that holds the outermost package of the importing file (what a script's or
a test's own path gives), the repository, `src`, and what the project declares. A folder without `__init__.py` that has
source files below it is a namespace package.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gate.link.symbols import Module

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gate.link.tree import Tree

_INIT = ("__init__.py", "__init__.pyi")
_COMMON = ("", "src", "lib", "python")


@dataclass(slots=True)
class Roots:
    """The folders from which each top-level name can be imported."""

    declared: tuple[str, ...] = ()
    tops: dict[str, set[str]] = field(default_factory=dict)

    def of(self, top: str, own: str) -> list[str]:
        """Where to look for a top-level name, the most likely first."""
        likely = (own, *self.declared, *_COMMON)
        return list(dict.fromkeys((*likely, *sorted(self.tops.get(top, ())))))


def roots(tree: Tree, declared: Iterable[str] = ()) -> Roots:
    """Read the roots off a tree."""
    found = Roots(tuple(declared))
    known: dict[str, str] = {}
    for path in tree.paths():
        root = own_root(tree, path, known)
        inside = path[len(root) + 1 :] if root else path
        top = inside.partition("/")[0].rpartition(".")[0] if "/" not in inside else inside.partition("/")[0]
        found.tops.setdefault(top, set()).add(root)
    return found


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
        self._roots = _with_added(tree, found)

    def absolute(self, dotted: str, importer: str) -> Module | None:
        """The module of that name, as seen from a file; None when there is none here."""
        parts = dotted.split(".")
        hits: list[Module] = []
        for root in self._roots.of(parts[0], own_root(self.tree, importer)):
            found = self._below(root, parts)
            if found is not None and all(found.path != hit.path or not found.path for hit in hits):
                hits.append(found)
        if not hits:
            return None
        best = next((hit for hit in hits if hit.path), hits[0])
        return best if len(hits) == 1 else Module(best.path, best.folder, sure=False)

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

    def has_top(self, top: str) -> bool:
        """Whether any root of this state has that top-level name."""
        return any(self._below(root, [top]) is not None for root in self._roots.of(top, ""))

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


def _with_added(tree: Tree, found: Roots) -> Roots:
    added = list(tree.added())
    if not added:
        return found
    tops: Mapping[str, set[str]] = found.tops
    more = dict(tops)
    for path in added:
        root = own_root(tree, path)
        inside = path[len(root) + 1 :] if root else path
        top = inside.partition("/")[0].removesuffix(".py").removesuffix(".pyi")
        more[top] = more.get(top, set()) | {root}
    return Roots(found.declared, more)
