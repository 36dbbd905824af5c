"""The paths of a state: those of the target, with what streams change laid over them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Tree:
    """Source files by path. `over` maps changed paths to their blobs, removed ones to ""."""

    def __init__(
        self, files: Mapping[str, str], over: Mapping[str, str] | None = None, base: Tree | None = None
    ) -> None:
        self._files = files
        self._over = dict(over or {})
        self._folders: Mapping[str, int] = base._folders if base is not None else _count(files)
        self._delta = _moved(self._files, self._over)

    def with_changes(self, over: Mapping[str, str]) -> Tree:
        """This tree, changed; only what changes is looked at."""
        return Tree(self._files, {**self._over, **over}, self)

    def blob(self, path: str) -> str:
        """The file's blob, "" when there is none."""
        found = self._over.get(path)
        return self._files.get(path, "") if found is None else found

    def __contains__(self, path: str) -> bool:
        return bool(self.blob(path))

    def has_folder(self, folder: str) -> bool:
        """Whether source files lie in or below a folder; "" is the root."""
        return self._folders.get(folder, 0) + self._delta.get(folder, 0) > 0

    def added(self) -> Iterator[str]:
        """Files that the base lacks."""
        return (path for path, blob in self._over.items() if blob and path not in self._files)

    def paths(self) -> Iterator[str]:
        """Every file."""
        yield from (path for path in self._files if self._over.get(path) != "")
        yield from self.added()

    def changed(self) -> Iterable[str]:
        """Files that the base has not, or not so."""
        return self._over.keys()


def folders(path: str) -> Iterator[str]:
    """The folders a path lies in, the nearest first, the root "" last."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _count(files: Iterable[str]) -> Counter[str]:
    return Counter(folder for path in files for folder in folders(path))


def _moved(files: Mapping[str, str], over: Mapping[str, str]) -> dict[str, int]:
    delta: Counter[str] = Counter()
    for path, blob in over.items():
        change = bool(blob) - (path in files)
        if change:
            for folder in folders(path):
                delta[folder] += change
    return dict(delta)
