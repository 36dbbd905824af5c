"""Streams that can only land together are a unit; units are numbered by rank."""

from __future__ import annotations

import pytest

from gate.model.plan import Candidate
from gate.order.units import Units, group, rank


def test_a_stream_is_a_unit_by_itself() -> None:
    assert group("ba", []) == Units((("b",), ("a",)), {"b": 0, "a": 1}, (0, 0))


def test_edges_are_masks_of_predecessors() -> None:
    units = group("abcd", [("a", "c"), ("b", "c"), ("c", "d")])
    assert units.predecessors == (0, 0, 0b11, 0b100)
    assert sorted(units.edges()) == [(0, 2), (1, 2), (2, 3)]
    assert units.successors() == (0b100, 0b100, 0b1000, 0)


def test_a_cycle_is_one_unit_at_the_place_of_its_first_stream() -> None:
    units = group("dcba", [("a", "c"), ("c", "a"), ("a", "b"), ("d", "c")])
    assert units.streams == (("d",), ("a", "c"), ("b",))
    assert units.number == {"d": 0, "a": 1, "c": 1, "b": 2}
    assert units.predecessors == (0, 0b1, 0b10)


def test_edges_to_other_streams_do_not_count() -> None:
    assert group("ab", [("a", "x"), ("x", "b")]).predecessors == (0, 0)


def test_streams_of_one_unit_have_one_number() -> None:
    units = group("abc", [("a", "b"), ("b", "a")])
    assert units.numbers("ab") == {0}
    assert units.numbers("bc") == {0, 1}


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (Candidate("b", priority=2, finished=9), Candidate("a", priority=1)),
        (Candidate("b", finished=1, size=9), Candidate("a", finished=2)),
        (Candidate("b", size=1), Candidate("a", size=2)),
        (Candidate("a"), Candidate("b")),
    ],
    ids=["priority", "finished", "size", "name"],
)
def test_ranks_tie_in_this_order(first: Candidate, then: Candidate) -> None:
    assert rank(first) < rank(then)
