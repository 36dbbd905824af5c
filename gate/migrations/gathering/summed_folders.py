"""Folders with a file that has the sum of all migrations, as streams land in them one after another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gate.cache.blob_facts import content
from gate.git.changes import tree_paths
from gate.migrations.repair.folder_sums import SummedFolder
from gate.migrations.tools import tools

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.migrations.tools.base.tool import Tool
    from gate.model.facts import StreamFacts
    from gate.model.repairs import Rewrite


class SummedFolders:
    """The contents of such folders, from the target's tree on. Nothing is read where there is no such file."""

    def __init__(self, repository: Repository, objects: Objects, tree: str) -> None:
        self._repository = repository
        self._objects = objects
        self._tree = tree
        self._summing = [tool for tool in tools() if tool.sum_file]
        self._folders: dict[str, SummedFolder | None] = {}

    def changed_by(self, stream: StreamFacts, folders: Iterable[str]) -> list[SummedFolder]:
        """Return those of the folders that have a sum, with what a stream changes in them."""
        blobs = stream.files
        return [
            replace(before, changed=self._changed(blobs, folder, tool))
            for folder in folders
            for tool in self._summing
            if (before := self._before(folder, tool)) is not None
        ]

    def land(self, folders: Iterable[SummedFolder], rewrites: Sequence[Rewrite]) -> None:
        """Keep what the stream that changes these folders leaves in them once it lands as its repair leaves it."""
        for folder in folders:
            self._folders[folder.path] = replace(folder, landed=folder.after(rewrites))

    def _before(self, folder: str, tool: Tool) -> SummedFolder | None:
        """Return what a folder holds once all before have landed; None where the target has no sum of it."""
        path = f"{folder}/{tool.sum_file}".lstrip("/")
        if path not in self._folders:
            summed = None
            if self._objects.info(f"{self._tree}:{path}"):
                files = self._files(f"{self._tree}:{folder}", tool)
                summed = SummedFolder(tool.name, path, files, files, {}) if files else None
            self._folders[path] = summed
        return self._folders[path]

    def _files(self, place: str, tool: Tool) -> dict[str, bytes]:
        paths = tree_paths(self._repository, place)
        return dict(self._read({path: blob for path, blob in paths if "/" not in path}, tool))

    def _changed(self, blobs: Mapping[str, str], folder: str, tool: Tool) -> dict[str, bytes | None]:
        places = {path.rpartition("/"): blob for path, blob in blobs.items()}
        inside = {name: blob for (above, _, name), blob in places.items() if above == folder}
        removed: dict[str, bytes | None] = dict.fromkeys(name for name, blob in inside.items() if not blob)
        return removed | dict(self._read({name: blob for name, blob in inside.items() if blob}, tool))

    def _read(self, blobs: Mapping[str, str], tool: Tool) -> Iterator[tuple[str, bytes]]:
        for name, blob in blobs.items():
            text = content(self._objects, blob) if tool.is_summed(name) else None
            if text is not None:
                yield name, text
