"""A plan after its rehearsal: a stream that did not merge at its turn is held, with all that comes after it."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from gate.order import holding
from gate.order.chain import critical_path
from gate.order.constraints import index_constraints
from gate.order.units import group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from gate.model.finding import Constraint
    from gate.model.plan import Held, Plan
    from gate.order.constraints import ConstraintIndex


def repair(plan: Plan, lost: Mapping[str, Held], constraints: Iterable[tuple[Constraint, str]]) -> Plan:
    """See `gate.order.repair`."""
    index = index_constraints(constraints, {*plan.order, *(held.branch for held in plan.held)})
    lost = {name: lost[name] for name in plan.order if name in lost}
    removed = _with_successors(set(lost), set(plan.order), index)
    order = tuple(name for name in plan.order if name not in removed)
    batches = (tuple(name for name in batch if name not in removed) for batch in plan.batches)
    units = group(plan.order, index.before)
    followers = [name for name in plan.order if name in removed and name not in lost]
    held = [
        *_held_before(plan, set(order), index),
        *lost.values(),
        *holding.explain(followers, lost.keys(), set(order), units, index),
    ]
    return replace(
        plan,
        order=order,
        batches=tuple(batch for batch in batches if batch),
        held=tuple(sorted(held, key=attrgetter("branch"))),
        critical_path=critical_path(order, index.before),
    )


def _with_successors(lost: Set[str], landed: Set[str], index: ConstraintIndex) -> frozenset[str]:
    """Return the lost streams and every landing stream that comes after one of them, however far."""
    removed, latest = set(lost), set(lost)
    while latest:
        latest = {then for first, then in index.before if first in latest and then in landed} - removed
        removed |= latest
    return frozenset(removed)


def _held_before(plan: Plan, landed: Set[str], index: ConstraintIndex) -> Iterator[Held]:
    """Yield the streams that `plan` holds. `landed` are the streams that still land.

    A stream that gave way to a lost one, and to no stream that still lands, is to be planned again.
    """
    sets_apart, planned = index.sets_apart(), set(plan.order)
    for held in plan.held:
        others = [{*branches} - {held.branch} for branches in sets_apart.get(held.branch, ())]
        rivals = [branches for branches in others if branches <= planned]
        lost = frozenset[str]().union(*rivals) - landed
        if held.blocked or not rivals or any(branches <= landed for branches in rivals):
            yield held
        else:
            yield replace(held, unblock=f"plan again: it gave way to {holding.name_list(lost)}, now held")
