"""What can only land together: a stream is a unit by itself, streams in a cycle of `Before` are one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.order import graph
from gate.order.bits import members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.model.plan import Candidate


@dataclass(frozen=True, slots=True)
class Units:
    """Numbered units, the first to serve being 0, without cycles between them.

    `streams` are the names in each, in name order; `number` is the unit of a name; `firsts` holds, as a mask,
    the units that come right before each.
    """

    streams: tuple[tuple[str, ...], ...]
    number: Mapping[str, int]
    firsts: tuple[int, ...]

    def edges(self) -> Iterator[tuple[int, int]]:
        """(first, then) for every `Before` between two units."""
        return ((first, then) for then, firsts in enumerate(self.firsts) for first in members(firsts))

    def thens(self) -> tuple[int, ...]:
        """As a mask, the units that come right after each."""
        found = [0] * len(self.streams)
        for first, then in self.edges():
            found[first] |= 1 << then
        return tuple(found)

    def numbers(self, names: Iterable[str]) -> frozenset[int]:
        """The units these streams are in."""
        return frozenset(self.number[name] for name in names)


def rank(candidate: Candidate) -> tuple[int, int, int, str]:
    """Who is served first when all else is equal: by priority, then earliest finished, smaller, name."""
    return (-candidate.priority, candidate.finished, candidate.size, candidate.name)


def group(names: Sequence[str], before: Iterable[tuple[str, str]]) -> Units:
    """The units of `names`, numbered by the place of their first stream there. Other names do not count."""
    place = {name: at for at, name in enumerate(names)}
    edges = [edge for edge in before if edge[0] in place and edge[1] in place]
    found = sorted(graph.cycles(names, edges), key=lambda unit: min(place[name] for name in unit))
    streams = tuple(tuple(sorted(unit)) for unit in found)
    number = {name: unit for unit, together in enumerate(streams) for name in together}
    firsts = [0] * len(streams)
    for first, then in edges:
        if number[first] != number[then]:
            firsts[number[then]] |= 1 << number[first]
    return Units(streams, number, tuple(firsts))
