"""The longest chain of `Before` among what lands."""

from __future__ import annotations

from gate import order
from gate.model.finding import Before
from gate.model.plan import Candidate, Limits


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
