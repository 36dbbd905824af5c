"""A plan, step by step: what lands, how it shares batches, what is held and why."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from gate.model.plan import Held, Plan
from gate.order import holding
from gate.order.batching.problem_builder import build_problem
from gate.order.batching.schedule import schedule
from gate.order.bitset import members
from gate.order.chain import critical_path
from gate.order.constraints import index_constraints
from gate.order.landing.choose import landing_streams
from gate.order.units import group, rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from gate.model.finding import Constraint
    from gate.model.plan import Candidate, Limits
    from gate.order.constraints import ConstraintIndex
    from gate.order.units import Units


def plan(
    candidates: Sequence[Candidate], constraints: Iterable[tuple[Constraint, str]], limits: Limits
) -> Plan:
    """See `gate.order.plan`."""
    streams = {candidate.name: candidate for candidate in sorted(candidates, key=rank)}
    if len(streams) < len(candidates):
        raise ValueError("two candidates have the same name")
    index = index_constraints(constraints, streams)
    units = group(list(streams), index.before)
    landed = landing_streams(units, streams, index.apart)
    batches = _batches([name for name in streams if name in landed], streams, index, limits)
    order = tuple(name for batch in batches for name in batch)
    return Plan(
        order=order,
        batches=batches,
        held=_held_streams(streams, landed, units, index),
        critical_path=critical_path(order, index.before),
    )


def _held_streams(
    streams: Mapping[str, Candidate], landed: Set[str], units: Units, index: ConstraintIndex
) -> tuple[Held, ...]:
    blocked = [
        Held(name, tuple(sorted(set(stream.because))), stream.blocked, blocked=True)
        for name, stream in streams.items()
        if stream.blocked
    ]
    blocked_names = {held.branch for held in blocked}
    others = holding.explain(streams.keys() - landed - blocked_names, blocked_names, landed, units, index)
    return tuple(sorted([*blocked, *others], key=attrgetter("branch")))


def _batches(
    ranked: Sequence[str], streams: Mapping[str, Candidate], index: ConstraintIndex, limits: Limits
) -> tuple[tuple[str, ...], ...]:
    """Return the names in each batch of the landing streams: by rank, with the streams of a unit side by side."""
    units = group(ranked, index.before)
    masks = schedule(build_problem(units, streams, index, limits))
    return tuple(tuple(name for unit in members(mask) for name in units.streams[unit]) for mask in masks)
