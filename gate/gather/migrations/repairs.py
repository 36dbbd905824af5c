"""Repairs of streams in the order they land: each one's migrations after those of the one before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gate.errors import GitFailed
from gate.git import published
from gate.model.repairs import NoRepair, Repair
from gate.repair import repair
from gate.source import LARGEST
from gate.source.migrations import system

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.model.facts import StreamFacts
    from gate.model.git import Target
    from gate.model.migrations import Delta, MigrationFacts


class Repairer:
    """Repairs streams of one analysis."""

    def __init__(
        self, repository: Repository, objects: Objects, target: Target, facts: MigrationFacts
    ) -> None:
        self._repository = repository
        self._objects = objects
        self._target = target
        self._facts = facts
        self._deltas = {delta.stream: delta for delta in facts.deltas}

    def in_turn(
        self, streams: Iterable[StreamFacts], *, keep_names: bool = False
    ) -> Iterator[Repair | NoRepair]:
        """The repair of each, once those before it have landed as they are repaired; it ends where one cannot be."""
        before: list[Delta] = []
        for stream in streams:
            delta = self._deltas.get(stream.name)
            if delta is None:
                yield Repair(stream.name)
                continue
            done = self._repair(stream, delta, before, keep_names=keep_names)
            yield done
            if isinstance(done, NoRepair):
                return
            before.append(replace(delta, added=done.nodes))

    def _repair(
        self, stream: StreamFacts, delta: Delta, before: Sequence[Delta], *, keep_names: bool
    ) -> Repair | NoRepair:
        files = [(node.path, node.blob) for node in delta.added]
        return repair(
            self._facts.stores,
            self._facts.nodes,
            before,
            delta,
            dict(self._contents(stream, delta)),
            keep_names=keep_names,
            published=published.holding(self._repository, self._objects, self._target.commit, files),
        )

    def _contents(self, stream: StreamFacts, delta: Delta) -> Iterator[tuple[str, bytes]]:
        """The files at the stream's tip. A migration that is another once landed is left out."""
        tip = stream.stream.tip
        blobs = {node.path: node.blob for node in delta.added}
        stores = {node.key.store for node in delta.added}
        heads = [
            path
            for store in self._facts.stores
            if store.name in stores
            for path in system(store.system).head_files(store)
        ]
        for path in dict.fromkeys((*blobs, *(one for one in stream.files if one.endswith(".py")), *heads)):
            info = self._objects.info(f"{tip}:{path}")
            if info is not None and info.oid == blobs.get(path, info.oid):
                content = self._blob(info.oid)
                if content is not None:
                    yield path, content

    def _blob(self, oid: str) -> bytes | None:
        try:
            return self._objects.blob(oid, LARGEST)
        except GitFailed:
            return None
