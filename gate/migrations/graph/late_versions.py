"""Ordered stores: migrations that sort before one that has been applied, and applied ones with another text."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from gate.migrations.graph.graph import added, touching
from gate.model.collisions import EditedMigration, LateVersion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.migrations.graph.graph import TargetGraph
    from gate.model.migrations import Delta, Node, Store


def late(ground: TargetGraph, streams: Sequence[Delta]) -> tuple[LateVersion, ...]:
    """Keys below the target's highest, then, between streams, whose keys have to land first."""
    found: list[LateVersion] = []
    for name, deltas in touching(streams).items():
        store = ground.stores[name]
        if store.model != "ordered" or not store.late:
            continue
        top = max(_keyed(ground, store), key=lambda node: node.order_key, default=None)
        fresh = {delta.stream: _fresh(ground, store, delta) for delta in deltas}
        for stream, nodes in fresh.items():
            if top is not None:
                found += (
                    LateVersion(store, stream, "", node, top)
                    for node in nodes
                    if node.order_key < top.order_key
                )
        for one, other in combinations(fresh, 2):
            found += _between(store, top, one, other, fresh[one], fresh[other])
    return tuple(found)


def _keyed(ground: TargetGraph, store: Store) -> list[Node]:
    return [node for key, node in ground.nodes.items() if key.store == store.name and node.order_key]


def _fresh(ground: TargetGraph, store: Store, delta: Delta) -> list[Node]:
    nodes = (node for node in added(delta).values() if node.key.store == store.name and node.order_key)
    return sorted((node for node in nodes if node.key not in ground.nodes), key=lambda node: node.order_key)


def _between(
    store: Store, top: Node | None, one: str, other: str, mine: Sequence[Node], theirs: Sequence[Node]
) -> Iterator[LateVersion]:
    """The first that would come too late if the other stream landed before it.

    One that is not above the target's needs another version whatever lands first. Both may be late: then only landing
    together helps, which is said only where one of them would never run.
    """
    known = {node.key for node in mine} & {node.key for node in theirs}
    ours, others = ([node for node in nodes if node.key not in known] for nodes in (mine, theirs))
    if not ours or not others:
        return
    mutual = ours[0].order_key < others[-1].order_key and others[0].order_key < ours[-1].order_key
    if mutual and store.late != "error":
        return
    for stream, nodes, landed, after in ((one, ours, other, others), (other, others, one, ours)):
        node, highest = nodes[0], after[-1]
        if node.order_key < highest.order_key and (top is None or node.order_key > top.order_key):
            yield LateVersion(store, stream, landed, node, highest)


def edited(ground: TargetGraph, streams: Sequence[Delta]) -> tuple[EditedMigration, ...]:
    """Migrations of the target that a stream changes, where the tool compares what it has applied."""
    found = (
        (delta.stream, node, ground.stores[node.key.store]) for delta in streams for node in delta.edited
    )
    return tuple(EditedMigration(store, stream, node) for stream, node, store in found if store.checked)
