"""The steps from streams to facts about their migrations: where they stand first, then what they do."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from gate.git import changes
from gate.migrations.gathering import code_writes, model_changes, operation_facts
from gate.migrations.gathering.blob_facts import reader
from gate.migrations.gathering.configured_folders import placed
from gate.migrations.gathering.headers import together, with_headers
from gate.migrations.gathering.merge_proof import proved
from gate.migrations.gathering.stores import Reader, Tree
from gate.migrations.graph import collide
from gate.migrations.graph.stacked import unstacked
from gate.migrations.operations.clashes import clashes
from gate.migrations.operations.code_inserts import RowRequirements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.cache.database import FactsCache
    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.model.collisions import MigrationFacts
    from gate.model.facts import NotChecked, PairFacts, Stack, StreamFacts
    from gate.model.git import Target


class Gathering:
    """One analysis' migrations. `jobs` is how many processes may read at once, 0 for as many as there are processors.

    `notes` are what could not be read, once all has been asked.
    """

    def __init__(
        self,
        repository: Repository,
        objects: Objects,
        target: Target,
        landed: Sequence[StreamFacts],
        kept: FactsCache,
        jobs: int,
    ) -> None:
        self.notes: tuple[NotChecked, ...] = ()
        self._repository = repository
        self._objects = objects
        self._target = target
        self._landed = landed
        self._kept = kept
        self._jobs = jobs or os.cpu_count() or 1
        self._texts = reader(objects, kept, self._jobs)
        self._operations = operation_facts.reader(objects, kept, self._jobs)
        self._tools = placed(self._texts, lambda: self._tree, landed)

    @cached_property
    def _tree(self) -> Tree:
        return Tree(changes.tree_paths(self._repository, self._target.tree))

    def collisions(self, pairs: Sequence[PairFacts], stacks: Sequence[Stack]) -> MigrationFacts:
        """Where the streams' migrations stand, and how they collide there."""
        touched = [
            tool
            for tool in self._tools
            if any(tool.folder(path) is not None for one in self._landed for path in one.files)
        ]
        found = [Reader(tool, self._texts, self._tree, self._landed).found() for tool in touched]
        self.notes += tuple(note for one in found for note in one.notes)
        facts = together([collide(one.stores, one.nodes, one.deltas) for one in found])
        # As the plan ranks streams (`gate.order`): the earliest finished, then the smaller.
        ranks = {one.name: (one.stream.finished, len(one.changes), one.name) for one in self._landed}
        facts = replace(facts, forks=unstacked(facts.forks, stacks, ranks))
        sure = proved(facts, self._repository, self._target, pairs, self._texts)
        return with_headers(sure, self._texts)

    def contents(self, facts: MigrationFacts, stacks: Sequence[Stack]) -> MigrationFacts:
        """The same with what they do, what code inserts beside them, and the models that have none."""
        deltas = operation_facts.placed(facts.deltas, self._landed)
        steps = operation_facts.steps(deltas, facts.nodes, self._operations)
        self.notes += tuple(operation_facts.unread(deltas))
        requirements = RowRequirements(deltas, facts.nodes, steps)
        inserted = requirements.clashes(code_writes.added(self._objects, self._landed, requirements.tables))
        changed = model_changes.changed(
            self._objects,
            self._kept,
            self._jobs,
            self._texts,
            lambda: self._tree.blobs,
            self._landed,
            stacks,
            {tool.name: tool for tool in self._tools},
        )
        return replace(facts, clashes=(*clashes(deltas, facts.nodes, steps), *inserted), models=changed)

    def save(self) -> None:
        """Keep what was read for the next time."""
        self._texts.save()
        self._operations.save()
