"""Migrations that wait for one another once streams have landed."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from gate.migrations.graph import variants
from gate.migrations.graph.target_graph import added, removed
from gate.model.collisions import MigrationCycle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.migrations.graph.target_graph import Nodes, TargetGraph
    from gate.model.migrations import Delta, Key, Node


def cycles(target: TargetGraph, streams: Sequence[Delta]) -> tuple[MigrationCycle, ...]:
    """Return the cycles of single streams, then those of two that both turn something round."""
    every: list[MigrationCycle] = []
    for delta in streams:
        every += _of(target, delta)
    alone = {_members(cycle) for cycle in every}
    turning = [delta for delta in streams if _turn(delta.added, target.nodes)]
    for first, second in combinations(turning, 2):
        every += (cycle for cycle in _of(target, first, second) if _members(cycle) not in alone)
    return tuple(every)


def _members(cycle: MigrationCycle) -> frozenset[Key]:
    return frozenset(node.key for node in cycle.nodes)


def _of(target: TargetGraph, *deltas: Delta) -> list[MigrationCycle]:
    """Return the cycles that migrations of these streams are in, in whatever state a database may be."""
    streams = tuple(delta.stream for delta in deltas)
    fresh = {key: node for delta in deltas for key, node in added(delta).items()}
    nodes = fresh
    if _turn(fresh.values(), target.nodes):
        taken = removed(*deltas)
        nodes = {key: node for key, node in target.nodes.items() if key not in taken} | fresh
    if not any(node.replaces for node in nodes.values()):
        return _first_of_each(target, nodes, fresh, streams)
    # Of squashes that overlap, nobody knows which one takes what: G240 is about them.
    clear = not variants.overlapping(nodes.values())
    standing = _first_of_each(target, variants.standing(nodes), fresh, streams) if clear else []
    squashes = variants.in_part(tuple(nodes.values()), ())
    apart = _first_of_each(target, variants.unsquashed(nodes, squashes), fresh, streams)
    if not standing:
        return [replace(cycle, state="partly") for cycle in apart]
    return standing if apart else [replace(cycle, state="stands") for cycle in standing]


def _first_of_each(
    target: TargetGraph, nodes: Nodes, fresh: Iterable[Key], streams: tuple[str, ...]
) -> list[MigrationCycle]:
    """Return the first cycle each fresh migration is in, every cycle once."""
    return [
        MigrationCycle(target.stores[cycle[0].key.store], streams, cycle)
        for cycle in _cycles(nodes, sorted(nodes.keys() & set(fresh)))
    ]


def _turn(fresh: Iterable[Node], nodes: Nodes) -> bool:
    """Return whether some migration of the target comes to wait for a new one."""
    return any(node.run_before or node.replaces or node.key in nodes for node in fresh)


def _cycles(nodes: Nodes, starts: Sequence[Key]) -> Iterator[tuple[Node, ...]]:
    later: dict[Key, list[Key]] = {}
    for node in nodes.values():
        for key in node.run_before:
            later.setdefault(key, []).append(node.key)
    seen: set[Key] = set()
    for start in starts:
        if start not in seen:
            cycle = _cycle(start, nodes, later)
            seen.update(cycle)
            if cycle:
                yield tuple(nodes[key] for key in cycle)


def _cycle(start: Key, nodes: Nodes, later: Mapping[Key, Sequence[Key]]) -> tuple[Key, ...]:
    """Return the shortest way from a migration up to itself; () where there is none.

    `later` are the migrations that say they come before a migration.
    """
    reached_from: dict[Key, Key] = {}
    queue = [start]
    for key in queue:
        node = nodes[key]
        for parent in (*node.parents, *node.soft_parents, *later.get(key, ())):
            if parent == start:
                way = [key]
                while way[-1] != start:
                    way.append(reached_from[way[-1]])
                return tuple(reversed(way))
            if parent in nodes and parent not in reached_from:
                reached_from[parent] = key
                queue.append(parent)
    return ()
