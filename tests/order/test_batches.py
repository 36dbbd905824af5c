"""How what lands shares batches, one rule a test."""

from __future__ import annotations

from gate import order
from gate.model.finding import Alone, Apart, Before, Constraint, Serial
from gate.model.plan import Candidate, Limits


def batches(candidates: list[Candidate], *constraints: Constraint, limits: Limits | None = None) -> list[str]:
    plan = order.plan(candidates, [(constraint, "f") for constraint in constraints], limits or Limits())
    assert plan.order == tuple(name for batch in plan.batches for name in batch)
    return [" ".join(batch) for batch in plan.batches]


def streams(names: str) -> list[Candidate]:
    return [Candidate(name) for name in names.split()]


def owned(**coordinators: str | None) -> list[Candidate]:
    return [Candidate(name, coordinator=owner) for name, owner in coordinators.items()]


def test_independent_streams_share_one_batch() -> None:
    assert batches(streams("a b c")) == ["a b c"]


def test_a_dependent_is_in_a_later_batch() -> None:
    assert batches(streams("a b c"), Before("c", "a")) == ["b c", "a"]


def test_serial_streams_land_one_at_a_time() -> None:
    assert batches(streams("a b c d"), Serial(("a", "b", "c"))) == ["a d", "b", "c"]


def test_serial_goes_on_without_a_stranger() -> None:
    assert batches(streams("a b"), Serial(("x", "b", "a"))) == ["a", "b"]


def test_alone_has_a_batch_to_itself() -> None:
    assert batches(streams("a b c d"), Alone("b"), Alone("c")) == ["a d", "b", "c"]


def test_what_is_left_of_a_set_may_share_a_batch() -> None:
    assert batches(streams("a b c"), Apart(("a", "b", "c"))) == ["a b"]


def test_a_cycle_shares_a_batch_side_by_side() -> None:
    best = [Candidate("c", priority=2), Candidate("b", priority=1), Candidate("a")]
    assert batches(best, Before("a", "c"), Before("c", "a")) == ["a c b"]


def test_a_cycle_may_be_serial_within() -> None:
    assert batches(streams("a b"), Before("a", "b"), Before("b", "a"), Serial(("a", "b"))) == ["a b"]


def test_a_batch_is_in_order_of_rank() -> None:
    ranked = [
        Candidate("f", priority=1),
        Candidate("e", finished=1),
        Candidate("d", finished=2, size=1),
        Candidate("b", finished=2, size=2),
        Candidate("c", finished=2, size=2),
    ]
    assert batches(ranked[::-1]) == ["f e d b c"]


def test_the_best_ranked_land_first_when_a_batch_is_full() -> None:
    ranked = [Candidate("a"), Candidate("b", priority=1), Candidate("c", priority=2)]
    assert batches(ranked, limits=Limits(streams=2)) == ["c b", "a"]


def test_no_more_coordinators_than_allowed() -> None:
    assert batches(owned(a="X", b="Y", c="X", d="Z"), limits=Limits(coordinators=2)) == ["a b c", "d"]


def test_a_stream_without_coordinator_counts_for_none() -> None:
    assert batches(owned(a="X", b=None, c=None), limits=Limits(coordinators=1)) == ["a b c"]


def test_no_more_streams_of_a_coordinator_than_allowed() -> None:
    limits = Limits(per_coordinator=(("X", 2), ("Y", 1)))
    assert batches(owned(a="X", b="X", c="X", d="Y", e="Y", f="Z"), limits=limits) == ["a b d f", "c e"]


def test_a_cycle_too_large_for_a_batch_has_one_to_itself() -> None:
    cycle = (Before("a", "b"), Before("b", "c"), Before("c", "a"))
    assert batches(streams("a b c d"), *cycle, limits=Limits(streams=2)) == ["a b c", "d"]


def test_no_room_at_all_means_one_by_one() -> None:
    assert batches(streams("a b"), limits=Limits(streams=0)) == ["a", "b"]


def test_fewest_batches_where_the_order_of_rank_would_need_more() -> None:
    constraints = (Serial(("b", "c")), Serial(("b", "d")), Serial(("c", "e")), Before("a", "e"))
    assert batches(streams("a b c d e"), *constraints) == ["a c d", "b e"]


def test_a_long_chain_starts_first() -> None:
    chain = (Before("x", "y"), Before("y", "z"))
    assert batches(streams("a b c x y z"), *chain, limits=Limits(streams=2)) == ["a x", "b y", "c z"]
