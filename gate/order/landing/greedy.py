"""Good answers to a `SelectionProblem`, found fast: where the search for the best one starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.order import graph
from gate.order.bitset import members

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.order.landing.selection import SelectionProblem


def starts(problem: SelectionProblem) -> Iterator[int]:
    """Yield greedy answers: by value, as finished, and by the value of a unit against that of its rivals."""
    units = range(len(problem.values))
    cost = [problem.worth(rivals & problem.possible) for rivals in problem.rivals]
    thrifty = sorted(units, key=lambda unit: (cost[unit] - problem.values[unit], unit))
    for queue in (units, problem.arrival, thrifty):
        yield problem.fill(queue, (0, problem.possible))[0]
        yield problem.fill(_patient(problem, queue), (0, problem.possible))[0]


def _patient(problem: SelectionProblem, queue: Sequence[int]) -> list[int]:
    """Return the queue in which each unit waits for what comes before it, instead of pulling it in."""
    position = {unit: at for at, unit in enumerate(queue)}
    return graph.topological(problem.predecessors, key=lambda unit: position[unit])


def rebuild(problem: SelectionProblem, answer: int, forced: int) -> int:
    """Return an answer with the units `forced`, then as much of `answer` as fits, then whatever else fits."""
    state = problem.fill(members(forced), (0, problem.possible))
    state = problem.fill(members(answer), state)
    return problem.fill(members(state[1]), state)[0]


def swap(problem: SelectionProblem, answer: int, tries: int) -> int:
    """Force in each unit that is out, and keep what gains, until a whole round gains nothing or `tries` are spent."""
    worth, gained = problem.worth(answer), True
    while gained:
        gained = False
        for unit in members(problem.possible & ~answer):
            if not tries:
                return answer
            tries -= 1
            changed = rebuild(problem, answer, 1 << unit)
            if problem.worth(changed) > worth:
                answer, worth, gained = changed, problem.worth(changed), True
    return answer
