"""Migrations across streams: the target's graph, what each stream does to it, and what comes of several together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.graph import (
    cycles,
    duplicates,
    forks,
    late_versions,
    missing_parents,
    squashes,
    variants,
)
from gate.migrations.graph.graph import TargetGraph
from gate.model.collisions import MigrationFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.model.collisions import Fork
    from gate.model.migrations import Delta, Node, Store


def collide(stores: Sequence[Store], nodes: Sequence[Node], deltas: Sequence[Delta]) -> MigrationFacts:
    """What the streams' migrations do to one another and to the target's, by difference.

    `nodes` are the target's in the stores that streams touch. The same input in any order gives the same facts.
    """
    ground = TargetGraph(stores, nodes)
    streams = sorted(
        (one for one in deltas if one.added or one.removed or one.repeated or one.edited),
        key=lambda one: one.stream,
    )
    forked = _forks(ground, nodes, streams)
    missing = missing_parents.lost(ground, streams)
    return MigrationFacts(
        stores=tuple(sorted(stores, key=lambda one: (one.tool, one.name))),
        nodes=tuple(sorted(nodes, key=lambda one: (one.tool, one.key, one.path))),
        deltas=tuple(streams),
        forks=forked,
        duplicates=duplicates.duplicates(ground, streams, forked),
        missing_parents=missing,
        cycles=cycles.cycles(ground, streams),
        squashes=squashes.children(ground, streams, forked, missing),
        late=late_versions.late(ground, streams),
        edited=late_versions.edited(ground, streams),
    )


def _forks(ground: TargetGraph, nodes: Sequence[Node], streams: Sequence[Delta]) -> tuple[Fork, ...]:
    """The forks, in whatever state a database may be."""
    standing = forks.forks(ground, streams)
    squashed = variants.in_part(nodes, streams)
    if not squashed:
        return standing
    apart = TargetGraph(ground.stores.values(), variants.without(nodes, squashed))
    return variants.together(standing, forks.forks(apart, variants.changed(streams, squashed)), squashed)
