"""What can only land together: a stream is a unit by itself, the streams of a cycle of `Before` are one unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.graphs import strong_components
from gate.order.bitset import members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.model.plan import Candidate


@dataclass(frozen=True, slots=True)
class Units:
    """Units numbered by rank, the best ranked being 0, and the `Before` between them, which has no cycles.

    `streams` are the names in each unit, in name order; `number` is the unit of a stream, by name;
    `predecessors` is a mask for each unit: the units that come directly before it.
    """

    streams: tuple[tuple[str, ...], ...]
    number: Mapping[str, int]
    predecessors: tuple[int, ...]

    def edges(self) -> Iterator[tuple[int, int]]:
        """Return (first, then) for every `Before` between two units."""
        return ((first, then) for then, mask in enumerate(self.predecessors) for first in members(mask))

    def successors(self) -> tuple[int, ...]:
        """Return a mask for each unit: the units that come directly after it."""
        successors = [0] * len(self.streams)
        for first, then in self.edges():
            successors[first] |= 1 << then
        return tuple(successors)

    def numbers(self, names: Iterable[str]) -> frozenset[int]:
        """Return the units these streams are in."""
        return frozenset(self.number[name] for name in names)


def rank(candidate: Candidate) -> tuple[int, int, int, str]:
    """Return what breaks ties, smallest first: higher priority, then earlier finished, smaller, name."""
    return (-candidate.priority, candidate.finished, candidate.size, candidate.name)


def group(names: Sequence[str], before: Iterable[tuple[str, str]]) -> Units:
    """Return the units of `names`, numbered by the position of their first stream in it.

    `before` holds (first, then); pairs with a stream outside `names` are passed over.
    """
    position = {name: at for at, name in enumerate(names)}
    edges = [edge for edge in before if edge[0] in position and edge[1] in position]
    units = sorted(strong_components(names, edges), key=lambda unit: min(position[name] for name in unit))
    streams = tuple(tuple(sorted(unit)) for unit in units)
    number = {name: unit for unit, cycle in enumerate(streams) for name in cycle}
    predecessors = [0] * len(streams)
    for first, then in edges:
        if number[first] != number[then]:
            predecessors[number[then]] |= 1 << number[first]
    return Units(streams, number, tuple(predecessors))
