"""A plan after its rehearsal: what did not merge at its turn is held, with all that comes after it."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from gate.order import asks as asking
from gate.order import holding
from gate.order.chain import critical_path
from gate.order.units import group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from gate.model.finding import Constraint
    from gate.model.plan import Held, Plan
    from gate.order.asks import Asks


def repair(made: Plan, lost: Mapping[str, Held], constraints: Iterable[tuple[Constraint, str]]) -> Plan:
    """See `gate.order.repair`."""
    asks = asking.collect(constraints, {*made.order, *(held.branch for held in made.held)})
    given = {name: lost[name] for name in made.order if name in lost}
    gone = _after(set(given), set(made.order), asks)
    order = tuple(name for name in made.order if name not in gone)
    batches = (tuple(name for name in batch if name not in gone) for batch in made.batches)
    units = group(made.order, asks.before)
    followers = [name for name in made.order if name in gone and name not in given]
    held = [
        *_freed(made, set(order), asks),
        *given.values(),
        *holding.explain(followers, given.keys(), set(order), units, asks),
    ]
    return replace(
        made,
        order=order,
        batches=tuple(batch for batch in batches if batch),
        held=tuple(sorted(held, key=attrgetter("branch"))),
        critical_path=critical_path(order, asks.before),
    )


def _after(lost: Set[str], landed: Set[str], asks: Asks) -> frozenset[str]:
    """The lost streams and every landing stream that comes after one of them, however far."""
    gone, found = set(lost), set(lost)
    while found:
        found = {then for first, then in asks.before if first in found and then in landed} - gone
        gone |= found
    return frozenset(gone)


def _freed(made: Plan, landed: Set[str], asks: Asks) -> Iterator[Held]:
    """The streams held before; of one that gave way to what is lost now, that a new plan may let it in."""
    aparts, before = asks.aparts(), set(made.order)
    for held in made.held:
        sets = [{*together} - {held.branch} for together in aparts.get(held.branch, ())]
        rivals = [together for together in sets if together <= before]
        gone = frozenset[str]().union(*rivals) - landed
        if held.blocked or not rivals or any(together <= landed for together in rivals):
            yield held
        else:
            yield replace(held, unblock=f"plan again: it gave way to {holding.listing(gone)}, now held")
