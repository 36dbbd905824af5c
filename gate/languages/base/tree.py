"""The paths of a state: those of the target, with the changes of streams laid over them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Tree:
    """Source files by path, each with its blob. `changes` has the blobs of changed paths, "" for removed ones.

    `base` is a tree of the same files, whose folders need not be counted again.
    """

    def __init__(
        self, files: Mapping[str, str], changes: Mapping[str, str] | None = None, base: Tree | None = None
    ) -> None:
        self._files = files
        self._changes = dict(changes or {})
        self._folders: Mapping[str, int] = base._folders if base is not None else _folder_sizes(files)
        self._growth = _folder_growth(self._files, self._changes)

    def with_changes(self, changes: Mapping[str, str]) -> Tree:
        """Return this tree with more changes; it costs as much as the changes are many."""
        return Tree(self._files, {**self._changes, **changes}, self)

    def blob(self, path: str) -> str:
        """Return the file's blob, "" when there is none."""
        changed = self._changes.get(path)
        return self._files.get(path, "") if changed is None else changed

    def __contains__(self, path: str) -> bool:
        return bool(self.blob(path))

    def has_folder(self, folder: str) -> bool:
        """Return whether source files lie in or below a folder; "" is the root."""
        return self._folders.get(folder, 0) + self._growth.get(folder, 0) > 0

    def added(self) -> Iterator[str]:
        """Yield the files that the unchanged tree lacks."""
        return (path for path, blob in self._changes.items() if blob and path not in self._files)

    def paths(self) -> Iterator[str]:
        """Yield every file."""
        yield from (path for path in self._files if self._changes.get(path) != "")
        yield from self.added()

    def changed(self) -> Iterable[str]:
        """Return the paths that are added, removed or have another blob."""
        return self._changes.keys()


def folders(path: str) -> Iterator[str]:
    """Yield the folders a path lies in, the nearest first, the root "" last."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _folder_sizes(files: Iterable[str]) -> Counter[str]:
    """Return how many files lie in or below each folder."""
    return Counter(folder for path in files for folder in folders(path))


def _folder_growth(files: Mapping[str, str], changes: Mapping[str, str]) -> dict[str, int]:
    """Return how many more files lie in or below each folder after the changes."""
    growth: Counter[str] = Counter()
    for path, blob in changes.items():
        difference = bool(blob) - (path in files)
        if difference:
            for folder in folders(path):
                growth[folder] += difference
    return dict(growth)
