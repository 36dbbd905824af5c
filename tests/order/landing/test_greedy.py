"""Good answers, found fast: starts, what is built again, and swaps."""

from __future__ import annotations

from order.landing.problems import A, B, C, D, E, problem

from gate.order.bitset import mask_of
from gate.order.landing.greedy import rebuild, starts, swap


def test_the_starts_go_by_value_by_arrival_and_by_value_against_rivals() -> None:
    star = problem(4, [], {A, B}, {A, C}, {A, D}, values=[5, 3, 3, 3], arrival=[B, A, C, D])
    leaves = mask_of({B, C, D})
    assert list(starts(star)) == [mask_of({A}), mask_of({A}), leaves, leaves, leaves, leaves]


def test_a_patient_start_waits_for_what_comes_before() -> None:
    """By value C is first and pulls in B, a rival of A; a patient C waits until B had its turn, after A."""
    chain = problem(4, [(B, C)], {A, B}, values=[3, 1, 9, 1], arrival=[D, C, A, B])
    eager, patient, arrived, patiently_arrived, *_ = starts(chain)
    assert (eager, patient) == (mask_of({A, D}), mask_of({A, D}))
    assert (arrived, patiently_arrived) == (mask_of({B, C, D}), mask_of({A, D}))


def test_rivals_that_can_never_land_cost_nothing() -> None:
    """E needs both A and B, which are rivals, so it never lands: C has no rival that counts."""
    built = problem(
        5, [(A, E), (B, E)], {A, B}, {C, E}, {C, D}, values=[1, 1, 3, 2, 99], arrival=[D, C, A, B, E]
    )
    assert built.possible == mask_of({A, B, C, D})
    assert list(starts(built))[4:] == [mask_of({A, C}), mask_of({A, C})]


def test_an_answer_is_built_again_around_the_forced_units() -> None:
    built = problem(5, [], {A, B}, {B, C}, {D, E})
    assert rebuild(built, mask_of({B, D}), 0) == mask_of({B, D})
    assert rebuild(built, mask_of({B, E}), mask_of({C})) == mask_of({A, C, E})
    assert rebuild(built, 0, mask_of({E})) == mask_of({A, C, E})


def test_a_swap_is_kept_when_it_gains() -> None:
    star = problem(4, [], {A, B}, {A, C}, {A, D}, values=[5, 3, 3, 3])
    assert swap(star, mask_of({A}), 9) == mask_of({B, C, D})


def test_a_swap_that_gains_nothing_is_not_kept() -> None:
    pair = problem(2, [], {A, B}, values=[2, 2])
    assert swap(pair, mask_of({A}), 9) == mask_of({A})
    assert swap(pair, mask_of({B}), 9) == mask_of({B})


def test_swaps_go_on_until_a_whole_round_gains_nothing() -> None:
    """B gains nothing beside C, which brings in the poor rival of D; D then beats C, and only then B beats A."""
    built = problem(5, [], {A, B}, {B, D}, {D, C}, {D, E}, {C, E}, values=[3, 4, 2, 3, 4])
    assert swap(built, mask_of({A, D}), 2) == mask_of({A, D})
    assert swap(built, mask_of({A, D}), 3) == mask_of({A, E})
    assert swap(built, mask_of({A, D}), 9) == mask_of({B, E})


def test_swaps_end_when_the_tries_are_spent() -> None:
    star = problem(4, [], {A, B}, {A, C}, {A, D}, values=[5, 3, 3, 3])
    assert swap(star, mask_of({A}), 0) == mask_of({A})
    assert swap(star, mask_of({A}), 1) == mask_of({B, C, D})
