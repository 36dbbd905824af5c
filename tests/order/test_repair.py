"""A plan after its rehearsal: the lost and their dependents are held, the others stay where they were."""

from __future__ import annotations

from dataclasses import replace

from gate import order
from gate.model.finding import Apart, Before, Constraint
from gate.model.plan import Candidate, Handoff, Held, Limits, Plan

Asked = tuple[Constraint, str]


def repaired(names: str, lost: str, *constraints: Asked) -> Plan:
    made = order.plan([Candidate(name) for name in names], constraints, Limits())
    return order.repair(made, {name: lost_by_merge(name) for name in lost}, constraints)


def lost_by_merge(name: str) -> Held:
    return Held(name, ("m",), "resolve its conflict with what landed before it")


def test_nothing_lost_changes_nothing() -> None:
    constraints: list[Asked] = [(Before("a", "b"), "f"), (Apart(("b", "c")), "f")]
    made = order.plan([Candidate(name) for name in "abc"], constraints, Limits())
    assert order.repair(made, {}, constraints) == made


def test_the_lost_are_held_as_told_and_the_others_go_on() -> None:
    plan = repaired("abc", "b")
    assert (plan.order, plan.batches, plan.held) == (("a", "c"), (("a", "c"),), (lost_by_merge("b"),))


def test_what_comes_after_the_lost_is_held_however_far() -> None:
    plan = repaired("abcd", "a", (Before("a", "b"), "f1"), (Before("b", "c"), "f2"))
    assert plan.order == ("d",)
    assert plan.held[1:] == (
        Held("b", ("f1",), "land a first; it is held"),
        Held("c", ("f2",), "land b first; it is held"),
    )


def test_emptied_batches_go() -> None:
    plan = repaired("abcd", "b", (Before("a", "b"), "f1"), (Before("b", "c"), "f2"), (Before("a", "d"), "f3"))
    assert (plan.batches, plan.critical_path) == ((("a",), ("d",)), ("a", "d"))


def test_the_rest_of_a_cycle_is_held_too() -> None:
    plan = repaired("abc", "a", (Before("a", "b"), "f1"), (Before("b", "a"), "f2"))
    assert plan.order == ("c",)
    assert plan.held[1] == Held("b", ("f1", "f2"), "land a together with it; it is held")


def test_who_gave_way_to_the_lost_is_told_to_plan_again() -> None:
    plan = repaired("abc", "a", (Apart(("a", "b")), "f1"))
    assert plan.held[1] == Held("b", ("f1",), "plan again: it gave way to a, now held")


def test_who_still_has_a_rival_is_told_what_it_was() -> None:
    constraints: list[Asked] = [(Apart(("a", "d")), "f1"), (Apart(("b", "d")), "f2")]
    plan = repaired("abcd", "a", *constraints)
    assert plan.held[1] == Held("d", ("f1", "f2"), "rebase onto the target after a and b have landed")


def test_repairs_add_up() -> None:
    constraints: list[Asked] = [(Before("b", "c"), "f1"), (Apart(("a", "x")), "f2")]
    once = repaired("abcx", "a", *constraints)
    twice = order.repair(once, {"b": lost_by_merge("b")}, constraints)
    assert [held.branch for held in twice.held] == ["a", "b", "c", "x"]
    assert twice.held[0] == lost_by_merge("a")
    assert twice.held[3] == once.held[1]


def test_names_that_do_not_land_are_passed_over() -> None:
    made = order.plan([Candidate("a"), Candidate("b", blocked="stale")], [], Limits())
    assert order.repair(made, {"b": lost_by_merge("b"), "x": lost_by_merge("x")}, []) == made


def test_handoffs_are_kept() -> None:
    made = replace(order.plan([Candidate("a")], [], Limits()), handoffs=(Handoff("a", "b", ("name",)),))
    assert order.repair(made, {"a": lost_by_merge("a")}, []).handoffs == made.handoffs
