"""As few batches as possible: no two units in one that must not share it, no batch over capacity.

Properties: every unit is in one batch, after the batches of all that come before it; there are as few
batches as possible up to `EXACT` units, and no more than one a unit ever; where the number is the same,
units ranked first come early.

Worked example: b comes after a, c and d must not share a batch, two streams a batch. The chain a, b and the
pair c, d need two batches each, so do four streams at two a batch: two is the bound. In order of rank a goes
to batch 1, b to 2, c to 1, and d, kept from 1 by c and by capacity, to 2. The bound is met, and nothing else
is tried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.order import graph
from gate.order.batching import exact
from gate.order.bits import members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gate.order.batching.room import Batch, Room

EXACT = 12
"""Up to so many units the fewest batches are searched for."""

ROUNDS = 3
"""How often a schedule is packed to the end and back, at most."""


def schedule(room: Room) -> list[int]:
    """The batches, as masks of units, first to last."""
    bound = room.bound((1 << room.units) - 1)
    best = [1 << unit for unit in graph.topological(room.firsts)]
    for key in _priorities(room):
        if len(best) == bound:
            return best
        best = min(best, _listed(room, graph.topological(room.firsts, key), room.firsts), key=len)
    if room.units <= EXACT:
        return exact.fewest(room, bound, len(best)) or best
    return min(best, _packed(room, best, bound), key=len)


def _priorities(room: Room) -> Iterable[Callable[[int], object]]:
    """What to place first: the best ranked, the longest way to the end, the hardest to place."""
    clashes = [mask.bit_count() for mask in room.clashes]
    return (
        lambda unit: unit,
        lambda unit: (-room.tails[unit], -clashes[unit], unit),
        lambda unit: (-clashes[unit], -room.tails[unit], unit),
    )


def _listed(room: Room, queue: Iterable[int], firsts: tuple[int, ...]) -> list[int]:
    """Each unit of `queue` in the earliest batch, after all of its `firsts`, that has room for it."""
    batches: list[Batch] = []
    place: dict[int, int] = {}
    for unit in queue:
        earliest = max((place[first] + 1 for first in members(firsts[unit])), default=0)
        place[unit] = _put(room, unit, batches, earliest)
    return [batch.units for batch in batches]


def _put(room: Room, unit: int, batches: list[Batch], earliest: int) -> int:
    for at in range(earliest, len(batches)):
        grown = room.add(batches[at], unit)
        if grown:
            batches[at] = grown
            return at
    batches.append(room.opened(unit))
    return len(batches) - 1


def _packed(room: Room, batches: list[int], bound: int) -> list[int]:
    """Pack towards the end, then the start: a unit never moves past its old batch, so none is added."""
    for _ in range(ROUNDS):
        if len(batches) == bound:
            break
        back = _listed(room, [unit for batch in reversed(batches) for unit in members(batch)], room.thens)
        batches = _listed(room, [unit for batch in reversed(back) for unit in members(batch)], room.firsts)
    return batches
