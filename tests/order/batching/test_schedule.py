"""The schedules of units: by list, packed, and the fewest there can be."""

from __future__ import annotations

import pytest
from order.batching.problems import A, B, C, D, problem

from gate.model.plan import Limits
from gate.order.batching import exact, schedule
from gate.order.batching.problem import Batch
from gate.order.bitset import mask_of
from gate.order.graph import topological


def masks(*batches: set[int]) -> list[int]:
    return [mask_of(batch) for batch in batches]


def test_the_worked_example() -> None:
    built = problem(before=((A, B),), apart=((C, D),), tails=(2, 1, 1, 1), limits=Limits(streams=2))
    assert schedule.schedule(built) == masks({A, C}, {B, D})


def test_nothing_to_place_takes_no_batch() -> None:
    assert schedule.schedule(problem(units=0)) == []


def test_a_chain_takes_a_batch_a_unit() -> None:
    built = problem(before=((D, C), (C, B), (B, A)), tails=(1, 2, 3, 4))
    assert schedule.schedule(built) == masks({D}, {C}, {B}, {A})


def test_each_unit_goes_into_the_first_batch_after_its_predecessors_that_takes_it() -> None:
    built = problem(before=((A, C),), apart=((A, B), (B, C)), limits=Limits(streams=2))
    assert schedule._list_schedule(built, [A, B, C, D], built.predecessors) == masks({A, D}, {B}, {C})
    assert schedule._list_schedule(built, [B, A, D, C], built.predecessors) == masks({B, D}, {A}, {C})


def test_the_long_chain_goes_first_where_rank_needs_more_batches() -> None:
    built = problem(
        units=6,
        before=((3, 4), (4, 5)),
        tails=(1, 1, 1, 3, 2, 1),
        limits=Limits(streams=2),
    )
    assert schedule.schedule(built) == masks({0, 3}, {1, 4}, {2, 5})


def test_what_is_hardest_to_place_goes_first_where_the_others_need_more_batches() -> None:
    keys = list(schedule._priorities(problem(apart=((B, C), (B, D)), tails=(1, 1, 2, 1))))
    assert [topological([0] * 4, key) for key in keys] == [[A, B, C, D], [C, B, D, A], [B, C, D, A]]


# A crown: each of the first three may share with none of the last three but its own opposite.
CROWN = problem(
    units=6, apart=tuple((left, right) for left in range(3) for right in range(3, 6) if right != left + 3)
)


def test_the_fewest_batches_are_found() -> None:
    assert schedule.schedule(CROWN) == masks({0, 1, 2}, {3, 4, 5})
    built = problem(units=5, before=((0, 4),), apart=((1, 2), (1, 3), (2, 4)), tails=(2, 1, 1, 1, 1))
    assert schedule.schedule(built) == masks({0, 2, 3}, {1, 4})


@pytest.mark.parametrize(
    ("bound", "limit", "batches"), [(1, 3, [{A, C, D}, {B}]), (1, 2, None), (2, 2, None)]
)
def test_the_exact_search_stays_below_its_limit(
    bound: int, limit: int, batches: list[set[int]] | None
) -> None:
    found = exact.fewest(problem(apart=((A, B),)), bound, limit)
    assert found == (None if batches is None else masks(*batches))


def test_the_exact_search_begins_at_its_bound() -> None:
    found = exact.fewest(problem(), 3, 5)
    assert found == masks({A, B, C, D})


def test_the_exact_search_respects_the_order() -> None:
    built = problem(before=((D, A),), apart=((B, C), (A, B)), tails=(1, 1, 1, 2))
    assert exact.fewest(built, 2, 4) == masks({B, D}, {A, C})


def test_full_batches_take_no_further_unit() -> None:
    built = problem(apart=((A, B), (B, C)), limits=Limits(streams=3))
    start = Batch()
    assert list(exact._full_batches(built, [A, B, C, D], start)) == masks({A, C, D}, {B, D})
    assert list(exact._full_batches(built, [A, B], start)) == masks({A}, {B})


def test_packing_closes_gaps_and_keeps_the_order() -> None:
    """B had a batch of its own before C; from the end it goes beside C."""
    built = problem(units=3, before=((A, C),), tails=(2, 1, 1))
    assert schedule._pack(built, masks({A}, {B}, {C}), 2) == masks({A, B}, {C})


def test_packing_ends_at_the_bound() -> None:
    batches = masks({A}, {B}, {C})
    assert schedule._pack(problem(units=3), batches, 3) is batches


def test_many_units_are_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "EXACT", 0)
    built = problem(units=5, before=((0, 4),), apart=((1, 2), (1, 3), (2, 4)), tails=(2, 1, 1, 1, 1))
    batches = schedule.schedule(built)
    assert batches == masks({0, 1}, {2, 3}, {4})
