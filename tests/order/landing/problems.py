"""Selection problems by edges and sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gate.order.bitset import mask_of
from gate.order.landing.problem_builder import build_problem

if TYPE_CHECKING:
    from gate.order.landing.selection import SelectionProblem

A, B, C, D, E = range(5)


def problem(units: int, before: list[tuple[int, int]], *apart: set[int], **more: Any) -> SelectionProblem:
    """Units of which each edge (first, then) of `before` has the smaller number first."""
    predecessors = [mask_of(first for first, then in before if then == unit) for unit in range(units)]
    return build_problem(
        values=more.get("values", [1] * units),
        predecessors=predecessors,
        queue=range(units),
        apart=map(mask_of, apart),
        arrival=more.get("arrival", range(units)),
    )
