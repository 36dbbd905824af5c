"""Migrations across streams: the target's graph, what each stream does to it, and what several together make of it."""

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
from gate.migrations.graph.target_graph import TargetGraph
from gate.model.collisions import MigrationFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.model.collisions import Fork
    from gate.model.migrations import Delta, Node, Store


def collide(stores: Sequence[Store], nodes: Sequence[Node], deltas: Sequence[Delta]) -> MigrationFacts:
    """Return what the streams' migrations do to one another and to the target's, by difference.

    `nodes` are the target's in the stores that streams touch. The same input in any order gives the same facts.
    """
    target = TargetGraph(stores, nodes)
    streams = sorted(
        (delta for delta in deltas if delta.added or delta.removed or delta.repeated or delta.edited),
        key=lambda delta: delta.stream,
    )
    forked = _forks(target, nodes, streams)
    missing = missing_parents.missing(target, streams)
    return MigrationFacts(
        stores=tuple(sorted(stores, key=lambda store: (store.tool, store.name))),
        nodes=tuple(sorted(nodes, key=lambda node: (node.tool, node.key, node.path))),
        deltas=tuple(streams),
        forks=forked,
        duplicates=duplicates.duplicates(target, streams, forked),
        missing_parents=missing,
        cycles=cycles.cycles(target, streams),
        squashes=squashes.followers(target, streams, forked, missing),
        late=late_versions.late(target, streams),
        edited=late_versions.edited(target, streams),
    )


def _forks(target: TargetGraph, nodes: Sequence[Node], streams: Sequence[Delta]) -> tuple[Fork, ...]:
    """Return the forks, in whatever state a database may be."""
    standing = forks.forks(target, streams)
    squashes = variants.in_part(nodes, streams)
    if not squashes:
        return standing
    apart = TargetGraph(target.stores.values(), variants.without(nodes, squashes))
    return variants.together(standing, forks.forks(apart, variants.changed(streams, squashes)), squashes)
