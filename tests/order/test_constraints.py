"""The constraints of all findings, merged and indexed by stream."""

from __future__ import annotations

from gate.model.finding import Alone, Apart, Before, Constraint, Review, Serial
from gate.order.constraints import ConstraintIndex, index_constraints


def index(*constraints: Constraint, streams: str = "abc") -> ConstraintIndex:
    numbered = [(constraint, f"f{at}") for at, constraint in enumerate(constraints)]
    return index_constraints(numbered, set(streams))


def test_equal_constraints_are_one_with_all_fingerprints() -> None:
    merged = index(Before("a", "b"), Before("a", "b"), Apart(("c", "a")), Apart(("a", "c", "a")))
    assert merged.before == {("a", "b"): {"f0", "f1"}}
    assert merged.apart == {("a", "c"): {"f2", "f3"}}


def test_everything_has_a_fixed_order() -> None:
    mixed = index(
        Before("b", "c"), Before("a", "b"), Apart(("c", "b")), Apart(("b", "a")),
        Serial(("c", "b")), Serial(("b", "a")), Alone("c"), Alone("a"),
    )  # fmt: skip
    assert list(mixed.before) == [("a", "b"), ("b", "c")]
    assert list(mixed.apart) == [("a", "b"), ("b", "c")]
    assert mixed.serial == (("a", "b"), ("b", "c"))
    assert mixed.alone == {"a", "c"}


def test_what_names_another_stream_is_dropped_and_a_serial_goes_on_without_it() -> None:
    rest = index(
        Before("a", "x"), Before("x", "a"), Apart(("a", "b", "x")), Serial(("b", "x", "a")), Alone("x")
    )
    assert rest == ConstraintIndex({}, {}, (("a", "b"),), frozenset())


def test_a_stream_has_no_constraint_on_itself() -> None:
    assert index(Before("a", "a"), Apart(("a", "a")), Review("a", ())) == ConstraintIndex(
        {}, {}, (), frozenset()
    )


def test_a_stream_knows_what_comes_directly_before_it() -> None:
    assert index(Before("a", "c"), Before("b", "c"), Before("a", "b")).predecessors() == {
        "b": ["a"],
        "c": ["a", "b"],
    }


def test_a_stream_knows_the_sets_it_is_in() -> None:
    assert index(Apart(("a", "b")), Apart(("a", "b", "c"))).sets_apart() == {
        "a": [("a", "b"), ("a", "b", "c")],
        "b": [("a", "b"), ("a", "b", "c")],
        "c": [("a", "b", "c")],
    }
