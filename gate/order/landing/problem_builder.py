"""From constraints to a `SelectionProblem`: what each unit needs, rules out, and may land with at all.

Worked example: b comes after a, d after c, and a is kept apart from c. Then b needs a, so b is a rival of c
too, and of d, which needs c. A unit that needs its own rival (e, after both b and d) can never land.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.order.bitset import members
from gate.order.landing.selection import SelectionProblem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


def build_problem(
    *,
    values: Sequence[int],
    predecessors: Sequence[int],
    queue: Sequence[int],
    apart: Iterable[int],
    arrival: Sequence[int],
) -> SelectionProblem:
    """Return the problem of choosing among units, of which no set in `apart` lands whole.

    Units are numbered by falling value, sets are masks, and `predecessors` has one for each unit. `queue` holds
    every unit after its predecessors, `arrival` every unit as finished.
    """
    needs, dependents = _closures(predecessors, queue)
    reduced = {_reduce(mask, needs) for mask in apart}
    rivals = _rivals(predecessors, queue, dependents, [mask for mask in reduced if mask.bit_count() == 2])
    sets = [mask for mask in reduced if mask.bit_count() != 2 and not _has_rivals(mask, rivals)]
    possible = _possible(queue, needs, dependents, rivals, sets)
    sets = sorted(mask for mask in sets if not mask & ~possible)
    return SelectionProblem(
        values=tuple(values),
        predecessors=tuple(predecessors),
        needs=needs,
        dependents=dependents,
        rivals=rivals,
        sets=tuple(tuple(mask for mask in sets if mask >> unit & 1) for unit in range(len(values))),
        possible=possible,
        arrival=tuple(arrival),
    )


def _closures(predecessors: Sequence[int], queue: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return for each unit itself with all that must come before it, and itself with all that must come after."""
    needs = [1 << unit for unit in range(len(predecessors))]
    dependents = list(needs)
    for unit in queue:
        for first in members(predecessors[unit]):
            needs[unit] |= needs[first]
    for unit in reversed(queue):
        for first in members(predecessors[unit]):
            dependents[first] |= dependents[unit]
    return tuple(needs), tuple(dependents)


def _reduce(mask: int, needs: Sequence[int]) -> int:
    """Return the set without the units that another unit of it needs: the same answers break it."""
    for unit in members(mask):
        if mask >> unit & 1:
            mask &= ~needs[unit] | 1 << unit
    return mask


def _rivals(
    predecessors: Sequence[int], queue: Iterable[int], dependents: Sequence[int], pairs: Iterable[int]
) -> tuple[int, ...]:
    """Return for each unit the units that never land with it, by themselves or by what either needs."""
    rivals = [0] * len(predecessors)
    for pair in pairs:
        first, second = members(pair)
        rivals[first] |= dependents[second]
        rivals[second] |= dependents[first]
    for unit in queue:
        for first in members(predecessors[unit]):
            rivals[unit] |= rivals[first]
    return tuple(rivals)


def _has_rivals(mask: int, rivals: Sequence[int]) -> bool:
    """Return whether a pair of rivals in the set already keeps it from landing whole."""
    return any(mask & rivals[unit] for unit in members(mask))


def _possible(
    queue: Iterable[int],
    needs: Sequence[int],
    dependents: Sequence[int],
    rivals: Sequence[int],
    sets: Collection[int],
) -> int:
    """Return the units that can land at all: what each needs contains no rivals and no whole set."""
    possible = (1 << len(needs)) - 1
    for unit in queue:
        needed = needs[unit]
        if needed & rivals[unit] or any(not mask & ~needed for mask in sets):
            possible &= ~dependents[unit]
    return possible
