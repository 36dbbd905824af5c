"""What each unit needs, rules out, and may land with at all."""

from __future__ import annotations

from order.landing.problems import A, B, C, D, E, problem

from gate.order.bitset import mask_of


def test_the_worked_example() -> None:
    built = problem(5, [(A, B), (C, D), (B, E), (D, E)], {A, C})
    assert built.needs == tuple(map(mask_of, [{A}, {A, B}, {C}, {C, D}, {A, B, C, D, E}]))
    assert built.dependents == tuple(map(mask_of, [{A, B, E}, {B, E}, {C, D, E}, {D, E}, {E}]))
    assert built.rivals[:4] == tuple(map(mask_of, [{C, D, E}, {C, D, E}, {A, B, E}, {A, B, E}]))
    assert built.possible == mask_of({A, B, C, D})
    assert built.sets == ((), (), (), (), ())


def test_what_is_given_is_kept() -> None:
    built = problem(2, [(A, B)], values=[5, 3], arrival=[B, A])
    assert (built.values, built.predecessors, built.arrival) == ((5, 3), (0, mask_of({A})), (B, A))
    assert (built.rivals, built.possible) == ((0, 0), mask_of({A, B}))


def test_of_three_and_more_one_stays_out() -> None:
    built = problem(4, [], {A, B, C}, {B, C, D})
    first, second = mask_of({A, B, C}), mask_of({B, C, D})
    assert built.sets == ((first,), (first, second), (first, second), (second,))
    assert built.rivals == (0, 0, 0, 0)
    assert built.possible == mask_of({A, B, C, D})


def test_a_set_whose_unit_needs_another_of_it_is_a_pair() -> None:
    built = problem(3, [(A, B)], {A, B, C})
    assert built.rivals == (0, mask_of({C}), mask_of({B}))
    assert built.sets == ((), (), ())


def test_a_unit_that_needs_the_rest_of_its_set_never_lands() -> None:
    built = problem(4, [(A, B), (B, C)], {A, B, C})
    assert built.possible == mask_of({A, B, D})


def test_a_unit_apart_from_what_it_needs_never_lands_nor_does_what_needs_it() -> None:
    built = problem(4, [(A, B), (B, C)], {A, B})
    assert built.possible == mask_of({A, D})


def test_a_set_with_rivals_in_it_is_kept_by_them() -> None:
    built = problem(4, [], {A, B, C}, {B, C})
    assert built.sets == ((), (), (), ())
    assert built.rivals == (0, mask_of({C}), mask_of({B}), 0)


def test_a_set_with_a_unit_that_cannot_land_is_no_matter() -> None:
    built = problem(5, [(A, B)], {A, B}, {B, C, D})
    assert built.possible == mask_of({A, C, D, E})
    assert built.sets == ((), (), (), (), ())


def test_rivals_are_inherited_by_what_comes_after() -> None:
    built = problem(4, [(A, B), (B, C)], {A, D})
    assert built.rivals == (mask_of({D}), mask_of({D}), mask_of({D}), mask_of({A, B, C}))
