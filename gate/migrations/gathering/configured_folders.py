"""The folders of migrations that the target's configuration names, where streams have something to do with them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from gate.migrations.gathering.blob_facts import ANY_PYTHON
from gate.migrations.gathering.model_changes import sides
from gate.migrations.tools import tools
from gate.model.migrations import Home

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from gate.migrations.gathering.blob_facts import Texts
    from gate.migrations.gathering.stores import Tree
    from gate.migrations.tools.base.tool import Tool
    from gate.model.facts import StreamFacts


def placed(texts: Texts, tree: Callable[[], Tree], streams: Sequence[StreamFacts]) -> tuple[Tool, ...]:
    """Every tool, those that are configured with the folders their configuration names.

    The target's tree is asked for only where a stream changes a file that is a migration, by its place or its text.
    """
    # What a stream changes stays what it is: the target's text counts only where the stream has none.
    changed = {place for before, after in map(sides, streams) for place in (before | after).items()}
    texts.load_all((blob, ANY_PYTHON) for _, blob in sorted(changed))
    fresh = [place for place in changed if texts.get((place[1], ANY_PYTHON)) is not None]
    return tuple(_placed(tool, texts, tree, streams, fresh) for tool in tools())


def _placed(
    tool: Tool,
    texts: Texts,
    tree: Callable[[], Tree],
    streams: Sequence[StreamFacts],
    changed: Collection[tuple[str, str]],
) -> Tool:
    if not tool.reads_python:
        return tool
    found = {
        path.rpartition("/")[0]
        for path, blob in changed
        if tool.is_file(path) and texts.get((blob, tool.name)) is not None
    }
    if not found and all(tool.folder(path) is None for one in streams for path in one.files):
        return tool
    homes = _homes(tool, texts, tree(), streams)
    unnamed = [folder for folder in sorted(found) if not any(home.includes(folder) for home in homes)]
    if tool.lone_folder:
        homes += (
            Home(folder, folder) for folder in unnamed if _is_store(tool, folder, texts, tree(), streams)
        )
    return tool.in_homes(homes) if homes else tool


def _homes(tool: Tool, texts: Texts, tree: Tree, streams: Sequence[StreamFacts]) -> list[Home]:
    """What the target's configuration names; a stream's own counts only where the target has none of that path."""
    configs = {path: blob for path, blob in tree.blobs.items() if tool.is_config(path)}
    fresh = {
        path: blob for one in streams for path, blob in one.files.items() if blob and tool.is_config(path)
    }
    folders = {path.rpartition("/")[0] for one in streams for path in one.files}
    contents = {path: texts.text(blob) for path, blob in (fresh | configs).items()}
    return list(tool.homes(contents, tree.folders | folders))


def _is_store(tool: Tool, folder: str, texts: Texts, tree: Tree, streams: Sequence[StreamFacts]) -> bool:
    """Whether a folder has as many migrations as make it a store though nothing names it."""
    own = (place for one in streams for place in one.files.items())
    within = dict(place for place in (*own, *tree.in_folder(folder)) if place[0].rpartition("/")[0] == folder)
    migrations = (path for path, blob in within.items() if _is_migration(tool, texts, path, blob))
    return len(list(islice(migrations, tool.lone_folder))) == tool.lone_folder


def _is_migration(tool: Tool, texts: Texts, path: str, blob: str) -> bool:
    return bool(blob) and tool.is_file(path) and texts.get((blob, tool.name)) is not None
