"""The folders of migrations that the target's configuration names, where streams have something to do with them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from gate.migrations.gathering.blob_facts import ANY_PYTHON
from gate.migrations.gathering.model_changes import changed_files
from gate.migrations.tools import tools
from gate.model.migrations import Home

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from gate.migrations.gathering.blob_facts import MigrationTexts
    from gate.migrations.gathering.target_tree import Place, TargetTree
    from gate.migrations.tools.base.tool import Tool
    from gate.model.facts import StreamFacts


def configured_tools(
    texts: MigrationTexts, tree: Callable[[], TargetTree], streams: Sequence[StreamFacts]
) -> tuple[Tool, ...]:
    """Return every tool, those that are configured with the folders their configuration names.

    The target's tree is asked for only where a stream changes a file that is a migration, by its place or its text.
    """
    # What a stream changes stays what it is: the target's text counts only where the stream has none.
    changed = {file for before, after in map(changed_files, streams) for file in (before | after).items()}
    texts.load_all((blob, ANY_PYTHON) for _, blob in sorted(changed))
    migrations = [file for file in changed if texts.get((file[1], ANY_PYTHON)) is not None]
    folders = _Folders(texts, tree, streams)
    return tuple(folders.configured(tool, migrations) if tool.reads_python else tool for tool in tools())


@dataclass(frozen=True, slots=True)
class _Folders:
    """The places where migrations may lie: the target's tree, and the files that streams change."""

    texts: MigrationTexts
    tree: Callable[[], TargetTree]
    streams: Sequence[StreamFacts]

    def configured(self, tool: Tool, migrations: Collection[Place]) -> Tool:
        """Return a tool with the folders of its configuration; `migrations` are changed files anywhere."""
        folders = {
            path.rpartition("/")[0] for path, blob in migrations if self._is_migration(tool, path, blob)
        }
        paths = (path for stream in self.streams for path in stream.files)
        if not folders and all(tool.folder(path) is None for path in paths):
            return tool
        homes = self._homes(tool)
        if tool.lone_folder:
            unnamed = [
                folder for folder in sorted(folders) if not any(home.includes(folder) for home in homes)
            ]
            homes += (Home(folder, folder) for folder in unnamed if self._is_store(tool, folder))
        return tool.in_homes(homes) if homes else tool

    def _homes(self, tool: Tool) -> list[Home]:
        """Return what the target's configuration names; a stream's counts only where the target has no such file."""
        tree = self.tree()
        configs = {path: blob for path, blob in tree.blobs.items() if tool.is_config(path)}
        files = [file for stream in self.streams for file in stream.files.items()]
        fresh = {path: blob for path, blob in files if blob and tool.is_config(path)}
        contents = {path: self.texts.text(blob) for path, blob in (fresh | configs).items()}
        return list(tool.homes(contents, tree.folders | {path.rpartition("/")[0] for path, _ in files}))

    def _is_store(self, tool: Tool, folder: str) -> bool:
        """Return whether a folder has as many migrations as make it a store though nothing names it."""
        fresh = (file for stream in self.streams for file in stream.files.items())
        files = dict(
            file for file in (*fresh, *self.tree().in_folder(folder)) if file[0].rpartition("/")[0] == folder
        )
        migrations = (path for path, blob in files.items() if blob and self._is_migration(tool, path, blob))
        return len(list(islice(migrations, tool.lone_folder))) == tool.lone_folder

    def _is_migration(self, tool: Tool, path: str, blob: str) -> bool:
        return tool.is_file(path) and self.texts.get((blob, tool.name)) is not None
