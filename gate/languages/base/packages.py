"""Languages in which all files of a folder share their names: which files lie in a folder, in one state."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.languages.base.tree import Tree

Listing = dict[str, tuple[str, ...]]
"""Folders with the files that lie in them."""


def listing(tree: Tree, ending: str) -> Listing:
    """The files of a tree with this ending, by folder."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in tree.paths():
        if path.endswith(ending):
            found[path.rpartition("/")[0]].append(path)
    return {folder: tuple(sorted(paths)) for folder, paths in found.items()}


class Folders:
    """The folders of one state: those of a listing made earlier, with what has changed since."""

    def __init__(self, tree: Tree, listed: Mapping[str, Sequence[str]], ending: str) -> None:
        self._tree = tree
        self._listed = listed
        self._added: dict[str, list[str]] = defaultdict(list)
        for path in tree.added():
            if path.endswith(ending):
                self._added[path.rpartition("/")[0]].append(path)

    def files(self, folder: str) -> list[str]:
        """The files that lie in a folder itself."""
        kept = (path for path in self._listed.get(folder, ()) if path in self._tree)
        return list(dict.fromkeys((*kept, *self._added.get(folder, ()))))

    def all(self) -> Iterator[str]:
        """Every folder that has had files."""
        yield from dict.fromkeys((*self._listed, *self._added))
