"""What a held stream is told: the findings behind it and what would let it land."""

from __future__ import annotations

from gate import order
from gate.model.finding import Apart, Before, Constraint
from gate.model.plan import Candidate, Held, Limits

Asked = tuple[Constraint, str]


def held(names: str, *constraints: Asked, blocked: str = "") -> tuple[Held, ...]:
    candidates = [
        Candidate(name, blocked="it is stale" if name == blocked else "", because=("f9", "f8", "f9"))
        for name in names.split()
    ]
    return order.plan(candidates, constraints, Limits()).held


def test_a_blocked_stream_says_what_blocks_it() -> None:
    expected = Held("a", ("f8", "f9"), "it is stale", blocked=True)
    assert held("a b", blocked="a") == (expected,)


def test_a_dependent_names_what_must_land_first() -> None:
    found = held(
        "a b c", (Before("a", "b"), "f2"), (Before("a", "b"), "f1"), (Before("b", "c"), "f3"), blocked="a"
    )
    assert found[1:] == (
        Held("b", ("f1", "f2"), "land a first; it is held"),
        Held("c", ("f3",), "land b first; it is held"),
    )


def test_a_rival_names_whom_it_gave_way_to() -> None:
    found = held("a b c", (Apart(("c", "b")), "f2"), (Apart(("c", "a")), "f1"))
    assert found == (Held("c", ("f1", "f2"), "rebase onto the target after a and b have landed"),)


def test_the_last_of_a_set_names_all_the_others() -> None:
    found = held("a b c d", (Apart(("a", "b", "c", "d")), "f1"))
    assert found == (Held("d", ("f1",), "rebase onto the target after a, b and c have landed"),)


def test_only_what_keeps_it_out_is_named() -> None:
    constraints: list[Asked] = [
        (Apart(("a", "b")), "f1"),
        (Apart(("b", "x")), "f2"),
        (Before("a", "c"), "f3"),
    ]
    assert held("a b c x", *constraints, blocked="x")[0] == Held(
        "b", ("f1",), "rebase onto the target after a has landed"
    )


def test_both_reasons_are_told() -> None:
    constraints: list[Asked] = [(Before("x", "b"), "f1"), (Apart(("a", "b")), "f2")]
    sentence = "land x first; it is held; then rebase onto the target after a has landed"
    assert held("a b x", *constraints, blocked="x")[0] == Held("b", ("f1", "f2"), sentence)


def test_a_cycle_waits_for_its_culprit() -> None:
    constraints: list[Asked] = [(Before("a", "b"), "f1"), (Before("b", "a"), "f2")]
    found = held("a b", *constraints, blocked="a")
    assert found[1] == Held("b", ("f1", "f2"), "land a together with it; it is held")


def test_a_cycle_that_breaks_itself_needs_rework() -> None:
    constraints: list[Asked] = [(Before("a", "b"), "f1"), (Before("b", "a"), "f2"), (Apart(("a", "b")), "f3")]
    sentence = "rework it with b: they must land together, and cannot as they are"
    assert held("a b", *constraints)[0] == Held("a", ("f3",), sentence)
