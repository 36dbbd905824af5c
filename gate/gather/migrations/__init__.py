"""Migrations of the streams: each landed tree's against the target's, then against one another's."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from gate.model.migrations import NO_MIGRATIONS, MigrationFacts
from gate.source.migrations import systems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.model.facts import NotChecked, PairFacts, StreamFacts
    from gate.model.git import Target


def gather_migrations(
    repository: Repository,
    objects: Objects,
    target: Target,
    streams: Sequence[StreamFacts],
    pairs: Sequence[PairFacts] = (),
    *,
    cached: bool = True,
    jobs: int = 0,
) -> tuple[MigrationFacts, tuple[NotChecked, ...]]:
    """How the streams' migrations collide, and what of them could not be read.

    `pairs` are those that were merged. Only the stores that a stream touches are read. A stale stream is kept out, as
    of every comparison.
    """
    landed = [one for one in streams if one.landed is not None]
    if not any(
        system.folder(path) is not None for system in systems() for one in landed for path in one.files
    ):
        return NO_MIGRATIONS, ()
    # Loaded here: streams without migrations should not pay for it.
    from gate.gather.migrations.headers import together, with_headers
    from gate.gather.migrations.proof import proved
    from gate.gather.migrations.reading import reader
    from gate.gather.migrations.repairs import with_patches
    from gate.gather.migrations.states import Reader, Tree
    from gate.git import changes
    from gate.git.facts_cache import FactsCache
    from gate.link.migrations import collide

    with FactsCache(repository.common_dir if cached else None) as cache:
        texts = reader(objects, cache, jobs or os.cpu_count() or 1)
        tree = Tree(changes.tree_paths(repository, target.tree))
        found = [Reader(system, texts, tree, landed).found() for system in systems()]
        facts = [collide(one.stores, one.nodes, one.deltas) for one in found]
        sure = proved(together(facts), repository, target, pairs)
        told = with_headers(sure, texts)
        texts.save()
    told = with_patches(repository, objects, target, landed, told)
    return told, tuple(note for one in found for note in one.notes)
