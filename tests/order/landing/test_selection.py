"""The moves that keep an answer valid."""

from __future__ import annotations

from order.landing.problems import A, B, C, D, problem

from gate.order.bitset import mask_of

ALL = mask_of({A, B, C, D})


def test_the_worth_of_units_is_the_sum_of_their_values() -> None:
    assert problem(3, [], values=[5, 3, 2]).worth(mask_of({A, C})) == 7


def test_taking_a_unit_takes_what_it_needs_and_rules_out_its_rivals() -> None:
    built = problem(4, [(A, B)], {B, C})
    assert built.take(B, (0, ALL)) == (mask_of({A, B}), mask_of({D}))
    assert built.take(A, (0, ALL)) == (mask_of({A}), mask_of({B, C, D}))


def test_what_is_taken_already_is_not_taken_again() -> None:
    built = problem(4, [(A, B)], {A, C, D})
    assert built.take(B, (mask_of({A}), mask_of({B, C, D}))) == (mask_of({A, B}), mask_of({C, D}))


def test_the_last_unit_of_a_set_is_ruled_out_with_all_that_needs_it() -> None:
    built = problem(5, [(C, D)], {A, B, C})
    taken = built.take(B, (mask_of({A}), mask_of({B, C, D})))
    assert taken == (mask_of({A, B}), 0)


def test_a_set_with_two_units_left_rules_out_nothing() -> None:
    built = problem(4, [], {A, B, C, D})
    assert built.take(B, (mask_of({A}), mask_of({B, C, D}))) == (mask_of({A, B}), mask_of({C, D}))


def test_what_would_complete_a_set_cannot_be_taken() -> None:
    built = problem(4, [(A, D), (B, D)], {A, B, C})
    assert built.take(D, (mask_of({C}), mask_of({A, B, D}))) is None


def test_dropping_a_unit_drops_what_needs_it() -> None:
    built = problem(4, [(A, B), (B, C)])
    assert built.drop(B, (mask_of({A}), mask_of({B, C, D}))) == (mask_of({A}), mask_of({D}))


def test_filling_takes_what_is_free_in_that_order() -> None:
    built = problem(4, [], {A, B}, {B, C})
    assert built.fill([B, A, C, D], (0, ALL)) == (mask_of({B, D}), 0)
    assert built.fill([A, B, C, D], (0, ALL)) == (mask_of({A, C, D}), 0)
    assert built.fill([C], (0, ALL)) == (mask_of({C}), mask_of({A, D}))


def test_filling_drops_what_cannot_be_taken() -> None:
    built = problem(4, [(A, D), (B, D)], {A, B, C})
    assert built.fill([C, D, A, B], (0, ALL)) == (mask_of({A, C}), 0)


def test_a_live_set_could_still_land_whole() -> None:
    built = problem(4, [], {A, B, C}, {B, C, D})
    assert built.live_sets((mask_of({A}), mask_of({B, C}))) == {mask_of({B, C})}
    assert built.live_sets((0, ALL)) == {mask_of({A, B, C}), mask_of({B, C, D})}
    assert built.live_sets((mask_of({A, B}), 0)) == set()
