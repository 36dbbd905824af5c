"""The longest chain of `Before` among what lands, and from each unit to the end."""

from __future__ import annotations

import pytest

from gate import order
from gate.model.finding import Before
from gate.model.plan import Candidate, Limits
from gate.order.chain import critical_path, tails
from gate.order.units import group


def path(names: str, *edges: str, blocked: str = "") -> str:
    candidates = [Candidate(name, blocked="stale" if name in blocked else "") for name in names]
    constraints = [(Before(edge[0], edge[1]), "f") for edge in edges]
    return "".join(order.plan(candidates, constraints, Limits()).critical_path)


def test_nothing_comes_before_anything() -> None:
    assert path("abc") == ""


def test_the_longest_chain_is_named_first_to_last() -> None:
    assert path("abcde", "ca", "ab", "de") == "cab"


def test_of_two_chains_the_one_that_lands_first() -> None:
    assert path("abcd", "cd", "ab") == "ab"


def test_what_is_held_is_no_part_of_it() -> None:
    assert path("abcde", "ab", "bc", "de", blocked="b") == "de"


def test_a_cycle_is_one_link() -> None:
    assert path("abcd", "ab", "ba", "bc") == "abc"
    assert path("abc", "bc", "cb") == "bc"


@pytest.mark.parametrize(
    ("edges", "lengths"),
    [
        ("", (1, 1, 1, 1, 1)),
        ("ab", (2, 1, 1, 1, 1)),
        ("ab bc cd de", (5, 4, 3, 2, 1)),
        ("ed dc cb ba", (1, 2, 3, 4, 5)),
        ("ac bc cd ce", (3, 3, 2, 1, 1)),
        # the longer way counts, whichever edge is named first
        ("ae ab bc cd de", (5, 4, 3, 2, 1)),
        ("ab bc cd de ae", (5, 4, 3, 2, 1)),
        ("ac bd de", (2, 3, 1, 2, 1)),
    ],
)
def test_a_tail_is_the_longest_chain_from_a_unit_to_the_end(edges: str, lengths: tuple[int, ...]) -> None:
    assert tails(group("abcde", [(edge[0], edge[1]) for edge in edges.split()])) == lengths


def test_a_cycle_counts_once_in_a_tail() -> None:
    units = group("abcd", [("a", "b"), ("b", "a"), ("b", "c"), ("c", "d")])
    assert units.streams == (("a", "b"), ("c",), ("d",))
    assert tails(units) == (3, 2, 1)


def test_the_chain_goes_on_with_the_longest_one_left() -> None:
    assert path("abcdef", "ab", "ac", "cd", "de", "bf") == "acde"
    assert path("abcdef", "ac", "ab", "bd", "de", "cf") == "abde"


def test_of_equally_long_ways_on_the_one_that_lands_first() -> None:
    assert path("abcde", "ab", "ac", "be", "cd") == "abe"


def test_of_equally_long_chains_the_one_that_starts_with_more_streams() -> None:
    assert path("abcdef", "ab", "de", "ed", "df") == "def"


def test_streams_that_do_not_land_are_passed_over() -> None:
    assert critical_path("ab", [("a", "x"), ("x", "b"), ("a", "b")]) == ("a", "b")
    assert critical_path("", [("a", "b")]) == ()
