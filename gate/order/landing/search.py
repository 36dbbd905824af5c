"""The best answer to a `Puzzle`: branch and bound from the best of several greedy answers.

Properties: the answer is valid and nothing can be added to it; it is worth no less than serving the units by
value or as they finished; up to `EXACT` units it is the best there is, beyond that the best found in a fixed
amount of work, so that the same puzzle always has the same answer.

Worked example: a, b and c are worth 3, 2 and 2; a is a rival of both others. Greedy takes a (3). The bound
of everything free pairs a with b and counts c by itself: 3 + 2 = 5 > 3, so a, with most rivals, is tried
both ways. With a: nothing stays free, 3. Without: b and c have no rivals left and are taken together, 4, the
answer.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gate.order.bits import members
from gate.order.landing import greedy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.order.landing.puzzle import Puzzle

EXACT = 20
"""Up to so many units the search is never cut short."""

WORK = 200_000
"""What the search may spend beyond, in units looked at: once on swaps, once on branching."""


def best(puzzle: Puzzle) -> int:
    """The units to land, as a mask."""
    size = len(puzzle.values)
    answer = max(greedy.starts(puzzle), key=puzzle.worth)
    if size <= EXACT:
        return _branch(puzzle, answer, None)
    sets = {together for each in puzzle.sets for together in each}
    tries = max(1, WORK // (size + len(sets)))
    answer = _branch(puzzle, greedy.swap(puzzle, answer, tries), tries)
    return greedy.rebuilt(puzzle, answer, 0)


def _branch(puzzle: Puzzle, answer: int, tries: int | None) -> int:
    """The best answer, or when `tries` states were not enough to know it, the best seen."""
    worth, stack = puzzle.worth(answer), [(0, puzzle.possible)]
    while stack and tries != 0:
        state = stack.pop()
        tries = None if tries is None else tries - 1
        sets = puzzle.live(state)
        if puzzle.worth(state[0]) + _bound(puzzle, state[1], sets) <= worth:
            continue
        unit = _contested(puzzle, state[1], sets)
        if unit is None:
            answer = state[0] | state[1]
            worth = puzzle.worth(answer)
            continue
        stack.append(puzzle.drop(unit, state))
        if with_it := puzzle.take(unit, state):
            stack.append(with_it)
    return answer


def _bound(puzzle: Puzzle, free: int, sets: Iterable[int]) -> int:
    """No answer within `free` is worth more: one unit of each clique of rivals, all but one of each set."""
    total, single = 0, 0
    while free:
        low = free & -free
        unit = low.bit_length() - 1
        total += puzzle.values[unit]
        free ^= low
        clique = free & puzzle.rivals[unit]
        single |= 0 if clique else low
        while clique:
            low = clique & -clique
            free ^= low
            clique &= puzzle.rivals[low.bit_length() - 1]
    for together in sorted(sets):
        if not together & ~single:
            total -= puzzle.values[together.bit_length() - 1]
            single &= ~together
    return total


def _contested(puzzle: Puzzle, free: int, sets: Iterable[int]) -> int | None:
    """The free unit in most conflicts with others that are free; None when all of them can land."""
    count = Counter({unit: (puzzle.rivals[unit] & free).bit_count() for unit in members(free)})
    for together in sets:
        count.update(members(together))
    if not count:
        return None
    unit = max(count, key=lambda unit: (count[unit], -unit))
    return unit if count[unit] else None
