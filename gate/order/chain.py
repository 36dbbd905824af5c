"""The critical path: the longest chain of `Before` among the streams that land. No capacity makes it shorter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.order import graph
from gate.order.bitset import members
from gate.order.units import group

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gate.order.units import Units


def tails(units: Units) -> tuple[int, ...]:
    """Return the length, in units, of the longest chain that starts with each unit, by unit; 1 without successors."""
    lengths = [1] * len(units.streams)
    for unit in reversed(graph.topological(units.predecessors)):
        for first in members(units.predecessors[unit]):
            lengths[first] = max(lengths[first], lengths[unit] + 1)
    return tuple(lengths)


def critical_path(order: Sequence[str], before: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the stream names on the longest chain, first to last; of equally long chains the first to land.

    `order` is the landing order, `before` holds (first, then). Streams in a cycle are one link of a chain, which
    counts once and gives all their names; between chains of the same number of links the one whose first link has
    more streams is longer. () when no stream comes before another.
    """
    units = group(order, before)
    lengths, successors = tails(units), units.successors()
    start = max(range(len(lengths)), key=lambda unit: (lengths[unit], len(units.streams[unit])), default=None)
    if start is None or (lengths[start] == 1 and len(units.streams[start]) == 1):
        return ()
    path = [start]
    while successors[path[-1]]:
        path.append(max(members(successors[path[-1]]), key=lambda unit: lengths[unit]))
    return tuple(name for unit in path for name in units.streams[unit])
