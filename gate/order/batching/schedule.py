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
from gate.order.bitset import members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gate.order.batching.problem import Batch, BatchingProblem

EXACT = 12
"""The largest number of units for which the fewest batches are searched for."""

ROUNDS = 3
"""The number of times a schedule is packed to the end and back, at most."""


def schedule(problem: BatchingProblem) -> list[int]:
    """Return the batches, as masks of units, first to last."""
    bound = problem.bound((1 << problem.units) - 1)
    best = [1 << unit for unit in graph.topological(problem.predecessors)]
    for key in _priorities(problem):
        if len(best) == bound:
            return best
        queue = graph.topological(problem.predecessors, key)
        best = min(best, _list_schedule(problem, queue, problem.predecessors), key=len)
    if problem.units <= EXACT:
        return exact.fewest(problem, bound, len(best)) or best
    return min(best, _pack(problem, best, bound), key=len)


def _priorities(problem: BatchingProblem) -> Iterable[Callable[[int], object]]:
    """Return the keys by which units are placed: rank, the longest chain to the end, the hardest to place."""
    conflicts = [mask.bit_count() for mask in problem.incompatible]
    return (
        lambda unit: unit,
        lambda unit: (-problem.tails[unit], -conflicts[unit], unit),
        lambda unit: (-conflicts[unit], -problem.tails[unit], unit),
    )


def _list_schedule(problem: BatchingProblem, queue: Iterable[int], predecessors: Sequence[int]) -> list[int]:
    """Place each unit of `queue` in the first batch after all of its `predecessors` that takes it."""
    batches: list[Batch] = []
    position: dict[int, int] = {}
    for unit in queue:
        earliest = max((position[first] + 1 for first in members(predecessors[unit])), default=0)
        position[unit] = _place(problem, unit, batches, earliest)
    return [batch.units for batch in batches]


def _place(problem: BatchingProblem, unit: int, batches: list[Batch], earliest: int) -> int:
    """Add the unit to one of `batches`, or a new one, and return the index of that batch."""
    for at in range(earliest, len(batches)):
        grown = problem.add(batches[at], unit)
        if grown:
            batches[at] = grown
            return at
    batches.append(problem.open_batch(unit))
    return len(batches) - 1


def _pack(problem: BatchingProblem, batches: list[int], bound: int) -> list[int]:
    """Pack towards the end, then the start: a unit never moves past its old batch, so no batch is added."""
    for _ in range(ROUNDS):
        if len(batches) == bound:
            break
        from_end = _list_schedule(problem, _from_last(batches), problem.successors)
        batches = _list_schedule(problem, _from_last(from_end), problem.predecessors)
    return batches


def _from_last(batches: list[int]) -> list[int]:
    """Return the units of the last batch first."""
    return [unit for batch in reversed(batches) for unit in members(batch)]
