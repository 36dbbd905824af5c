"""Which streams land: what `order` and `held` say, one rule a test."""

from __future__ import annotations

import pytest

from gate import order
from gate.model.finding import Apart, Before, Constraint, Review
from gate.model.plan import Candidate, Limits

ANY = Limits()


def landed(candidates: list[Candidate], *constraints: Constraint) -> str:
    plan = order.plan(candidates, [(constraint, "f") for constraint in constraints], ANY)
    return " ".join(sorted(plan.order))


def streams(names: str) -> list[Candidate]:
    return [Candidate(name) for name in names.split()]


def test_nothing_to_plan() -> None:
    plan = order.plan([], [], ANY)
    assert (plan.order, plan.batches, plan.held, plan.critical_path) == ((), (), (), ())


def test_streams_without_constraints_all_land() -> None:
    assert landed(streams("a b c")) == "a b c"


def test_of_two_kept_apart_one_lands() -> None:
    assert landed(streams("a b"), Apart(("a", "b"))) == "a"


def test_of_three_kept_apart_as_a_set_two_land() -> None:
    assert landed(streams("a b c"), Apart(("a", "b", "c"))) == "a b"


def test_the_most_weight_lands_not_the_heaviest_stream() -> None:
    heavy = [Candidate("a", weight=3), Candidate("b", weight=2), Candidate("c", weight=2)]
    assert landed(heavy, Apart(("a", "b")), Apart(("a", "c"))) == "b c"


def test_of_a_clique_the_heaviest_lands() -> None:
    rivals = [Candidate(f"s{n:02}", weight=1 + n % 7) for n in range(60)]
    pairs = [Apart((one.name, other.name)) for one in rivals for other in rivals if one.name < other.name]
    assert landed(rivals, *pairs) == "s06"


def test_a_blocked_stream_is_held_with_all_that_comes_after_it() -> None:
    stale = [Candidate("a", blocked="it is stale"), *streams("b c d")]
    assert landed(stale, Before("a", "b"), Before("b", "c")) == "d"


def test_a_blocked_stream_takes_nobodys_place() -> None:
    stale = [Candidate("a", weight=9, blocked="it is stale"), Candidate("b")]
    assert landed(stale, Apart(("a", "b"))) == "b"


def test_a_stream_counts_with_all_it_draws_in() -> None:
    constraints = (Apart(("a", "x")), Before("a", "b"), Before("b", "c"))
    assert landed([*streams("a b c"), Candidate("x", weight=2)], *constraints) == "a b c"


def test_what_needs_two_rivals_never_lands() -> None:
    heavy = [*streams("a b"), Candidate("c", weight=9)]
    assert landed(heavy, Apart(("a", "b")), Before("a", "c"), Before("b", "c")) == "a"


def test_what_breaks_its_own_producer_gives_way() -> None:
    assert landed([Candidate("a"), Candidate("b", weight=9)], Apart(("a", "b")), Before("a", "b")) == "a"


def test_a_cycle_lands_whole() -> None:
    cycle = (Before("a", "b"), Before("b", "c"), Before("c", "a"))
    assert landed([*streams("a b c"), Candidate("x", weight=2)], *cycle, Apart(("b", "x"))) == "a b c"


def test_a_cycle_lands_not_at_all() -> None:
    cycle = (Before("a", "b"), Before("b", "c"), Before("c", "a"))
    assert landed([*streams("a b c"), Candidate("x", weight=4)], *cycle, Apart(("b", "x"))) == "x"


def test_a_cycle_kept_apart_from_itself_never_lands() -> None:
    assert landed(streams("a b c"), Before("a", "b"), Before("b", "a"), Apart(("a", "b"))) == "c"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Candidate("z", weight=1.5), Candidate("a", priority=9)),
        (Candidate("z", priority=1, finished=9), Candidate("a")),
        (Candidate("z", finished=1, size=9), Candidate("a", finished=2)),
        (Candidate("z", size=1), Candidate("a", size=2)),
        (Candidate("a"), Candidate("z")),
    ],
    ids=["weight", "priority", "finished", "size", "name"],
)
def test_ties_are_broken_in_this_order(one: Candidate, other: Candidate) -> None:
    assert landed([one, other], Apart(("a", "z"))) == one.name
    assert landed([other, one], Apart(("z", "a"))) == one.name


def test_of_sets_of_one_weight_the_one_with_the_best_ranked_stream_lands() -> None:
    rivals = [Candidate("a", weight=2), Candidate("b", priority=1), Candidate("c")]
    assert landed(rivals, Apart(("a", "b")), Apart(("a", "c"))) == "b c"


def test_weights_tie_in_spite_of_rounding() -> None:
    rivals = [Candidate("a", weight=0.3), Candidate("b", weight=0.1), Candidate("c", weight=0.2)]
    assert landed(rivals, Apart(("a", "b")), Apart(("a", "c"))) == "a"


def test_constraints_that_say_nothing_here_are_passed_over() -> None:
    strangers = (Apart(("a", "x")), Apart(("a", "b", "x")), Before("x", "a"), Before("b", "x"))
    itself = (Before("a", "a"), Apart(("a",)), Apart(("b", "b")), Review("a", ()))
    assert landed(streams("a b"), *strangers, *itself) == "a b"


def test_two_candidates_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        order.plan(streams("a b a"), [], ANY)
