"""The best answer, to the end for few units, cut short for many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from order.landing.problems import A, B, C, D, E, problem

from gate.order.bitset import mask_of
from gate.order.landing import greedy, search

if TYPE_CHECKING:
    from gate.order.landing.selection import SelectionProblem


def test_the_worked_example() -> None:
    assert search.best(problem(3, [], {A, B}, {A, C}, values=[3, 2, 2])) == mask_of({B, C})


def test_of_a_set_the_least_unit_stays_out() -> None:
    assert search.best(problem(3, [], {A, B, C}, values=[3, 2, 1])) == mask_of({A, B})


def test_a_unit_of_two_sets_stays_out_for_both() -> None:
    built = problem(5, [], {A, B, E}, {C, D, E}, values=[3, 3, 3, 3, 4])
    assert search.best(built) == mask_of({A, B, C, D})


RING = problem(5, [], {A, B}, {B, C}, {C, D}, {D, E}, {A, E}, values=[5, 4, 4, 4, 4])


@pytest.fixture
def wrong_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start from the empty answer, so that only the search can have found what it returns."""
    monkeypatch.setattr(greedy, "starts", lambda _: iter([0]))


@pytest.mark.usefixtures("wrong_starts")
@pytest.mark.parametrize(
    ("built", "answer"),
    [
        (RING, {A, C}),
        (problem(4, [], {A, B}, {A, C}, {A, D}, values=[5, 2, 2, 2]), {B, C, D}),
        (problem(4, [], {A, B, C}, {B, C, D}, values=[4, 3, 2, 1]), {A, B, D}),
        (problem(4, [(A, B), (B, C)], {C, D}, values=[1, 1, 1, 2]), {A, B, D}),
        (problem(3, [], values=[1, 1, 1]), {A, B, C}),
    ],
    ids=["a ring", "a star", "two sets", "a chain", "nothing apart"],
)
def test_the_best_answer_is_found_from_nothing(built: SelectionProblem, answer: set[int]) -> None:
    assert search.best(built) == mask_of(answer)


@pytest.mark.usefixtures("wrong_starts")
def test_beyond_the_exact_size_swaps_still_find_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "EXACT", 4)
    assert search.best(RING) == mask_of({A, C})
    monkeypatch.setattr(search, "WORK", 1)
    assert search.best(RING) == mask_of({A, C})


def test_the_search_is_cut_short_by_the_work_and_keeps_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    spent: list[int | None] = []

    def branch(built: SelectionProblem, answer: int, tries: int | None) -> int:
        spent.append(tries)
        return branch_(built, answer, tries)

    branch_ = search._branch
    monkeypatch.setattr(search, "_branch", branch)
    search.best(RING)
    monkeypatch.setattr(search, "EXACT", 4)
    search.best(RING)
    search.best(problem(5, [], {A, B, C}, {B, C, D}))
    monkeypatch.setattr(search, "WORK", 1)
    search.best(RING)
    assert spent == [None, 200_000 // 5, 200_000 // 7, 1]


@pytest.mark.parametrize(("tries", "answer"), [(0, {B}), (1, {B}), (2, {A}), (None, {A})])
def test_a_branch_is_given_up_when_the_tries_are_spent(tries: int | None, answer: set[int]) -> None:
    pair = problem(2, [], {A, B}, values=[3, 2])
    assert search._branch(pair, mask_of({B}), tries) == mask_of(answer)


@pytest.mark.parametrize(
    ("built", "bound"),
    [
        (problem(3, [], {A, B}, {A, C}, values=[3, 2, 2]), 5),
        (problem(3, [], {A, B}, {A, C}, {B, C}, values=[3, 2, 2]), 3),
        (problem(3, [], {A, B, C}, values=[3, 2, 1]), 5),
        (problem(4, [], {A, B, C}, {B, C, D}, values=[4, 3, 2, 1]), 8),
        (problem(5, [], {A, B, C}, {C, D, E}, values=[9, 8, 7, 6, 5]), 28),
        (problem(4, [], {A, B, C}, {C, D}, values=[4, 3, 2, 1]), 9),
    ],
    ids=["a star", "a clique", "a set", "sets that overlap", "sets that share a unit", "a set with a rival"],
)
def test_the_bound_counts_one_of_a_clique_and_all_but_one_of_a_set(
    built: SelectionProblem, bound: int
) -> None:
    assert search._bound(built, built.possible, built.live_sets((0, built.possible))) == bound


def test_the_most_contested_unit_is_tried_first_and_the_best_of_equals() -> None:
    star = problem(4, [], {A, C}, {B, C}, {C, D})
    assert search._contested_unit(star, star.possible, ()) == C
    ring = problem(4, [], {A, B}, {B, C}, {C, D}, {A, D})
    assert search._contested_unit(ring, ring.possible, ()) == A
    assert search._contested_unit(ring, mask_of({A, C}), ()) is None
    assert search._contested_unit(ring, 0, ()) is None
    sets = problem(4, [], {A, B, C}, {B, C, D}, {A, D})
    assert search._contested_unit(sets, sets.possible, sets.live_sets((0, sets.possible))) == A
    assert search._contested_unit(sets, mask_of({B, C, D}), {mask_of({B, C, D})}) == B
