"""Repairs of streams in the order they land: each one's migrations after those of the one before it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gate.cache.blob_facts import content as content_of
from gate.git import published
from gate.migrations.gathering.summed_folders import SummedFolders
from gate.migrations.operations.manual import by_hand
from gate.migrations.repair import repair
from gate.migrations.tools import rewritten_files, tool
from gate.model.git import FILES, ChangeKind
from gate.model.repairs import NoRepair, Repair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.migrations.repair.folder_sums import SummedFolder
    from gate.model.collisions import MigrationFacts
    from gate.model.facts import StreamFacts
    from gate.model.git import Target
    from gate.model.migrations import Delta, Key

_NAMING = re.compile(r"(test|migrat)[^\n]*\.py$", re.IGNORECASE)
"""Files that may name a migration: tests, and helpers for migrations."""
_CODE = re.compile(r"(test|spec|migrat)[^\n]*\.(py|[cm]?[jt]sx?|go|rb|exs?|java|kts?|coffee)$", re.IGNORECASE)
"""The same in the languages of numbered migrations."""


class Repairer:
    """Repairs streams of one analysis."""

    def __init__(
        self,
        repository: Repository,
        objects: Objects,
        target: Target,
        facts: MigrationFacts,
        protected: Sequence[str] = (),
    ) -> None:
        self._repository = repository
        self._objects = objects
        self._target = target
        self._published = published.refs(repository, target.commit, protected)
        self._facts = facts
        self._deltas = {delta.stream: delta for delta in facts.deltas}

    def in_turn(
        self, streams: Iterable[StreamFacts], *, keep_names: bool = False, out_of_order: bool = True
    ) -> Iterator[Repair | NoRepair]:
        """The repair of each, once those before it have landed as they are repaired; it ends where one cannot be.

        `out_of_order`: late versions that their tool runs nevertheless are raised too.
        """
        before: list[Delta] = []
        landed: dict[str, str] = {}
        sums = SummedFolders(self._repository, self._objects, self._target.tree)
        shared: set[tuple[Key, str]] = set()
        for stream in streams:
            delta = self._deltas.get(stream.name)
            if delta is None:
                yield Repair(stream.name)
                continue
            summed = sums.changed_by(stream, self._folders({node.key.store for node in delta.added}))
            done = self._repair(
                stream, delta, before, shared, summed, keep_names=keep_names, out_of_order=out_of_order
            )
            if isinstance(done, Repair) and done.rewrites:
                done = by_hand(stream.name, [one.stream for one in before], self._facts.clashes) or done
            if isinstance(done, NoRepair):
                yield done
                return
            yield replace(done, steps=(*done.steps, *self._dumps(done, delta, stream, landed, summed)))
            landed.update(stream.files)
            before.append(replace(delta, added=done.nodes))
            sums.land(summed, done.rewrites)
            shared |= {(node.key, node.blob) for node in delta.added}

    def _repair(
        self,
        stream: StreamFacts,
        delta: Delta,
        before: Sequence[Delta],
        shared: Collection[tuple[Key, str]],
        summed: Sequence[SummedFolder],
        *,
        keep_names: bool,
        out_of_order: bool,
    ) -> Repair | NoRepair:
        files = [(node.path, node.blob) for node in delta.added]
        return repair(
            self._facts.stores,
            self._facts.nodes,
            before,
            delta,
            dict(self._contents(stream, delta, summed)),
            keep_names=keep_names,
            published=published.holding(self._objects, self._published, files),
            shared=shared,
            new=_new(stream),
            summed=summed,
            out_of_order=out_of_order,
        )

    def _contents(
        self, stream: StreamFacts, delta: Delta, summed: Sequence[SummedFolder]
    ) -> Iterator[tuple[str, bytes]]:
        """The files at the stream's tip. A migration that is another once landed is left out."""
        tip = stream.stream.tip
        blobs = {node.path: node.blob for node in delta.added}
        stores = {node.key.store for node in delta.added}
        heads = [
            path
            for store in self._facts.stores
            if store.name in stores
            for path in (*tool(store.tool).head_files(store), *tool(store.tool).derived_files(store))
        ]
        below = tuple(f"{folder}/" if folder else "" for folder in self._folders(stores))
        naming = _CODE if below else _NAMING
        others = (path for path in stream.files if naming.search(path) or path.startswith(below))
        heads += [folder.path for folder in summed]
        for path in dict.fromkeys((*blobs, *others, *heads)):
            info = self._objects.info(f"{tip}:{path}")
            if info is not None and info.oid == blobs.get(path, info.oid):
                content = content_of(self._objects, info.oid)
                if content is not None:
                    yield path, content

    def _dumps(
        self,
        done: Repair,
        delta: Delta,
        stream: StreamFacts,
        landed: Collection[str],
        summed: Sequence[SummedFolder],
    ) -> Iterator[str]:
        """What else is to be done where the tool dumps the schema, and a stream before this one has a dump too."""
        rewritten = {rewrite.path for rewrite in done.rewrites}
        written = rewritten.intersection(folder.path for folder in summed)
        touched = {node.key.store for node in delta.added}
        for store in self._facts.stores:
            for path in (
                rewritten_files(store, landed, stream.files)
                if store.name in touched and done.rewrites
                else ()
            ):
                if path not in written:
                    yield f"regenerate {path} once it has landed; where its version conflicts, the higher one is right"

    def _folders(self, stores: Collection[str]) -> Iterator[str]:
        """Where files lie that go with numbered migrations."""
        for store in self._facts.stores:
            if store.name in stores and store.model == "ordered":
                yield from store.folders


def _new(stream: StreamFacts) -> frozenset[str]:
    """The paths that the target lacks."""
    kinds = (ChangeKind.ADDED, ChangeKind.COPIED, ChangeKind.RENAMED)
    changes = (routed.change for routed in stream.changes)
    return frozenset(change.path for change in changes if change.kind in kinds and change.new_mode in FILES)
