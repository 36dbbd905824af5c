"""Languages in which all files of a folder share their names: the files of each folder in one state."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.languages.base.tree import Tree

FilesByFolder = dict[str, tuple[str, ...]]
"""The paths of the files that lie in each folder itself, sorted; by folder, "" for the root."""


def files_by_folder(tree: Tree, ending: str) -> FilesByFolder:
    """Return the files of a tree with this ending."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path in tree.paths():
        if path.endswith(ending):
            folders[path.rpartition("/")[0]].append(path)
    return {folder: tuple(sorted(paths)) for folder, paths in folders.items()}


class Folders:
    """The folders of one state: those of an earlier tree (`files`), and what the state adds and removes."""

    def __init__(self, tree: Tree, files: Mapping[str, Sequence[str]], ending: str) -> None:
        self._tree = tree
        self._files = files
        self._added: dict[str, list[str]] = defaultdict(list)
        for path in tree.added():
            if path.endswith(ending):
                self._added[path.rpartition("/")[0]].append(path)

    def files(self, folder: str) -> list[str]:
        """Return the files that lie in a folder itself."""
        kept = (path for path in self._files.get(folder, ()) if path in self._tree)
        return list(dict.fromkeys((*kept, *self._added.get(folder, ()))))

    def all(self) -> Iterator[str]:
        """Yield every folder that has files or had some in the earlier tree."""
        yield from dict.fromkeys((*self._files, *self._added))
