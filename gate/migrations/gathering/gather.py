"""The steps from streams to facts about their migrations: where they stand first, then what they do."""

from __future__ import annotations

import os
from dataclasses import fields, replace
from functools import cached_property
from typing import TYPE_CHECKING

from gate.git import changes
from gate.migrations.gathering import code_writes, operation_facts
from gate.migrations.gathering.blob_facts import MigrationTexts, migration_texts
from gate.migrations.gathering.chain_headers import with_headers
from gate.migrations.gathering.configured_folders import configured_tools
from gate.migrations.gathering.merge_proof import held_by_merges
from gate.migrations.gathering.model_changes import ModelReader
from gate.migrations.gathering.stores import ToolReader
from gate.migrations.gathering.target_tree import TargetTree
from gate.migrations.graph import collide
from gate.migrations.graph.stacked import unstacked
from gate.migrations.operations.clashes import clashes
from gate.migrations.operations.code_inserts import RowRequirements
from gate.model.collisions import MigrationFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.cache.database import FactsCache
    from gate.model.facts import NotChecked, PairFacts, Stack, StreamFacts
    from gate.workspace import Workspace


class Gathering:
    """The migrations of one analysis. `notes` are what could not be read, once all is gathered."""

    def __init__(self, workspace: Workspace, landed: Sequence[StreamFacts], cache: FactsCache) -> None:
        self.notes: tuple[NotChecked, ...] = ()
        self._workspace = workspace
        self._landed = landed
        self._cache = cache
        self._jobs = workspace.jobs or os.cpu_count() or 1
        self._texts: MigrationTexts = migration_texts(workspace.objects, cache, self._jobs)
        self._operations = operation_facts.operation_texts(workspace.objects, cache, self._jobs)
        self._tools = configured_tools(self._texts, lambda: self._tree, landed)

    @cached_property
    def _tree(self) -> TargetTree:
        return TargetTree(changes.tree_paths(self._workspace.repository, self._workspace.target.tree))

    def collisions(self, pairs: Sequence[PairFacts], stacks: Sequence[Stack]) -> MigrationFacts:
        """Return where the streams' migrations stand, and how they collide there."""
        paths = [path for stream in self._landed for path in stream.files]
        touched = [tool for tool in self._tools if any(tool.folder(path) is not None for path in paths)]
        parts = [ToolReader(tool, self._texts, self._tree, self._landed).migrations() for tool in touched]
        self.notes += tuple(note for part in parts for note in part.notes)
        facts = _joined([collide(part.stores, part.nodes, part.deltas) for part in parts])
        # As the plan ranks streams (`gate.order`): the earliest finished, then the smaller.
        ranks = {
            stream.name: (stream.stream.finished, len(stream.changes), stream.name) for stream in self._landed
        }
        facts = replace(facts, forks=unstacked(facts.forks, stacks, ranks))
        held = held_by_merges(facts, self._workspace.repository, self._workspace.target, pairs, self._texts)
        return with_headers(held, self._texts)

    def with_operations(self, facts: MigrationFacts, stacks: Sequence[Stack]) -> MigrationFacts:
        """Return the facts with what migrations do, what code inserts beside them, and models that have none."""
        deltas = operation_facts.with_statements(facts.deltas, self._landed)
        operations = operation_facts.operations(deltas, facts.nodes, self._operations)
        self.notes += tuple(operation_facts.unread(deltas))
        requirements = RowRequirements(deltas, facts.nodes, operations)
        writes = code_writes.added(self._workspace.objects, self._landed, requirements.tables)
        models = ModelReader(
            self._workspace.objects, self._cache, self._jobs, self._texts, self._tools, lambda: self._tree
        )
        return replace(
            facts,
            clashes=(*clashes(deltas, facts.nodes, operations), *requirements.clashes(writes)),
            models=models.changes(self._landed, stacks),
        )

    def save(self) -> None:
        """Keep what was read for the next run."""
        self._texts.save()
        self._operations.save()


def _joined(facts: Sequence[MigrationFacts]) -> MigrationFacts:
    """Return the facts of several tools as one."""
    parts = {
        field.name: tuple(value for part in facts for value in getattr(part, field.name))
        for field in fields(MigrationFacts)
    }
    return MigrationFacts(**parts)
