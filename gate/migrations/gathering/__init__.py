"""Migrations of the streams: each landed tree's against the target's, then against one another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.tools import tools
from gate.model.collisions import NO_MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.model.collisions import MigrationFacts
    from gate.model.facts import NotChecked, PairFacts, Stack, StreamFacts
    from gate.workspace import Workspace


def gather_migrations(
    workspace: Workspace,
    streams: Sequence[StreamFacts],
    pairs: Sequence[PairFacts] = (),
    stacks: Sequence[Stack] = (),
) -> tuple[MigrationFacts, tuple[NotChecked, ...]]:
    """Return how the streams' migrations collide, what models they change without one, and what could not be read.

    `pairs` are those that were merged. Only the stores that a stream touches are read. A stale stream is kept out, as
    of every comparison.
    """
    landed = [stream for stream in streams if stream.landed is not None]
    # A migration is a Python file, or has a folder: streams without either should not pay for what is loaded here.
    if not any(
        path.endswith(".py") or tool.folder(path) is not None
        for tool in tools()
        for stream in landed
        for path in stream.files
    ):
        return NO_MIGRATIONS, ()
    from gate.cache.database import FactsCache
    from gate.migrations.gathering.gather import Gathering
    from gate.migrations.gathering.repair_patches import with_patches

    with FactsCache(workspace.cache_folder) as cache:
        gathering = Gathering(workspace, landed, cache)
        facts = gathering.with_operations(gathering.collisions(pairs, stacks), stacks)
        gathering.save()
    return with_patches(workspace, landed, facts), gathering.notes
