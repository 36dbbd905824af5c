"""From the streams that land to the question of batching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.finding import Alone, Before, Constraint, Serial
from gate.model.plan import Candidate, Limits
from gate.order.batching.problem_builder import build_problem
from gate.order.constraints import index_constraints
from gate.order.units import group

if TYPE_CHECKING:
    from gate.order.batching.problem import BatchingProblem


def built(
    names: str, *constraints: Constraint, limits: Limits | None = None, **owners: str
) -> BatchingProblem:
    streams = {name: Candidate(name, coordinator=owners.get(name)) for name in names}
    index = index_constraints([(constraint, "f") for constraint in constraints], [*names, "x"])
    return build_problem(group(names, index.before), streams, index, limits or Limits())


def test_units_count_their_streams_and_coordinators() -> None:
    problem = built("abcd", Before("a", "b"), Before("b", "a"), Before("b", "c"), a="X", b="X", c="Y")
    assert problem.sizes == (2, 1, 1)
    assert problem.loads == ({"X": 2}, {"Y": 1}, {})
    assert (problem.predecessors, problem.successors) == ((0, 0b1, 0), (0b10, 0, 0))
    assert problem.tails == (2, 1, 1)


def test_neighbours_in_order_and_serial_streams_do_not_share_a_batch() -> None:
    problem = built("abcde", Before("a", "b"), Before("b", "c"), Serial(("c", "d", "x", "e")))
    assert problem.incompatible == (0b10, 0b101, 0b11010, 0b10100, 0b01100)


def test_serial_streams_of_one_unit_stay_together() -> None:
    problem = built("ab", Before("a", "b"), Before("b", "a"), Serial(("a", "b")))
    assert problem.incompatible == (0,)


def test_a_stream_that_is_asked_to_be_alone_is() -> None:
    assert built("abc", Alone("b"), Alone("x")).alone == 0b10
    assert built("abc").alone == 0


def test_a_unit_too_large_for_a_batch_is_alone() -> None:
    cycle = (Before("a", "b"), Before("b", "a"))
    assert built("abc", *cycle, limits=Limits(streams=1)).alone == 0b1
    assert built("abc", *cycle, limits=Limits(streams=2)).alone == 0
    assert built("abc", *cycle, limits=Limits(coordinators=1), a="X", b="Y").alone == 0b1
    assert (
        built("abc", *cycle, Alone("c"), limits=Limits(per_coordinator=(("X", 1),)), a="X", b="X").alone
        == 0b11
    )


def test_the_limits_are_kept() -> None:
    assert built("a", limits=Limits(streams=7)).limits == Limits(streams=7)
