"""From the streams that land to a `BatchingProblem`: their constraints and limits, by unit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gate.order.batching.problem import Batch, BatchingProblem, is_within
from gate.order.bitset import mask_of, members
from gate.order.chain import tails

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gate.model.plan import Candidate, Limits
    from gate.order.constraints import ConstraintIndex
    from gate.order.units import Units


def build_problem(
    units: Units, streams: Mapping[str, Candidate], index: ConstraintIndex, limits: Limits
) -> BatchingProblem:
    """Return the batching problem of `units`, which are of landing streams only."""
    sizes = tuple(len(names) for names in units.streams)
    loads = tuple(_load(streams[name] for name in names) for names in units.streams)
    too_large = [
        unit
        for unit, (size, load) in enumerate(zip(sizes, loads, strict=True))
        if not is_within(limits, Batch(1 << unit, size, load))
    ]
    alone = [units.number[name] for name in index.alone if name in units.number]
    return BatchingProblem(
        sizes=sizes,
        loads=loads,
        predecessors=units.predecessors,
        successors=units.successors(),
        incompatible=_incompatible(units, index),
        tails=tails(units),
        alone=mask_of(too_large) | mask_of(alone),
        limits=limits,
    )


def _load(streams: Iterable[Candidate]) -> Counter[str]:
    return Counter(stream.coordinator for stream in streams if stream.coordinator is not None)


def _incompatible(units: Units, index: ConstraintIndex) -> tuple[int, ...]:
    """Return a mask for each unit: the units that must not share its batch, serial ones and neighbours in order."""
    masks = [first | then for first, then in zip(units.predecessors, units.successors(), strict=True)]
    for names in index.serial:
        serial = mask_of(units.number[name] for name in names if name in units.number)
        for unit in members(serial):
            masks[unit] |= serial & ~(1 << unit)
    return tuple(masks)
