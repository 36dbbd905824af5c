"""Repairs of streams in the order they land: each one's migrations after those of the one before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gate.cache.blob_facts import content as content_of
from gate.git import published
from gate.migrations.gathering.summed_folders import SummedFolders
from gate.migrations.operations.manual import by_hand
from gate.migrations.repair import repair
from gate.migrations.repair.situation import RepairOptions, Situation
from gate.migrations.tools import rewritten_files, tool
from gate.model.git import FILES, ChangeKind
from gate.model.repairs import NoRepair, Repair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from gate.migrations.repair.folder_sums import SummedFolder
    from gate.model.collisions import MigrationFacts
    from gate.model.facts import StreamFacts
    from gate.model.migrations import Delta, Key, Store
    from gate.workspace import Workspace

_NAMING = re.compile(r"(test|migrat)[^\n]*\.py$", re.IGNORECASE)
"""Files that may name a migration: tests, and helpers for migrations."""
_CODE = re.compile(r"(test|spec|migrat)[^\n]*\.(py|[cm]?[jt]sx?|go|rb|exs?|java|kts?|coffee)$", re.IGNORECASE)
"""The same in the languages of numbered migrations."""


@dataclass(slots=True)
class _Landed:
    """The streams that land before one, as they are repaired: their changes, files and migrations."""

    sums: SummedFolders
    deltas: list[Delta] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    migrations: set[tuple[Key, str]] = field(default_factory=set)
    """Keys and blobs at the tips of those streams: a stream stacked on them leaves these migrations to them."""

    def add(self, stream: StreamFacts, delta: Delta, repair: Repair, summed: Sequence[SummedFolder]) -> None:
        """Add a stream with its repair."""
        self.files.update(stream.files)
        self.deltas.append(replace(delta, added=repair.nodes))
        self.sums.land(summed, repair.rewrites)
        self.migrations |= {(node.key, node.blob) for node in delta.added}


class Repairer:
    """Repairs streams of one analysis."""

    def __init__(self, workspace: Workspace, facts: MigrationFacts) -> None:
        self._workspace = workspace
        self._published = published.refs(
            workspace.repository, workspace.target.commit, workspace.policy.protected
        )
        self._facts = facts
        self._deltas = {delta.stream: delta for delta in facts.deltas}

    def one_after_another(
        self, streams: Iterable[StreamFacts], options: RepairOptions
    ) -> Iterator[Repair | NoRepair]:
        """Yield the repair of each, once those before it have landed as they are repaired; the last may be NoRepair."""
        workspace = self._workspace
        landed = _Landed(SummedFolders(workspace.repository, workspace.objects, workspace.target.tree))
        for stream in streams:
            delta = self._deltas.get(stream.name)
            if delta is None:
                yield Repair(stream.name)
                continue
            folders = [folder for store in self._ordered_stores(delta) for folder in store.folders]
            summed = landed.sums.changed_by(stream, folders)
            answer = repair(self._situation(stream, delta, landed, summed, options))
            if isinstance(answer, Repair) and answer.rewrites:
                before = [earlier.stream for earlier in landed.deltas]
                answer = by_hand(stream.name, before, self._facts.clashes) or answer
            if isinstance(answer, NoRepair):
                yield answer
                return
            more = self._files_to_regenerate(stream, delta, answer, landed, summed)
            yield replace(answer, steps=(*answer.steps, *more))
            landed.add(stream, delta, answer, summed)

    def _situation(
        self,
        stream: StreamFacts,
        delta: Delta,
        landed: _Landed,
        summed: Sequence[SummedFolder],
        options: RepairOptions,
    ) -> Situation:
        files = [(node.path, node.blob) for node in delta.added]
        added = tuple(node for node in delta.added if (node.key, node.blob) not in landed.migrations)
        return Situation(
            self._facts.stores,
            self._facts.nodes,
            landed.deltas,
            replace(delta, added=added),
            dict(self._contents(stream, delta, summed)),
            published.holding(self._workspace.objects, self._published, files),
            _new_paths(stream),
            summed,
            options,
        )

    def _contents(
        self, stream: StreamFacts, delta: Delta, summed: Sequence[SummedFolder]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the files at the stream's tip. A migration that is another once landed is left out."""
        objects, tip = self._workspace.objects, stream.stream.tip
        blobs = {node.path: node.blob for node in delta.added}
        for path in dict.fromkeys((*blobs, *self._others(stream, delta, summed))):
            info = objects.info(f"{tip}:{path}")
            if info is not None and info.oid == blobs.get(path, info.oid):
                content = content_of(objects, info.oid)
                if content is not None:
                    yield path, content

    def _others(self, stream: StreamFacts, delta: Delta, summed: Sequence[SummedFolder]) -> Iterator[str]:
        """Yield the paths of files that may name migrations of a stream."""
        folders = [folder for store in self._ordered_stores(delta) for folder in store.folders]
        below = tuple(f"{folder}/" if folder else "" for folder in folders)
        naming = _CODE if below else _NAMING
        yield from (path for path in stream.files if naming.search(path) or path.startswith(below))
        for store in self._stores(delta):
            yield from tool(store.tool).head_files(store)
            yield from tool(store.tool).derived_files(store)
        yield from (folder.path for folder in summed)

    def _files_to_regenerate(
        self,
        stream: StreamFacts,
        delta: Delta,
        repair: Repair,
        landed: _Landed,
        summed: Sequence[SummedFolder],
    ) -> Iterator[str]:
        """Yield, in words, what else is to be done where the tool dumps the schema, and a stream before has a dump."""
        if not repair.rewrites:
            return
        rewritten = {rewrite.path for rewrite in repair.rewrites}
        right = rewritten.intersection(folder.path for folder in summed)
        for store in self._stores(delta):
            for path in rewritten_files(store, landed.files, stream.files):
                if path not in right:
                    yield f"regenerate {path} once it has landed; where its version conflicts, the higher one is right"

    def _stores(self, delta: Delta) -> list[Store]:
        """Return the stores that a stream adds migrations to."""
        names = {node.key.store for node in delta.added}
        return [store for store in self._facts.stores if store.name in names]

    def _ordered_stores(self, delta: Delta) -> list[Store]:
        return [store for store in self._stores(delta) if store.model == "ordered"]


def _new_paths(stream: StreamFacts) -> Collection[str]:
    """Return the paths that the target lacks."""
    kinds = (ChangeKind.ADDED, ChangeKind.COPIED, ChangeKind.RENAMED)
    changes = (routed.change for routed in stream.changes)
    return frozenset(change.path for change in changes if change.kind in kinds and change.new_mode in FILES)
