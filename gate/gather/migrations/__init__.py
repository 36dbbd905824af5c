"""Migrations of the streams: each landed tree's against the target's, then against one another's."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from gate.model.migrations import NO_MIGRATIONS, MigrationFacts
from gate.source.migrations import systems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.git.objects import Objects
    from gate.git.repository import Repository
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
        path.endswith(".py") or system.folder(path) is not None
        for system in systems()
        for one in landed
        for path in one.files
    ):
        return NO_MIGRATIONS, ()
    from gate.gather.migrations import models, operations, writes
    from gate.gather.migrations.configured import placed
    from gate.gather.migrations.headers import together, with_headers
    from gate.gather.migrations.patches import with_patches
    from gate.gather.migrations.proof import proved
    from gate.gather.migrations.reading import reader
    from gate.gather.migrations.states import Reader, Tree
    from gate.git import changes
    from gate.git.facts_cache import FactsCache
    from gate.link.migrations import collide
    from gate.link.migrations.operations import clashes
    from gate.link.migrations.stacked import unstacked
    from gate.link.migrations.written import Asked

    @cache
    def tree() -> Tree:
        return Tree(changes.tree_paths(repository, target.tree))

    jobs = jobs or os.cpu_count() or 1
    with FactsCache(repository.common_dir if cached else None) as kept:
        texts = reader(objects, kept, jobs)
        known = placed(texts, tree, landed)
        touching = [
            system
            for system in known
            if any(system.folder(path) is not None for one in landed for path in one.files)
        ]
        found = [Reader(system, texts, tree(), landed).found() for system in touching]
        facts = together([collide(one.stores, one.nodes, one.deltas) for one in found])
        # As the plan ranks streams (`gate.order`): the earliest finished, then the smaller.
        ranks = {one.name: (one.stream.finished, len(one.changes), one.name) for one in landed}
        facts = replace(facts, forks=unstacked(facts.forks, stacks, ranks))
        told = with_headers(proved(facts, repository, target, pairs, texts), texts)
        doing = operations.reader(objects, kept, jobs)
        moved = operations.placed(told.deltas, landed)
        steps = operations.steps(moved, told.nodes, doing)
        asked = Asked(moved, told.nodes, steps)
        inserted = asked.clashes(writes.added(objects, landed, asked.tables))
        told = replace(
            told,
            clashes=(*clashes(moved, told.nodes, steps), *inserted),
            models=models.changed(
                objects,
                kept,
                jobs,
                texts,
                lambda: tree().blobs,
                landed,
                stacks,
                {one.NAME: one for one in known},
            ),
        )
        texts.save()
        doing.save()
    told = with_patches(repository, objects, target, landed, told, protected)
    return told, (*(note for one in found for note in one.notes), *operations.unread(moved))
