"""The question of batching: which units may share a batch, which come first, and how much a batch takes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gate.order.bitset import members

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.model.plan import Limits


@dataclass(frozen=True, slots=True)
class Batch:
    """Units as a mask, the number of their streams, and `load`: the number of streams by coordinator."""

    units: int = 0
    streams: int = 0
    load: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchingProblem:
    """The units to place, in order of rank. Every tuple is by unit.

    `sizes` counts the streams of a unit, `loads` those by coordinator; a stream without a coordinator counts as a
    stream, and for no coordinator. `predecessors` and `successors` are masks of what comes directly before and
    after a unit, `incompatible` of the units that must not share its batch, `tails` the number of units on the
    longest chain that starts with it. `alone` is the mask of the units that share with no other: a finding asks for
    it, or the unit is larger than a batch may be, and then has one of its own as an exception.
    """

    sizes: tuple[int, ...]
    loads: tuple[Mapping[str, int], ...]
    predecessors: tuple[int, ...]
    successors: tuple[int, ...]
    incompatible: tuple[int, ...]
    tails: tuple[int, ...]
    alone: int
    limits: Limits

    @property
    def units(self) -> int:
        """The number of units."""
        return len(self.sizes)

    def open_batch(self, unit: int) -> Batch:
        """Return a new batch with this unit."""
        return Batch(1 << unit, self.sizes[unit], self.loads[unit])

    def add(self, batch: Batch, unit: int) -> Batch | None:
        """Return the batch with this unit added, None when that must not be. An empty batch takes any unit."""
        if not batch.units:
            return self.open_batch(unit)
        if (self.alone | self.incompatible[unit]) & batch.units or self.alone >> unit & 1:
            return None
        load = _sum(batch.load, self.loads[unit])
        grown = Batch(batch.units | 1 << unit, batch.streams + self.sizes[unit], load)
        return grown if is_within(self.limits, grown) else None

    def bound(self, units: int) -> int:
        """Return a number of batches below which no schedule of `units` can go, their predecessors being done."""
        chain = max((self.tails[unit] for unit in members(units)), default=0)
        sharing = units & ~self.alone
        alone = (units & self.alone).bit_count()
        return max(chain, alone + max(self._capacity_bound(sharing), self._clique(sharing)))

    def _capacity_bound(self, units: int) -> int:
        load = _sum(*(self.loads[unit] for unit in members(units)))
        streams = sum(self.sizes[unit] for unit in members(units))
        counts = [(streams, self.limits.streams), (len(load), self.limits.coordinators)]
        counts += [(load[name], limit) for name, limit in self.limits.per_coordinator if name in load]
        return max((-(-count // limit) for count, limit in counts if limit), default=0)

    def _clique(self, units: int) -> int:
        """Return the size of a set of mutually incompatible units, grown from the unit with most of them."""
        size = 0
        while units:
            unit = max(
                members(units), key=lambda unit: ((self.incompatible[unit] & units).bit_count(), -unit)
            )
            units &= self.incompatible[unit]
            size += 1
        return size


def _sum(*loads: Mapping[str, int]) -> Mapping[str, int]:
    total: Counter[str] = Counter()
    for load in loads:
        total.update(load)
    return total


def is_within(limits: Limits, batch: Batch) -> bool:
    """Return whether the batch keeps every limit."""
    if limits.streams is not None and batch.streams > limits.streams:
        return False
    if limits.coordinators is not None and len(batch.load) > limits.coordinators:
        return False
    return all(batch.load.get(name, 0) <= limit for name, limit in limits.per_coordinator)
