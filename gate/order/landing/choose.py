"""The streams that land now: each component of units becomes a `Puzzle`, and the best answers are joined."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gate.order import graph
from gate.order.bits import mask_of, members
from gate.order.landing import search
from gate.order.landing.posing import pose
from gate.order.units import rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gate.model.plan import Candidate
    from gate.order.units import Units

MILLIONTH = 1_000_000
"""Weights are counted in whole millionths: sums are exact, so 0.1 + 0.2 ties with 0.3."""


def landing(
    units: Units, candidates: Mapping[str, Candidate], aparts: Iterable[tuple[str, ...]]
) -> frozenset[str]:
    """The names of the streams to land: no `Apart` broken, nothing without what comes before it."""
    queue = graph.topological(units.firsts)
    able = _able(units, candidates, queue)
    sets = [found for found in map(units.numbers, aparts) if found <= able]
    edges = [edge for edge in units.edges() if able.issuperset(edge)]
    chosen: set[int] = set()
    for part, inside in _components(able, edges, sets):
        if inside:
            part = _best(units, candidates, [unit for unit in queue if unit in part], inside)
        chosen |= part
    return frozenset(name for unit in chosen for name in units.streams[unit])


def _able(units: Units, candidates: Mapping[str, Candidate], queue: Iterable[int]) -> frozenset[int]:
    """The units that are not blocked, nor come after a blocked one."""
    able = 0
    for unit in queue:
        blocked = any(candidates[name].blocked for name in units.streams[unit])
        if not blocked and not units.firsts[unit] & ~able:
            able |= 1 << unit
    return frozenset(members(able))


def _components(
    able: Iterable[int], edges: Iterable[tuple[int, int]], sets: Iterable[frozenset[int]]
) -> list[tuple[frozenset[int], list[frozenset[int]]]]:
    """The units that hang together by either constraint, each part with the sets kept apart in it."""
    sets = list(sets)
    parts = graph.components(able, [*edges, *sets])
    home = {unit: part for part in parts for unit in part}
    inside = defaultdict(list)
    for together in sets:
        inside[home[min(together)]].append(together)
    return [(part, inside[part]) for part in parts]


def _best(
    units: Units, candidates: Mapping[str, Candidate], part: Sequence[int], sets: Iterable[frozenset[int]]
) -> frozenset[int]:
    """The units of one component (`part`, topological) that land."""
    values = _values(units, candidates, part)
    arrival = sorted(part, key=lambda unit: (_finished(units, candidates, unit), unit))
    local = sorted(part, key=lambda unit: -values[unit])
    place = {unit: at for at, unit in enumerate(local)}
    puzzle = pose(
        values=[values[unit] for unit in local],
        firsts=[mask_of(place[first] for first in members(units.firsts[unit])) for unit in local],
        queue=[place[unit] for unit in part],
        aparts=[mask_of(place[unit] for unit in together) for together in sets],
        arrival=[place[unit] for unit in arrival],
    )
    return frozenset(local[at] for at in members(search.best(puzzle)))


def _finished(units: Units, candidates: Mapping[str, Candidate], unit: int) -> int:
    return max(candidates[name].finished for name in units.streams[unit])


def _values(units: Units, candidates: Mapping[str, Candidate], part: Iterable[int]) -> dict[int, int]:
    """Each unit's value as one number whose order is: weight, and where that ties, the best ranked streams.

    Every stream has a bit below the weight, the best ranked the highest: of two sets of one weight, the one
    with the best stream the other has not is worth more, and no two sets are worth the same.
    """
    streams = [candidates[name] for unit in part for name in units.streams[unit]]
    bit = {stream.name: 1 << at for at, stream in enumerate(sorted(streams, key=rank, reverse=True))}
    value = {
        stream.name: (max(1, round(stream.weight * MILLIONTH)) << len(streams)) + bit[stream.name]
        for stream in streams
    }
    return {unit: sum(value[name] for name in units.streams[unit]) for unit in part}
