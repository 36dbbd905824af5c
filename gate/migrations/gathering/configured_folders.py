"""The folders of migrations that the target's configuration names, where streams have something to do with them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from gate.migrations.gathering.blob_facts import EITHER, PYTHON
from gate.migrations.gathering.model_changes import sides
from gate.migrations.tools import systems
from gate.migrations.tools.configured import Configured, configuration, is_file
from gate.model.migrations import Home

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from gate.migrations.gathering.blob_facts import Texts
    from gate.migrations.gathering.stores import Tree
    from gate.migrations.tools import System
    from gate.model.facts import StreamFacts

_FEWEST = 2
"""Revisions that make a folder an environment though nothing names it."""


def placed(texts: Texts, tree: Callable[[], Tree], streams: Sequence[StreamFacts]) -> tuple[System, ...]:
    """Every system, those that are configured with the folders their configuration names.

    The target's tree is asked for only where a stream changes a file that is a migration, by its place or its text.
    """
    # What a stream changes stays what it is: the target's text counts only where the stream has none.
    changed = {place for before, after in map(sides, streams) for place in (before | after).items()}
    texts.load_all((blob, EITHER) for _, blob in sorted(changed))
    fresh = [place for place in changed if texts.get((place[1], EITHER)) is not None]
    return tuple(_placed(system, texts, tree, streams, fresh) for system in systems())


def _placed(
    system: System,
    texts: Texts,
    tree: Callable[[], Tree],
    streams: Sequence[StreamFacts],
    changed: Collection[tuple[str, str]],
) -> System:
    if system.NAME not in PYTHON:
        return system
    found = {
        path.rpartition("/")[0]
        for path, blob in changed
        if is_file(system.NAME, path) and texts.get((blob, system.NAME)) is not None
    }
    if not found and all(system.folder(path) is None for one in streams for path in one.files):
        return system
    homes = _homes(system, texts, tree(), streams)
    unnamed = [folder for folder in sorted(found) if not any(home.holds(folder) for home in homes)]
    if system.NAME == "alembic":
        homes += (
            Home(folder, folder) for folder in unnamed if _is_environment(folder, texts, tree(), streams)
        )
    return Configured(system, homes) if homes else system


def _homes(system: System, texts: Texts, tree: Tree, streams: Sequence[StreamFacts]) -> list[Home]:
    """What the target's configuration names; a stream's own counts only where the target has none of that path."""
    says = configuration(system.NAME)
    configs = {path: blob for path, blob in tree.blobs.items() if says.is_config(path)}
    fresh = {
        path: blob for one in streams for path, blob in one.files.items() if blob and says.is_config(path)
    }
    folders = {path.rpartition("/")[0] for one in streams for path in one.files}
    contents = {path: texts.text(blob) for path, blob in (fresh | configs).items()}
    return list(says.homes(contents, tree.folders | folders))


def _is_environment(folder: str, texts: Texts, tree: Tree, streams: Sequence[StreamFacts]) -> bool:
    """Whether several files of a folder are revisions."""
    own = (place for one in streams for place in one.files.items())
    within = dict(place for place in (*own, *tree.in_folder(folder)) if place[0].rpartition("/")[0] == folder)
    revisions = (path for path, blob in within.items() if _is_revision(texts, path, blob))
    return len(list(islice(revisions, _FEWEST))) == _FEWEST


def _is_revision(texts: Texts, path: str, blob: str) -> bool:
    return bool(blob) and is_file("alembic", path) and texts.get((blob, "alembic")) is not None
