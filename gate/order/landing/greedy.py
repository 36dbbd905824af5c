"""Good answers to a `Puzzle`, found fast: where the search for the best one starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.order import graph
from gate.order.bits import members

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.order.landing.puzzle import Puzzle


def starts(puzzle: Puzzle) -> Iterator[int]:
    """Greedy answers: by value, as finished, and by what a unit is worth against its rivals."""
    units = range(len(puzzle.values))
    cost = [puzzle.worth(rivals & puzzle.possible) for rivals in puzzle.rivals]
    thrifty = sorted(units, key=lambda unit: (cost[unit] - puzzle.values[unit], unit))
    for queue in (units, puzzle.arrival, thrifty):
        yield puzzle.fill(queue, (0, puzzle.possible))[0]
        yield puzzle.fill(_patient(puzzle, queue), (0, puzzle.possible))[0]


def _patient(puzzle: Puzzle, queue: Sequence[int]) -> list[int]:
    """The queue in which each unit waits for what comes before it, instead of pulling it in."""
    place = {unit: at for at, unit in enumerate(queue)}
    return graph.topological(puzzle.firsts, key=lambda unit: place[unit])


def rebuilt(puzzle: Puzzle, answer: int, forced: int) -> int:
    """`answer` changed to hold the units `forced`, then as much of the old as fits, then what else does."""
    state = puzzle.fill(members(forced), (0, puzzle.possible))
    state = puzzle.fill(members(answer), state)
    return puzzle.fill(members(state[1]), state)[0]


def swap(puzzle: Puzzle, answer: int, tries: int) -> int:
    """Force in one unit after another that is out, and keep what gains, until a whole round gains nothing."""
    worth, gained = puzzle.worth(answer), True
    while gained:
        gained = False
        for unit in members(puzzle.possible & ~answer):
            if not tries:
                return answer
            tries -= 1
            other = rebuilt(puzzle, answer, 1 << unit)
            if puzzle.worth(other) > worth:
                answer, worth, gained = other, puzzle.worth(other), True
    return answer
