"""The critical path: the longest chain of `Before` among what lands, which no capacity makes shorter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.order import graph
from gate.order.bits import members
from gate.order.units import group

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gate.order.units import Units


def tails(units: Units) -> tuple[int, ...]:
    """For each unit, how many units the longest chain from it to the end has, itself included."""
    found = [1] * len(units.streams)
    for unit in reversed(graph.topological(units.firsts)):
        for first in members(units.firsts[unit]):
            found[first] = max(found[first], found[unit] + 1)
    return tuple(found)


def critical_path(order: Sequence[str], before: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The names on the longest chain, first to last; of chains of one length, the one that lands first.

    Streams in a cycle are one link, with all their names. () when nothing comes before anything.
    """
    units = group(order, before)
    left, thens = tails(units), units.thens()
    longest = max(range(len(left)), key=lambda unit: (left[unit], len(units.streams[unit])), default=None)
    if longest is None or (left[longest] == 1 and len(units.streams[longest]) == 1):
        return ()
    path = [longest]
    while thens[path[-1]]:
        path.append(max(members(thens[path[-1]]), key=lambda unit: left[unit]))
    return tuple(name for unit in path for name in units.streams[unit])
