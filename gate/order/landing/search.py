"""The best answer to a `SelectionProblem`: branch and bound from the best of several greedy answers.

Properties: the answer is valid and nothing can be added to it; it is worth no less than serving the units by
value or as they finished; up to `EXACT` units it is the best there is, beyond that the best found in a fixed
amount of work, so that the same problem always has the same answer.

Worked example: a, b and c are worth 3, 2 and 2; a is a rival of both others. Greedy takes a (3). The bound
of everything free pairs a with b and counts c by itself: 3 + 2 = 5 > 3, so a, with most rivals, is tried
both ways. With a: nothing stays free, 3. Without: b and c have no rivals left and are taken together, 4, the
answer.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gate.order.bitset import members
from gate.order.landing import greedy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.order.landing.selection import SelectionProblem

EXACT = 20
"""The largest number of units for which the search is never cut short."""

WORK = 200_000
"""The work the search may do beyond that, in units looked at: once on swaps, once on branching."""


def best(problem: SelectionProblem) -> int:
    """Return the units to land, as a mask."""
    size = len(problem.values)
    answer = max(greedy.starts(problem), key=problem.worth)
    if size <= EXACT:
        return _branch(problem, answer, None)
    sets = {mask for masks in problem.sets for mask in masks}
    tries = max(1, WORK // (size + len(sets)))
    answer = _branch(problem, greedy.swap(problem, answer, tries), tries)
    return greedy.rebuild(problem, answer, 0)


def _branch(problem: SelectionProblem, answer: int, tries: int | None) -> int:
    """Return the best answer, or the best one seen when `tries` states are not enough to know it."""
    worth, stack = problem.worth(answer), [(0, problem.possible)]
    while stack and tries != 0:
        state = stack.pop()
        tries = None if tries is None else tries - 1
        sets = problem.live_sets(state)
        if problem.worth(state[0]) + _bound(problem, state[1], sets) <= worth:
            continue
        unit = _contested_unit(problem, state[1], sets)
        if unit is None:
            answer = state[0] | state[1]
            worth = problem.worth(answer)
            continue
        stack.append(problem.drop(unit, state))
        if with_unit := problem.take(unit, state):
            stack.append(with_unit)
    return answer


def _bound(problem: SelectionProblem, free: int, sets: Iterable[int]) -> int:
    """Return a value that no answer within `free` exceeds: one unit of each clique of rivals, all but one of a set."""
    total, single = 0, 0
    while free:
        low = free & -free
        unit = low.bit_length() - 1
        total += problem.values[unit]
        free ^= low
        clique = free & problem.rivals[unit]
        single |= 0 if clique else low
        while clique:
            low = clique & -clique
            free ^= low
            clique &= problem.rivals[low.bit_length() - 1]
    for mask in sorted(sets):
        if not mask & ~single:
            total -= problem.values[mask.bit_length() - 1]
            single &= ~mask
    return total


def _contested_unit(problem: SelectionProblem, free: int, sets: Iterable[int]) -> int | None:
    """Return the free unit in most conflicts with other free units; None when all of them can land."""
    count = Counter({unit: (problem.rivals[unit] & free).bit_count() for unit in members(free)})
    for mask in sets:
        count.update(members(mask))
    if not count:
        return None
    unit = max(count, key=lambda unit: (count[unit], -unit))
    return unit if count[unit] else None
