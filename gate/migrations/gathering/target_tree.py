"""The files of the target, by folder."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.migrations.tools.base.tool import Tool

Place = tuple[str, str]
"""A path and its blob."""


class TargetTree:
    """The target's files by folder. `blobs` are by path, `folders` those that hold files."""

    def __init__(self, paths: Iterable[Place]) -> None:
        self.blobs = dict(paths)
        self._by_folder: defaultdict[str, list[str]] = defaultdict(list)
        for path in self.blobs:
            self._by_folder[path.rpartition("/")[0]].append(path)
        self.folders = frozenset(self._by_folder)

    def in_folder(self, folder: str) -> list[Place]:
        """Return the files of one folder."""
        return [(path, self.blobs[path]) for path in self._by_folder.get(folder, ())]

    def within(self, tool: Tool, folders: Iterable[str] | None) -> list[Place]:
        """Return the files that may be a tool's migrations of these folders, or of any."""
        wanted = None if folders is None else frozenset(folders)
        near = [
            folder
            for folder in self._by_folder
            if wanted is None or folder in wanted or any(_is_below(folder, above) for above in wanted)
        ]
        paths = [path for folder in near for path in self._by_folder[folder]]
        placed = ((path, tool.folder(path)) for path in paths)
        return [
            (path, self.blobs[path])
            for path, folder in placed
            if folder is not None and (wanted is None or folder in wanted)
        ]


def _is_below(folder: str, above: str) -> bool:
    return folder.startswith(f"{above}/") or not above
