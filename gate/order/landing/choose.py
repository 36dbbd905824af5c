"""The streams that land now: each component of units is a `SelectionProblem`, and the best answers are joined."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gate.order import graph
from gate.order.bitset import mask_of, members
from gate.order.landing import search
from gate.order.landing.problem_builder import build_problem
from gate.order.units import rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gate.model.plan import Candidate
    from gate.order.units import Units

MILLIONTH = 1_000_000
"""Weights are counted in whole millionths: sums are exact, so 0.1 + 0.2 ties with 0.3."""


def landing_streams(
    units: Units, candidates: Mapping[str, Candidate], apart: Iterable[tuple[str, ...]]
) -> frozenset[str]:
    """Return the names of the streams to land: no set of `apart` whole, no stream without what comes before it."""
    queue = graph.topological(units.predecessors)
    able = _able_units(units, candidates, queue)
    sets = [numbers for numbers in map(units.numbers, apart) if numbers <= able]
    edges = [edge for edge in units.edges() if able.issuperset(edge)]
    chosen: set[int] = set()
    for part, sets_inside in _components(able, edges, sets):
        if sets_inside:
            part = _best(units, candidates, [unit for unit in queue if unit in part], sets_inside)
        chosen |= part
    return frozenset(name for unit in chosen for name in units.streams[unit])


def _able_units(units: Units, candidates: Mapping[str, Candidate], queue: Iterable[int]) -> frozenset[int]:
    """Return the units that are neither blocked nor come after a blocked one. `queue` is topological."""
    able = 0
    for unit in queue:
        blocked = any(candidates[name].blocked for name in units.streams[unit])
        if not blocked and not units.predecessors[unit] & ~able:
            able |= 1 << unit
    return frozenset(members(able))


def _components(
    able: Iterable[int], edges: Iterable[tuple[int, int]], sets: Iterable[frozenset[int]]
) -> list[tuple[frozenset[int], list[frozenset[int]]]]:
    """Return the units that either constraint connects, each component with the sets kept apart in it."""
    sets = list(sets)
    parts = graph.components(able, [*edges, *sets])
    part_of = {unit: part for part in parts for unit in part}
    sets_by_part = defaultdict(list)
    for numbers in sets:
        sets_by_part[part_of[min(numbers)]].append(numbers)
    return [(part, sets_by_part[part]) for part in parts]


def _best(
    units: Units, candidates: Mapping[str, Candidate], part: Sequence[int], sets: Iterable[frozenset[int]]
) -> frozenset[int]:
    """Return the units of one component (`part`, topological) that land."""
    values = _values(units, candidates, part)
    arrival = sorted(part, key=lambda unit: (_finished(units, candidates, unit), unit))
    local = sorted(part, key=lambda unit: -values[unit])
    position = {unit: at for at, unit in enumerate(local)}
    problem = build_problem(
        values=[values[unit] for unit in local],
        predecessors=[
            mask_of(position[first] for first in members(units.predecessors[unit])) for unit in local
        ],
        queue=[position[unit] for unit in part],
        apart=[mask_of(position[unit] for unit in numbers) for numbers in sets],
        arrival=[position[unit] for unit in arrival],
    )
    return frozenset(local[at] for at in members(search.best(problem)))


def _finished(units: Units, candidates: Mapping[str, Candidate], unit: int) -> int:
    return max(candidates[name].finished for name in units.streams[unit])


def _values(units: Units, candidates: Mapping[str, Candidate], part: Iterable[int]) -> dict[int, int]:
    """Return each unit's value as a number whose order is weight, then, where that ties, the best ranked streams.

    Every stream has a bit below the weight, the best ranked the highest: of two sets of one weight, the one
    with the best ranked stream that only one of them has is worth more, and no two sets are worth the same.
    """
    streams = [candidates[name] for unit in part for name in units.streams[unit]]
    bit = {stream.name: 1 << at for at, stream in enumerate(sorted(streams, key=rank, reverse=True))}
    value = {
        stream.name: (max(1, round(stream.weight * MILLIONTH)) << len(streams)) + bit[stream.name]
        for stream in streams
    }
    return {unit: sum(value[name] for name in units.streams[unit]) for unit in part}
