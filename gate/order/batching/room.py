"""What may share a batch: which units clash, which come first, and how much a batch takes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gate.order.bits import members

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.model.plan import Limits


@dataclass(frozen=True, slots=True)
class Batch:
    """Units as a mask, how many streams they are, and how many of them each coordinator has."""

    units: int = 0
    streams: int = 0
    load: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Room:
    """The units to place, in order of rank; `sizes` and `loads` count the streams in each.

    `firsts` and `thens` are the masks of what comes right before and after a unit, `clashes` of what must not
    share its batch, `tails` the units on the longest way from it to the end, itself included. `alone` are the
    units that share with nobody: asked to, or too large for a batch as it is, which they then have as an
    exception. Streams without a coordinator count as streams, and for no coordinator.
    """

    sizes: tuple[int, ...]
    loads: tuple[Mapping[str, int], ...]
    firsts: tuple[int, ...]
    thens: tuple[int, ...]
    clashes: tuple[int, ...]
    tails: tuple[int, ...]
    alone: int
    limits: Limits

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.sizes)

    def opened(self, unit: int) -> Batch:
        """A new batch with this unit."""
        return Batch(1 << unit, self.sizes[unit], self.loads[unit])

    def add(self, batch: Batch, unit: int) -> Batch | None:
        """The batch with this unit too, None when that must not be. An empty batch takes any unit."""
        if not batch.units:
            return self.opened(unit)
        if (self.alone | self.clashes[unit]) & batch.units or self.alone >> unit & 1:
            return None
        load = _sum(batch.load, self.loads[unit])
        grown = Batch(batch.units | 1 << unit, batch.streams + self.sizes[unit], load)
        return grown if within(self.limits, grown) else None

    def bound(self, units: int) -> int:
        """No schedule of these units, all that comes before them being done, has fewer batches."""
        chain = max((self.tails[unit] for unit in members(units)), default=0)
        sharing = units & ~self.alone
        alone = (units & self.alone).bit_count()
        return max(chain, alone + max(self._capacity(sharing), self._clique(sharing)))

    def _capacity(self, units: int) -> int:
        load = _sum(*(self.loads[unit] for unit in members(units)))
        streams = sum(self.sizes[unit] for unit in members(units))
        counts = [(streams, self.limits.streams), (len(load), self.limits.coordinators)]
        counts += [(load[name], limit) for name, limit in self.limits.per_coordinator if name in load]
        return max((-(-count // limit) for count, limit in counts if limit), default=0)

    def _clique(self, units: int) -> int:
        """The size of a set of units that all clash, grown from the one with most clashes."""
        size = 0
        while units:
            unit = max(members(units), key=lambda unit: ((self.clashes[unit] & units).bit_count(), -unit))
            units &= self.clashes[unit]
            size += 1
        return size


def _sum(*loads: Mapping[str, int]) -> Mapping[str, int]:
    total: Counter[str] = Counter()
    for load in loads:
        total.update(load)
    return total


def within(limits: Limits, batch: Batch) -> bool:
    """Whether the batch keeps every limit."""
    if limits.streams is not None and batch.streams > limits.streams:
        return False
    if limits.coordinators is not None and len(batch.load) > limits.coordinators:
        return False
    return all(batch.load.get(name, 0) <= limit for name, limit in limits.per_coordinator)
