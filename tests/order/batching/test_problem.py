"""What may share a batch, and how few batches there can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from order.batching.problems import A, B, C, D, problem

from gate.model.plan import Limits
from gate.order.batching.problem import Batch, is_within
from gate.order.bitset import mask_of

if TYPE_CHECKING:
    from gate.order.batching.problem import BatchingProblem


def test_a_batch_is_opened_with_all_that_its_unit_brings() -> None:
    built = problem(sizes=(1, 3, 1, 1), loads=({}, {"X": 2}, {}, {}))
    assert built.units == 4
    assert built.open_batch(B) == Batch(mask_of({B}), 3, {"X": 2})


def test_a_batch_grows_by_streams_and_load() -> None:
    built = problem(sizes=(2, 3, 1, 1), loads=({"X": 1}, {"X": 2, "Y": 1}, {}, {}))
    assert built.add(built.open_batch(A), B) == Batch(mask_of({A, B}), 5, {"X": 3, "Y": 1})


def test_an_empty_batch_takes_any_unit() -> None:
    built = problem(alone=mask_of({A}), limits=Limits(streams=0))
    assert built.add(Batch(), A) == Batch(mask_of({A}), 1, {})


def test_incompatible_units_do_not_share_a_batch() -> None:
    built = problem(apart=((A, B),))
    assert built.add(built.open_batch(A), B) is None
    assert built.add(built.open_batch(B), A) is None
    assert built.add(built.open_batch(A), C) is not None


def test_a_unit_alone_shares_with_no_other() -> None:
    built = problem(alone=mask_of({A}))
    assert built.add(built.open_batch(A), B) is None
    assert built.add(built.open_batch(B), A) is None
    assert built.add(built.open_batch(B), C) is not None


def test_a_full_batch_takes_no_unit() -> None:
    built = problem(sizes=(1, 2, 1, 1), limits=Limits(streams=2))
    assert built.add(built.open_batch(A), B) is None
    assert built.add(built.open_batch(A), C) is not None


@pytest.mark.parametrize(
    ("batch", "limits", "within"),
    [
        (Batch(1, 3, {"X": 2, "Y": 1}), Limits(), True),
        (Batch(1, 3), Limits(streams=3), True),
        (Batch(1, 3), Limits(streams=2), False),
        (Batch(1, 0), Limits(streams=0), True),
        (Batch(1, 3, {"X": 2, "Y": 1}), Limits(coordinators=2), True),
        (Batch(1, 3, {"X": 2, "Y": 1}), Limits(coordinators=1), False),
        (Batch(1, 3, {"X": 2, "Y": 1}), Limits(per_coordinator=(("X", 2), ("Y", 1))), True),
        (Batch(1, 3, {"X": 2, "Y": 1}), Limits(per_coordinator=(("X", 2), ("Y", 0))), False),
        (Batch(1, 3, {"X": 2}), Limits(per_coordinator=(("Z", 0),)), True),
    ],
)
def test_every_limit_is_kept(batch: Batch, limits: Limits, within: bool) -> None:
    assert is_within(limits, batch) is within


ALL = mask_of({A, B, C, D})


def test_there_is_no_bound_for_no_units() -> None:
    assert problem().bound(0) == 0


@pytest.mark.parametrize(
    ("built", "units", "bound"),
    [
        (problem(), ALL, 1),
        (problem(tails=(3, 2, 1, 1)), ALL, 3),
        (problem(tails=(3, 2, 1, 1)), mask_of({B, C}), 2),
        (problem(alone=mask_of({A, B})), ALL, 3),
        (problem(alone=ALL), ALL, 4),
        (problem(alone=mask_of({A, B})), mask_of({B, C}), 2),
        (problem(apart=((A, B), (B, C), (A, C))), ALL, 3),
        (problem(apart=((A, B), (B, C), (A, C))), mask_of({A, C, D}), 2),
        (problem(apart=((A, B), (A, C), (A, D), (C, D))), ALL, 3),
        (problem(limits=Limits(streams=3)), ALL, 2),
        (problem(sizes=(2, 2, 1, 1), limits=Limits(streams=2)), ALL, 3),
        (problem(sizes=(2, 2, 1, 1), limits=Limits(streams=2)), mask_of({A, C}), 2),
        (problem(limits=Limits(streams=0)), ALL, 1),
        (problem(loads=({"X": 1}, {"Y": 1}, {"Z": 1}, {}), limits=Limits(coordinators=2)), ALL, 2),
        (
            problem(loads=({"X": 1}, {"X": 2}, {"Y": 1}, {}), limits=Limits(per_coordinator=(("X", 1),))),
            ALL,
            3,
        ),
        (
            problem(loads=({"X": 1}, {"X": 2}, {"Y": 1}, {}), limits=Limits(per_coordinator=(("Z", 1),))),
            ALL,
            1,
        ),
        (problem(apart=((A, B),), alone=mask_of({A}), limits=Limits(streams=1)), ALL, 4),
    ],
)
def test_no_schedule_has_fewer_batches_than_the_bound(built: BatchingProblem, units: int, bound: int) -> None:
    assert built.bound(units) == bound
