"""A plan, step by step: what lands, how it shares batches, what is held and why."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from gate.model.plan import Held, Plan
from gate.order import asks as asking
from gate.order import holding
from gate.order.batching.furnish import furnish
from gate.order.batching.schedule import schedule
from gate.order.bits import members
from gate.order.chain import critical_path
from gate.order.landing.choose import landing
from gate.order.units import group, rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from gate.model.finding import Constraint
    from gate.model.plan import Candidate, Limits
    from gate.order.asks import Asks
    from gate.order.units import Units


def plan(
    candidates: Sequence[Candidate], constraints: Iterable[tuple[Constraint, str]], limits: Limits
) -> Plan:
    """See `gate.order.plan`."""
    streams = {candidate.name: candidate for candidate in sorted(candidates, key=rank)}
    if len(streams) < len(candidates):
        raise ValueError("two candidates have the same name")
    asks = asking.collect(constraints, streams)
    units = group(list(streams), asks.before)
    landed = landing(units, streams, asks.apart)
    batched = _batched([name for name in streams if name in landed], streams, asks, limits)
    order = tuple(name for batch in batched for name in batch)
    return Plan(
        order=order,
        batches=batched,
        held=_held(streams, landed, units, asks),
        critical_path=critical_path(order, asks.before),
    )


def _held(streams: Mapping[str, Candidate], landed: Set[str], units: Units, asks: Asks) -> tuple[Held, ...]:
    blocked = [
        Held(name, tuple(sorted(set(stream.because))), stream.blocked, blocked=True)
        for name, stream in streams.items()
        if stream.blocked
    ]
    given = {held.branch for held in blocked}
    others = holding.explain(streams.keys() - landed - given, given, landed, units, asks)
    return tuple(sorted([*blocked, *others], key=attrgetter("branch")))


def _batched(
    ranked: Sequence[str], streams: Mapping[str, Candidate], asks: Asks, limits: Limits
) -> tuple[tuple[str, ...], ...]:
    """The landing streams in batches; in a batch by rank, with the streams of a unit side by side."""
    units = group(ranked, asks.before)
    masks = schedule(furnish(units, streams, asks, limits))
    return tuple(tuple(name for unit in members(mask) for name in units.streams[unit]) for mask in masks)
