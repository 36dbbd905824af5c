"""Migrations that wait for one another once streams have landed."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from gate.migrations.graph import variants
from gate.migrations.graph.graph import added, gone
from gate.model.collisions import MigrationCycle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.migrations.graph.graph import Nodes, TargetGraph
    from gate.model.migrations import Delta, Key, Node


def cycles(ground: TargetGraph, streams: Sequence[Delta]) -> tuple[MigrationCycle, ...]:
    """Those of one stream, else those of two that both turn something round."""
    found: list[MigrationCycle] = []
    for delta in streams:
        found += _of(ground, delta)
    alone = {_known_by(one) for one in found}
    turning = [delta for delta in streams if _turn(delta.added, ground.nodes)]
    for one, other in combinations(turning, 2):
        found += (cycle for cycle in _of(ground, one, other) if _known_by(cycle) not in alone)
    return tuple(found)


def _known_by(cycle: MigrationCycle) -> frozenset[Key]:
    return frozenset(node.key for node in cycle.nodes)


def _of(ground: TargetGraph, *deltas: Delta) -> list[MigrationCycle]:
    """The circles that fresh migrations are in, in whatever state a database may be."""
    streams = tuple(delta.stream for delta in deltas)
    fresh = {key: node for delta in deltas for key, node in added(delta).items()}
    nodes = fresh
    if _turn(fresh.values(), ground.nodes):
        taken = gone(*deltas)
        nodes = {key: node for key, node in ground.nodes.items() if key not in taken} | fresh
    if not any(node.replaces for node in nodes.values()):
        return _told(ground, nodes, fresh, streams)
    # Of squashes that overlap, nobody knows which one takes what: G240 tells them.
    clear = not variants.overlapping(nodes.values())
    standing = _told(ground, variants.standing(nodes), fresh, streams) if clear else []
    squashes = variants.in_part(tuple(nodes.values()), ())
    apart = _told(ground, variants.unsquashed(nodes, squashes), fresh, streams)
    if not standing:
        return [replace(one, state="partly") for one in apart]
    return standing if apart else [replace(one, state="stands") for one in standing]


def _told(
    ground: TargetGraph, nodes: Nodes, fresh: Iterable[Key], streams: tuple[str, ...]
) -> list[MigrationCycle]:
    """The first circle each fresh migration is in, each told once."""
    return [
        MigrationCycle(ground.stores[circle[0].key.store], streams, circle)
        for circle in _circles(nodes, sorted(nodes.keys() & set(fresh)))
    ]


def _turn(fresh: Iterable[Node], ground: Nodes) -> bool:
    """Whether something that was there comes to wait for something new."""
    return any(node.run_before or node.replaces or node.key in ground for node in fresh)


def _circles(nodes: Nodes, starts: Sequence[Key]) -> Iterator[tuple[Node, ...]]:
    later: dict[Key, list[Key]] = {}
    for node in nodes.values():
        for key in node.run_before:
            later.setdefault(key, []).append(node.key)
    told: set[Key] = set()
    for start in starts:
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
        for parent in (*node.parents, *node.soft_parents, *later.get(key, ())):
            if parent == start:
                way = [key]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return tuple(reversed(way))
            if parent in nodes and parent not in came:
                came[parent] = key
                queue.append(parent)
    return ()
