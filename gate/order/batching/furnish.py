"""The `Room` of the streams that land: their constraints and limits, by unit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gate.order.batching.room import Batch, Room, within
from gate.order.bits import mask_of, members
from gate.order.chain import tails

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gate.model.plan import Candidate, Limits
    from gate.order.asks import Asks
    from gate.order.units import Units


def furnish(units: Units, streams: Mapping[str, Candidate], asks: Asks, limits: Limits) -> Room:
    """The room that these units, of landing streams only, have under `limits`."""
    sizes = tuple(len(names) for names in units.streams)
    loads = tuple(_load(streams[name] for name in names) for names in units.streams)
    too_large = [
        unit
        for unit, (size, load) in enumerate(zip(sizes, loads, strict=True))
        if not within(limits, Batch(1 << unit, size, load))
    ]
    asked = [units.number[name] for name in asks.alone if name in units.number]
    return Room(
        sizes=sizes,
        loads=loads,
        firsts=units.firsts,
        thens=units.thens(),
        clashes=_clashes(units, asks),
        tails=tails(units),
        alone=mask_of(too_large) | mask_of(asked),
        limits=limits,
    )


def _load(streams: Iterable[Candidate]) -> Counter[str]:
    return Counter(stream.coordinator for stream in streams if stream.coordinator is not None)


def _clashes(units: Units, asks: Asks) -> tuple[int, ...]:
    """For each unit, those that must not share its batch: one at a time, or one before the other."""
    clashes = [firsts | thens for firsts, thens in zip(units.firsts, units.thens(), strict=True)]
    for names in asks.serial:
        together = mask_of(units.number[name] for name in names if name in units.number)
        for unit in members(together):
            clashes[unit] |= together & ~(1 << unit)
    return tuple(clashes)
