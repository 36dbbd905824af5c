"""The fewest batches for a small number of units: every full batch is tried, to one depth after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.order.batching.problem import Batch
from gate.order.bitset import members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.order.batching.problem import BatchingProblem


def fewest(problem: BatchingProblem, bound: int, limit: int) -> list[int] | None:
    """Return the shortest schedule of at least `bound` and fewer than `limit` batches, as masks; None without one."""
    all_units = (1 << problem.units) - 1
    for depth in range(bound, limit):
        batches = _schedule(problem, all_units, depth, set())
        if batches is not None:
            return batches
    return None


def _schedule(
    problem: BatchingProblem, left: int, depth: int, dead_ends: set[tuple[int, int]]
) -> list[int] | None:
    """Return at most `depth` batches for the units `left`; (left, depth) without any goes into `dead_ends`."""
    if not left:
        return []
    if (left, depth) in dead_ends or problem.bound(left) > depth:
        return None
    ready = [unit for unit in members(left) if not problem.predecessors[unit] & left]
    for batch in _full_batches(problem, ready, Batch()):
        batches = _schedule(problem, left & ~batch, depth - 1, dead_ends)
        if batches is not None:
            return [batch, *batches]
    dead_ends.add((left, depth))
    return None


def _full_batches(problem: BatchingProblem, ready: list[int], batch: Batch, at: int = 0) -> Iterator[int]:
    """Yield every batch of `ready` units that takes no further one: a batch with space left never saves another.

    `batch` is decided for `ready[:at]`.
    """
    if at == len(ready):
        if not any(problem.add(batch, unit) for unit in ready if not batch.units >> unit & 1):
            yield batch.units
        return
    grown = problem.add(batch, ready[at])
    if grown:
        yield from _full_batches(problem, ready, grown, at + 1)
    yield from _full_batches(problem, ready, batch, at + 1)
