"""Migrations of the streams: each landed tree's against the target's, then against one another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.tools import tools
from gate.model.collisions import NO_MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.model.collisions import MigrationFacts
    from gate.model.facts import NotChecked, PairFacts, Stack, StreamFacts
    from gate.model.git import Target


def gather_migrations(
    repository: Repository,
    objects: Objects,
    target: Target,
    streams: Sequence[StreamFacts],
    pairs: Sequence[PairFacts] = (),
    stacks: Sequence[Stack] = (),
    *,
    protected: Sequence[str] = (),
    cached: bool = True,
    jobs: int = 0,
) -> tuple[MigrationFacts, tuple[NotChecked, ...]]:
    """How the streams' migrations collide, what models they change without one, and what could not be read.

    `pairs` are those that were merged; what `protected` branches (globs) have is left where it is by repairs. Only the
    stores that a stream touches are read. A stale stream is kept out, as of every comparison.
    """
    landed = [one for one in streams if one.landed is not None]
    # A migration is a Python file, or has a folder: streams without either should not pay for what is loaded here.
    if not any(
        path.endswith(".py") or tool.folder(path) is not None
        for tool in tools()
        for one in landed
        for path in one.files
    ):
        return NO_MIGRATIONS, ()
    from gate.cache.database import FactsCache
    from gate.migrations.gathering.gather import Gathering
    from gate.migrations.gathering.repair_patches import with_patches

    with FactsCache(repository.common_dir if cached else None) as kept:
        gathering = Gathering(repository, objects, target, landed, kept, jobs)
        facts = gathering.contents(gathering.collisions(pairs, stacks), stacks)
        gathering.save()
    return with_patches(repository, objects, target, landed, facts, protected), gathering.notes
