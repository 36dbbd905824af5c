"""Parents that are missing once streams have landed, and migrations that wait for one another."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING

from gate.link.migrations.graph import added
from gate.model.migrations import Cycle, LostParent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gate.link.migrations.graph import Ground, Nodes
    from gate.model.migrations import Delta, Key, Node, Store


def lost(ground: Ground, streams: Sequence[Delta]) -> tuple[LostParent, ...]:
    """Missing parents, those of single streams first. One that another stream brings asks for an order only."""
    found: list[LostParent] = []
    bring = {key: delta.stream for delta in reversed(streams) for key in added(delta)}
    for delta in streams:
        found += _alone(ground, delta, bring)
    for one, other in permutations(streams, 2):
        found += _between(ground, one, other)
    return tuple(found)


def _alone(ground: Ground, delta: Delta, bring: Mapping[Key, str]) -> Iterator[LostParent]:
    """Only of stores that are known: a parent may be of an app outside the repository."""
    mine, gone = added(delta), {node.key for node in delta.gone}
    for node in delta.added:
        for parent in _needed(node):
            if _there(parent, ground, mine, gone):
                continue
            store = ground.stores[node.key.store]
            if parent in bring:
                yield LostParent(store, "order", delta.stream, bring[parent], node, parent)
            elif parent.store in ground.stores and not _was_lost(ground, node, parent):
                sure = node.sure and not ground.stores[parent.store].unread
                yield LostParent(store, "missing", delta.stream, "", node, parent, sure=sure)


def _was_lost(ground: Ground, node: Node, parent: Key) -> bool:
    """Whether the target's own version of the migration lacks the same parent."""
    before = ground.nodes.get(node.key)
    return before is not None and parent in _needed(before) and parent not in ground.nodes


def _between(ground: Ground, producer: Delta, consumer: Delta) -> Iterator[LostParent]:
    """What one adds on something that is there for it alone, and that the other takes away."""
    taken = {node.key for node in producer.gone}
    if not taken:
        return
    mine, theirs = added(consumer), added(producer)
    for node in consumer.added:
        if node.key in theirs:
            continue
        for parent in _needed(node):
            there = _there(parent, ground, mine, {node.key for node in consumer.gone})
            if parent in taken and there and not _there(parent, ground, mine | theirs, taken):
                store = ground.stores[node.key.store]
                became = _became(ground.nodes[parent], producer) if parent in ground.nodes else None
                yield LostParent(
                    store, "missing", consumer.stream, producer.stream, node, parent, became, node.sure
                )


def _became(lost: Node, producer: Delta) -> Key | None:
    """The one new migration that has the parents of one that is gone."""
    mine = [node for node in producer.added if node.key.store == lost.key.store]
    same = [node.key for node in mine if {*node.parents} == {*lost.parents}]
    return same[0] if len(same) == 1 else None


def _needed(node: Node) -> tuple[Key, ...]:
    return (*node.parents, *node.soft_parents)


def _there(key: Key, ground: Ground, mine: Nodes, gone: Collection[Key]) -> bool:
    """Whether a migration is there, or a squash that stands for it."""
    if key in mine or (key in ground.nodes and key not in gone):
        return True
    squash = ground.replaced.get(key)
    if squash is not None and squash not in gone and key in mine.get(squash, ground.nodes[squash]).replaces:
        return True
    return any(key in node.replaces for node in mine.values())


def cycles(ground: Ground, streams: Sequence[Delta]) -> tuple[Cycle, ...]:
    """Migrations that wait for one another: in one stream, else in two that both turn something round."""
    found: list[Cycle] = []
    alone: set[frozenset[Key]] = set()
    for delta in streams:
        for nodes in _cycles(ground.nodes, added(delta)):
            alone.add(frozenset(node.key for node in nodes))
            found.append(Cycle(_store(ground, nodes), (delta.stream,), nodes))
    turning = [delta for delta in streams if _turn(delta.added, ground.nodes)]
    for one, other in combinations(turning, 2):
        for nodes in _cycles(ground.nodes, added(one) | added(other)):
            if frozenset(node.key for node in nodes) not in alone:
                found.append(Cycle(_store(ground, nodes), (one.stream, other.stream), nodes))
    return tuple(found)


def _store(ground: Ground, nodes: Sequence[Node]) -> Store:
    return ground.stores[nodes[0].key.store]


def _turn(fresh: Iterable[Node], ground: Nodes) -> bool:
    """Whether something that was there comes to wait for something new."""
    return any(node.run_before or node.key in ground for node in fresh)


def _cycles(ground: Nodes, fresh: Nodes) -> Iterator[tuple[Node, ...]]:
    """The first circle each fresh migration is in, each told once."""
    nodes = ground | fresh if _turn(fresh.values(), ground) else fresh
    later: dict[Key, list[Key]] = {}
    for node in nodes.values():
        for key in node.run_before:
            later.setdefault(key, []).append(node.key)
    told: set[Key] = set()
    for start in sorted(fresh):
        if start not in told:
            circle = _circle(start, nodes, later)
            told.update(circle)
            if circle:
                yield tuple(nodes[key] for key in circle)


def _circle(start: Key, nodes: Nodes, later: Mapping[Key, Sequence[Key]]) -> tuple[Key, ...]:
    """The shortest way from a migration up to itself."""
    came: dict[Key, Key] = {}
    queue = [start]
    for key in queue:
        node = nodes[key]
        for parent in (*_needed(node), *later.get(key, ())):
            if parent == start:
                way = [key]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return tuple(reversed(way))
            if parent in nodes and parent not in came:
                came[parent] = key
                queue.append(parent)
    return ()
