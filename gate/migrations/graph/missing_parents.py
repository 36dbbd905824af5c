"""Parents that do not exist once streams have landed."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

from gate.migrations.graph.target_graph import added, removed
from gate.model.collisions import MissingParent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gate.migrations.graph.target_graph import Nodes, TargetGraph
    from gate.model.migrations import Delta, Key, Node


def missing(target: TargetGraph, streams: Sequence[Delta]) -> tuple[MissingParent, ...]:
    """Return missing parents, those of single streams first. One that another stream brings asks for an order only."""
    every: list[MissingParent] = []
    bringers = {key: delta.stream for delta in reversed(streams) for key in added(delta)}
    for delta in streams:
        every += _of_one(target, delta, bringers)
    for producer, consumer in permutations(streams, 2):
        every += _of_two(target, producer, consumer)
    return tuple(every)


def _of_one(target: TargetGraph, delta: Delta, bringers: Mapping[Key, str]) -> Iterator[MissingParent]:
    """Yield those of stores that are known: a parent may be of an app outside the repository."""
    fresh, taken = added(delta), removed(delta)
    for node in delta.added:
        for parent in _needed(node):
            if _exists(parent, target, fresh, taken):
                continue
            store = target.stores[node.key.store]
            if parent in bringers:
                yield MissingParent(store, "order", delta.stream, bringers[parent], node, parent)
            elif parent.store in target.stores and not _is_missing_already(target, node, parent):
                sure = node.sure and not target.stores[parent.store].unread
                yield MissingParent(store, "missing", delta.stream, "", node, parent, sure=sure)


def _is_missing_already(target: TargetGraph, node: Node, parent: Key) -> bool:
    """Return whether the target's own version of the migration lacks the same parent."""
    before = target.nodes.get(node.key)
    return before is not None and parent in _needed(before) and parent not in target.nodes


def _of_two(target: TargetGraph, producer: Delta, consumer: Delta) -> Iterator[MissingParent]:
    """Yield what the consumer adds on something that exists for it alone, and that the producer removes."""
    taken = removed(producer)
    if not taken:
        return
    fresh, producers = added(consumer), added(producer)
    for node in consumer.added:
        if node.key in producers:
            continue
        for parent in _needed(node):
            if parent not in taken or not _exists(parent, target, fresh, removed(consumer)):
                continue
            successor = _successor(target.nodes[parent], producer) if parent in target.nodes else None
            lack = MissingParent(
                target.stores[node.key.store],
                "missing",
                consumer.stream,
                producer.stream,
                node,
                parent,
                successor,
            )
            if not _exists(parent, target, fresh | producers, taken):
                yield replace(lack, sure=node.sure)
            elif squash := _squash_of(parent, fresh, (*producers.values(), *target.nodes.values())):
                yield replace(lack, successor=squash, sure=node.sure, state="partly")


def _squash_of(key: Key, fresh: Nodes, others: Iterable[Node]) -> Key | None:
    """Return what alone stands for a migration whose file is removed, where a database may have it in part."""
    if key in fresh:
        return None
    squashes = (node for node in others if key in node.replaces and len(set(node.replaces)) > 1)
    return next((node.key for node in squashes), None)


def _successor(node: Node, producer: Delta) -> Key | None:
    """Return the one new migration that has the parents of one that is removed."""
    fresh = [candidate for candidate in producer.added if candidate.key.store == node.key.store]
    same = [candidate.key for candidate in fresh if {*candidate.parents} == {*node.parents}]
    return same[0] if len(same) == 1 else None


def _needed(node: Node) -> tuple[Key, ...]:
    """Return what has to exist for a migration; what it comes before, too: Django looks that up as it does a parent."""
    return (*node.parents, *node.soft_parents, *node.run_before)


def _exists(key: Key, target: TargetGraph, fresh: Nodes, taken: Collection[Key]) -> bool:
    """Return whether a migration exists, or a squash that stands for it."""
    if key in fresh or (key in target.nodes and key not in taken):
        return True
    squash = target.squashed.get(key)
    if squash is not None and squash not in taken and key in fresh.get(squash, target.nodes[squash]).replaces:
        return True
    return any(key in node.replaces for node in fresh.values())
