"""What crosses domains is handed over; what stays within one is not."""

from __future__ import annotations

import pytest
from support.facts import facts, stream

from gate.model.names import BrokenUse, NameFacts, Place, Read, WriteRead
from gate.model.plan import Handoff
from gate.order.handoffs import handoffs

PLACE = Place("lib/store.py", 3)


def broken(consumer: str, producer: str, lost: str) -> BrokenUse:
    return BrokenUse("name", producer, consumer, f"store.{lost}", lost, Place("app/use.py", 1), PLACE)


def reads(reader: str, writer: str, *names: str) -> WriteRead:
    return WriteRead(writer, reader, tuple(Read(name, PLACE, PLACE, "body") for name in names))


NAMES = NameFacts(
    broken_uses=(broken("agent/a", "agent/b", "save"), broken("agent/a", "agent/b", "load")),
    reads=(reads("agent/a", "agent/b", "load", "check"), reads("agent/b", "agent/c", "send")),
)


def test_all_needs_of_one_stream_on_another_are_one_handoff() -> None:
    known = facts(
        stream("agent/a", owner="COORD_APP"),
        stream("agent/b", owner="COORD_LIB"),
        stream("agent/c", owner="COORD_OPS"),
        names=NAMES,
    )

    assert handoffs(known) == (
        Handoff("agent/a", "agent/b", ("check", "load", "save")),
        Handoff("agent/b", "agent/c", ("send",)),
    )


@pytest.mark.parametrize("owner", ["COORD_APP", None])
def test_within_a_domain_or_without_one_there_is_nothing_to_hand_over(owner: str | None) -> None:
    known = facts(
        stream("agent/a", owner="COORD_APP"),
        stream("agent/b", owner=owner),
        stream("agent/c", owner=owner),
        names=NAMES,
    )

    assert handoffs(known) == ()
