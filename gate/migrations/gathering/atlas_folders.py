"""Folders with an `atlas.sum`, as streams land in them one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.cache.blob_facts import content
from gate.git.changes import tree_paths
from gate.migrations.repair.atlas_sum import NAME, Directory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.model.facts import StreamFacts
    from gate.model.repairs import Rewrite


class Sums:
    """What such folders hold, from the target's tree on. Nothing is read where there is no such file."""

    def __init__(self, repository: Repository, objects: Objects, tree: str) -> None:
        self._repository = repository
        self._objects = objects
        self._tree = tree
        self._target: dict[str, dict[str, bytes]] = {}
        self._landed: dict[str, dict[str, bytes]] = {}

    def of(self, stream: StreamFacts, folders: Iterable[str]) -> dict[str, Directory]:
        """Those of the folders that have a sum, with what a stream changes in them."""
        changed = stream.files
        return {
            folder: Directory(self._known(folder), self._landed[folder], self._own(changed, folder))
            for folder in folders
            if self._known(folder)
        }

    def land(self, summed: Mapping[str, Directory], rewrites: Sequence[Rewrite]) -> None:
        """The stream that changes them has landed, as its repair leaves it."""
        for folder, one in summed.items():
            self._landed[folder] = one.after(folder, rewrites)

    def _known(self, folder: str) -> dict[str, bytes]:
        """The target's files of a folder by name; none where it has no sum."""
        if folder not in self._target:
            place = f"{self._tree}:{folder}"
            found = self._objects.info(f"{place}/{NAME}" if folder else f"{self._tree}:{NAME}")
            self._target[folder] = self._files(place) if found else {}
            self._landed[folder] = self._target[folder]
        return self._target[folder]

    def _files(self, place: str) -> dict[str, bytes]:
        paths = tree_paths(self._repository, place)
        return self._read({path: blob for path, blob in paths if "/" not in path})

    def _own(self, changed: Mapping[str, str], folder: str) -> dict[str, bytes | None]:
        places = {path.rpartition("/"): blob for path, blob in changed.items()}
        mine = {name: blob for (above, _, name), blob in places.items() if above == folder}
        gone: dict[str, bytes | None] = dict.fromkeys(name for name, blob in mine.items() if not blob)
        return gone | self._read({name: blob for name, blob in mine.items() if blob})

    def _read(self, files: Mapping[str, str]) -> dict[str, bytes]:
        found = {
            name: content(self._objects, blob)
            for name, blob in files.items()
            if name == NAME or name.endswith(".sql")
        }
        return {name: text for name, text in found.items() if text is not None}
