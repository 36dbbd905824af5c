"""What streams of one domain need of streams of another (R6): all needs of one on another in one handoff. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gate.model.plan import Handoff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts


def handoffs(facts: Facts) -> tuple[Handoff, ...]:
    """By consumer, then producer; what is needed in the order of its names.

    A need is a name the consumer starts to use and the producer changes. Within one domain it asks for an order, not
    for a handoff; streams without a coordinator belong to no domain.
    """
    owners = {one.name: one.owner for one in facts.streams}
    needs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for consumer, producer, name in _needs(facts):
        mine, yours = owners.get(consumer), owners.get(producer)
        if mine is not None and yours is not None and mine != yours:
            needs[consumer, producer].add(name)
    return tuple(Handoff(*pair, tuple(sorted(names))) for pair, names in sorted(needs.items()))


def _needs(facts: Facts) -> Iterator[tuple[str, str, str]]:
    for one in facts.names.broken_uses:
        yield one.consumer, one.producer, one.changed_name
    for between in facts.names.reads:
        for each in between.reads:
            yield between.reader, between.writer, each.name
