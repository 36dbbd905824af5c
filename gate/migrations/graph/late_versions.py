"""Ordered stores: migrations that sort before one that has been applied, and applied ones with another text."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from gate.migrations.graph.target_graph import added, touching
from gate.model.collisions import EditedMigration, LateVersion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.migrations.graph.target_graph import TargetGraph
    from gate.model.migrations import Delta, Node, Store

Fresh = tuple[str, list["Node"]]
"""A stream, and the migrations it adds to a store in their order."""


def late(target: TargetGraph, streams: Sequence[Delta]) -> tuple[LateVersion, ...]:
    """Return versions below the target's highest, then those that have to land before another stream's."""
    every: list[LateVersion] = []
    for name, deltas in touching(streams).items():
        store = target.stores[name]
        if store.model != "ordered" or not store.late:
            continue
        highest = max(_ordered(target, store), key=lambda node: node.order_key, default=None)
        fresh = [(delta.stream, _fresh(target, store, delta)) for delta in deltas]
        for stream, nodes in fresh:
            if highest is not None:
                every += (
                    LateVersion(store, stream, "", node, highest)
                    for node in nodes
                    if node.order_key < highest.order_key
                )
        for first, second in combinations(fresh, 2):
            every += _of_two(store, highest, first, second)
    return tuple(every)


def _ordered(target: TargetGraph, store: Store) -> list[Node]:
    return [node for key, node in target.nodes.items() if key.store == store.name and node.order_key]


def _fresh(target: TargetGraph, store: Store, delta: Delta) -> list[Node]:
    """Return what a stream adds to a store, in the order of the versions."""
    nodes = (node for node in added(delta).values() if node.key.store == store.name and node.order_key)
    return sorted((node for node in nodes if node.key not in target.nodes), key=lambda node: node.order_key)


def _of_two(store: Store, highest: Node | None, first: Fresh, second: Fresh) -> Iterator[LateVersion]:
    """Yield the first migration of each stream that would come too late if the other stream landed before it.

    `highest` is the target's: what is not above that needs another version whatever lands first. Both streams may be
    late: then only landing together helps, which is said only where one of them would never run.
    """
    shared = {node.key for node in first[1]} & {node.key for node in second[1]}
    ours, theirs = ([node for node in nodes if node.key not in shared] for _, nodes in (first, second))
    if not ours or not theirs:
        return
    mutual = ours[0].order_key < theirs[-1].order_key and theirs[0].order_key < ours[-1].order_key
    if mutual and store.late != "error":
        return
    sides = (first[0], ours[0]), (second[0], theirs[0])
    rivals = (second[0], theirs[-1]), (first[0], ours[-1])
    for (stream, node), (rival, last) in zip(sides, rivals, strict=True):
        if node.order_key < last.order_key and (highest is None or node.order_key > highest.order_key):
            yield LateVersion(store, stream, rival, node, last)


def edited(target: TargetGraph, streams: Sequence[Delta]) -> tuple[EditedMigration, ...]:
    """Return migrations of the target that a stream changes, where the tool compares what it has applied."""
    changes = (
        (target.stores[node.key.store], delta.stream, node) for delta in streams for node in delta.edited
    )
    return tuple(EditedMigration(store, stream, node) for store, stream, node in changes if store.checked)
