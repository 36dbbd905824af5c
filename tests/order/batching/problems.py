"""Batching problems by what differs from units that are alike and free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.plan import Limits
from gate.order.batching.problem import BatchingProblem
from gate.order.bitset import mask_of

if TYPE_CHECKING:
    from collections.abc import Mapping

A, B, C, D = range(4)
NO_LIMITS = Limits()


def problem(
    *,
    units: int = 4,
    sizes: tuple[int, ...] | None = None,
    loads: tuple[Mapping[str, int], ...] | None = None,
    before: tuple[tuple[int, int], ...] = (),
    apart: tuple[tuple[int, int], ...] = (),
    tails: tuple[int, ...] | None = None,
    alone: int = 0,
    limits: Limits = NO_LIMITS,
) -> BatchingProblem:
    pairs = [*before, *apart]
    return BatchingProblem(
        sizes=sizes or (1,) * units,
        loads=loads or ({},) * units,
        predecessors=tuple(mask_of(first for first, then in before if then == unit) for unit in range(units)),
        successors=tuple(mask_of(then for first, then in before if first == unit) for unit in range(units)),
        incompatible=tuple(
            mask_of(member for pair in pairs if unit in pair for member in pair if member != unit)
            for unit in range(units)
        ),
        tails=tails or (1,) * units,
        alone=alone,
        limits=limits,
    )
