"""The fewest batches there can be, for a few units: every full batch is tried, one depth after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.order.batching.room import Batch
from gate.order.bits import members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.order.batching.room import Room


def fewest(room: Room, bound: int, beat: int) -> list[int] | None:
    """The shortest schedule with at least `bound` and fewer than `beat` batches; None when there is none."""
    every = (1 << room.units) - 1
    for depth in range(bound, beat):
        found = _finish(room, every, depth, set())
        if found is not None:
            return found
    return None


def _finish(room: Room, left: int, depth: int, dead: set[tuple[int, int]]) -> list[int] | None:
    """Batches for the units `left`, at most `depth`; what is found impossible is noted in `dead`."""
    if not left:
        return []
    if (left, depth) in dead or room.bound(left) > depth:
        return None
    ready = [unit for unit in members(left) if not room.firsts[unit] & left]
    for batch in _fullest(room, ready, Batch()):
        rest = _finish(room, left & ~batch, depth - 1, dead)
        if rest is not None:
            return [batch, *rest]
    dead.add((left, depth))
    return None


def _fullest(room: Room, ready: list[int], batch: Batch, at: int = 0) -> Iterator[int]:
    """Every batch of `ready` units to which no other can be added: leaving room never saves a batch."""
    if at == len(ready):
        if not any(room.add(batch, unit) for unit in ready if not batch.units >> unit & 1):
            yield batch.units
        return
    grown = room.add(batch, ready[at])
    if grown:
        yield from _fullest(room, ready, grown, at + 1)
    yield from _fullest(room, ready, batch, at + 1)
