"""What streams of one domain need from streams of another (R6): one handoff for each consumer and producer. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gate.model.plan import Handoff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts


def handoffs(facts: Facts) -> tuple[Handoff, ...]:
    """Return the handoffs sorted by consumer, then producer, each with its needs in name order.

    A need is a name that the consumer starts to use and the producer changes. Within one domain it asks for an order,
    not for a handoff; streams without a coordinator belong to no domain.
    """
    owners = {stream.name: stream.owner for stream in facts.streams}
    needs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for consumer, producer, name in _needs(facts):
        user, provider = owners.get(consumer), owners.get(producer)
        if user is not None and provider is not None and user != provider:
            needs[consumer, producer].add(name)
    return tuple(Handoff(*pair, tuple(sorted(names))) for pair, names in sorted(needs.items()))


def _needs(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Yield (consumer, producer, name)."""
    for use in facts.names.broken_uses:
        yield use.consumer, use.producer, use.changed_name
    for pair in facts.names.reads:
        for read in pair.reads:
            yield pair.reader, pair.writer, read.name
