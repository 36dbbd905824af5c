"""From constraints to a `Puzzle`: what each unit draws in, rules out, and may land with at all.

Worked example: b comes after a, d after c, and a is kept apart from c. Then b needs a, so b is a rival of c
too, and of d, which needs c. A unit that needs its own rival (e, after both b and d) can never land.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.order.bits import members
from gate.order.landing.puzzle import Puzzle

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


def pose(
    *,
    values: Sequence[int],
    firsts: Sequence[int],
    queue: Sequence[int],
    aparts: Iterable[int],
    arrival: Sequence[int],
) -> Puzzle:
    """The puzzle of units whose direct predecessors are `firsts` and of which no set in `aparts` lands whole.

    Units are numbered by falling value, sets are masks. `queue` holds every unit after its predecessors,
    `arrival` every unit as finished.
    """
    needs, dependents = _closures(firsts, queue)
    reduced = {_reduced(together, needs) for together in aparts}
    rivals = _rivals(firsts, queue, dependents, [mask for mask in reduced if mask.bit_count() == 2])
    sets = [mask for mask in reduced if mask.bit_count() != 2 and not _settled(mask, rivals)]
    possible = _possible(queue, needs, dependents, rivals, sets)
    sets = sorted(mask for mask in sets if not mask & ~possible)
    each = tuple(tuple(mask for mask in sets if mask >> unit & 1) for unit in range(len(values)))
    return Puzzle(
        values=tuple(values),
        firsts=tuple(firsts),
        needs=needs,
        dependents=dependents,
        rivals=rivals,
        sets=each,
        possible=possible,
        arrival=tuple(arrival),
    )


def _closures(firsts: Sequence[int], queue: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For each unit: itself with all that must come before it, and itself with all that must come after."""
    needs = [1 << unit for unit in range(len(firsts))]
    dependents = list(needs)
    for unit in queue:
        for first in members(firsts[unit]):
            needs[unit] |= needs[first]
    for unit in reversed(queue):
        for first in members(firsts[unit]):
            dependents[first] |= dependents[unit]
    return tuple(needs), tuple(dependents)


def _reduced(together: int, needs: Sequence[int]) -> int:
    """The set without the units that another one in it draws in: the same answers break it."""
    for unit in members(together):
        if together >> unit & 1:
            together &= ~needs[unit] | 1 << unit
    return together


def _rivals(
    firsts: Sequence[int], queue: Iterable[int], dependents: Sequence[int], pairs: Iterable[int]
) -> tuple[int, ...]:
    rivals = [0] * len(firsts)
    for pair in pairs:
        one, other = members(pair)
        rivals[one] |= dependents[other]
        rivals[other] |= dependents[one]
    for unit in queue:
        for first in members(firsts[unit]):
            rivals[unit] |= rivals[first]
    return tuple(rivals)


def _settled(together: int, rivals: Sequence[int]) -> bool:
    """Whether a pair of rivals in the set already keeps it from landing whole."""
    return any(together & rivals[unit] for unit in members(together))


def _possible(
    queue: Iterable[int],
    needs: Sequence[int],
    dependents: Sequence[int],
    rivals: Sequence[int],
    sets: Collection[int],
) -> int:
    """The units whose needs break nothing."""
    possible = (1 << len(needs)) - 1
    for unit in queue:
        within = needs[unit]
        if within & rivals[unit] or any(not mask & ~within for mask in sets):
            possible &= ~dependents[unit]
    return possible
