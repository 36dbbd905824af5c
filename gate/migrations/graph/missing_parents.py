"""Parents that are missing once streams have landed."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

from gate.migrations.graph.graph import added
from gate.model.collisions import MissingParent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gate.migrations.graph.graph import Nodes, TargetGraph
    from gate.model.migrations import Delta, Key, Node


def lost(ground: TargetGraph, streams: Sequence[Delta]) -> tuple[MissingParent, ...]:
    """Missing parents, those of single streams first. One that another stream brings asks for an order only."""
    found: list[MissingParent] = []
    bring = {key: delta.stream for delta in reversed(streams) for key in added(delta)}
    for delta in streams:
        found += _alone(ground, delta, bring)
    for one, other in permutations(streams, 2):
        found += _between(ground, one, other)
    return tuple(found)


def _alone(ground: TargetGraph, delta: Delta, bring: Mapping[Key, str]) -> Iterator[MissingParent]:
    """Only of stores that are known: a parent may be of an app outside the repository."""
    mine, gone = added(delta), {node.key for node in delta.removed}
    for node in delta.added:
        for parent in _needed(node):
            if _there(parent, ground, mine, gone):
                continue
            store = ground.stores[node.key.store]
            if parent in bring:
                yield MissingParent(store, "order", delta.stream, bring[parent], node, parent)
            elif parent.store in ground.stores and not _was_lost(ground, node, parent):
                sure = node.sure and not ground.stores[parent.store].unread
                yield MissingParent(store, "missing", delta.stream, "", node, parent, sure=sure)


def _was_lost(ground: TargetGraph, node: Node, parent: Key) -> bool:
    """Whether the target's own version of the migration lacks the same parent."""
    before = ground.nodes.get(node.key)
    return before is not None and parent in _needed(before) and parent not in ground.nodes


def _between(ground: TargetGraph, producer: Delta, consumer: Delta) -> Iterator[MissingParent]:
    """What one adds on something that is there for it alone, and that the other takes away."""
    taken = {node.key for node in producer.removed}
    if not taken:
        return
    mine, theirs = added(consumer), added(producer)
    for node in consumer.added:
        if node.key in theirs:
            continue
        for parent in _needed(node):
            there = _there(parent, ground, mine, {node.key for node in consumer.removed})
            if parent not in taken or not there:
                continue
            became = _became(ground.nodes[parent], producer) if parent in ground.nodes else None
            found = MissingParent(
                ground.stores[node.key.store],
                "missing",
                consumer.stream,
                producer.stream,
                node,
                parent,
                became,
            )
            if not _there(parent, ground, mine | theirs, taken):
                yield replace(found, sure=node.sure)
            elif squash := _squash_of(parent, mine, (*theirs.values(), *ground.nodes.values())):
                yield replace(found, successor=squash, sure=node.sure, state="partly")


def _squash_of(key: Key, mine: Nodes, others: Iterable[Node]) -> Key | None:
    """What alone stands for a migration whose file is gone, where a database may have it in part."""
    if key in mine:
        return None
    found = (node for node in others if key in node.replaces and len(set(node.replaces)) > 1)
    return next((node.key for node in found), None)


def _became(lost: Node, producer: Delta) -> Key | None:
    """The one new migration that has the parents of one that is gone."""
    mine = [node for node in producer.added if node.key.store == lost.key.store]
    same = [node.key for node in mine if {*node.parents} == {*lost.parents}]
    return same[0] if len(same) == 1 else None


def _needed(node: Node) -> tuple[Key, ...]:
    """What has to be there for it; what it comes before, too: Django looks that up as it does a parent."""
    return (*node.parents, *node.soft_parents, *node.run_before)


def _there(key: Key, ground: TargetGraph, mine: Nodes, gone: Collection[Key]) -> bool:
    """Whether a migration is there, or a squash that stands for it."""
    if key in mine or (key in ground.nodes and key not in gone):
        return True
    squash = ground.replaced.get(key)
    if squash is not None and squash not in gone and key in mine.get(squash, ground.nodes[squash]).replaces:
        return True
    return any(key in node.replaces for node in mine.values())
