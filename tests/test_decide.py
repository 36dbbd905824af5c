"""Findings to decisions: R2 for every pair, what becomes of each stream, and the whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from support.facts import CLEAN, POLICY, change, conflicted, facts, stream

from gate import decide
from gate.model.check import Check, Level
from gate.model.facts import Facts, PairFacts
from gate.model.finding import (
    Alone,
    Apart,
    Before,
    Confidence,
    Constraint,
    Finding,
    Location,
    Review,
    Serial,
    Severity,
    Waived,
)
from gate.model.git import Conflict, NotTried
from gate.model.plan import Held, Plan
from gate.model.policy import Policy, Waiver
from gate.model.verdict import Outcome, Pair, PairDecision, StreamDecision, StreamVerdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.git import Merge

A, B, C, D = "agent/a", "agent/b", "agent/c", "agent/d"
TODAY = date(2026, 3, 1)
BROKEN = conflicted(Conflict("app/x", "content"))


def finding(
    *constraints: Constraint,
    code: str = "G900",
    severity: Severity = Severity.WARNING,
    branches: tuple[str, ...] = (A, B),
    paths: tuple[str, ...] = (),
    waived: Waived | None = None,
) -> Finding:
    return Finding(
        code=code,
        name="made-up",
        severity=severity,
        confidence=Confidence.CERTAIN,
        message="",
        branches=branches,
        locations=tuple(Location(branches[0], path) for path in paths),
        constraints=constraints,
        identity=tuple(map(repr, constraints)),
        waived=waived,
    )


def pairs(
    *findings: Finding, merge: Merge | None = None, shared: tuple[str, ...] = (), plan: Plan | None = None
) -> list[Pair]:
    """What is decided about agent/a to agent/d; `merge` is that of agent/a and agent/b."""
    known = facts(*map(stream, (A, B, C, D)))
    if merge is not None:
        known = replace(known, pairs=(PairFacts(A, B, merge, shared),))
    return list(decide.pairs(known, findings, plan or Plan(order=(D, C, B, A))))


# R2, step by step


def test_streams_that_share_nothing_are_not_even_listed() -> None:
    assert pairs(finding(Review(A, ("COORD_LIB",)))) == []


def test_one_file_whose_merge_is_clean_is_parallel_and_says_so() -> None:
    assert pairs(merge=CLEAN, shared=("app/x", "app/y")) == [
        Pair(
            A,
            B,
            PairDecision.PARALLEL,
            "clean",
            path=(
                "same file: 2 paths (app/x and app/y); the real merge is clean",
                "integration point: none touched",
                "dependency: none",
                "side by side",
            ),
        )
    ]


def test_one_file_whose_merge_conflicts_is_serialized_before_anything_else_counts() -> None:
    asked = finding(Apart((A, B)), code="G201"), finding(Alone(A), code="G301", branches=(A,))
    first = pairs(*asked, merge=BROKEN, shared=("app/x",))[0]
    assert first == Pair(
        A,
        B,
        PairDecision.SERIALIZE,
        "conflict",
        order=(B, A),
        reasons=("G201", "G301"),
        path=("same file: 1 path (app/x); the real merge conflicts in app/x", "one at a time"),
    )


def test_a_conflict_without_a_finding_is_a_conflict_all_the_same() -> None:
    [pair] = pairs(merge=BROKEN)
    assert (pair.decision, pair.merge, pair.reasons) == (PairDecision.SERIALIZE, "conflict", ())
    assert pair.path[0] == "same file: no; the real merge conflicts in app/x"


def test_a_merge_that_could_not_be_tried_is_never_taken_for_a_clean_one() -> None:
    [pair] = pairs(merge=NotTried("git failed"), shared=("app/x",))
    assert (pair.decision, pair.merge) == (PairDecision.SERIALIZE, "not_tried")
    assert pair.path == ("same file: 1 path (app/x); the real merge could not be tried", "one at a time")


def test_at_an_integration_point_every_stream_converges() -> None:
    """Streams of which there is nothing else to say, too."""
    found = pairs(finding(Alone(B), code="G301", branches=(B,)))
    assert [(pair.first, pair.second) for pair in found] == [(A, B), (B, C), (B, D)]
    assert {pair.decision for pair in found} == {PairDecision.CONVERGE}
    assert found[0].path == ("same file: no", "integration point: G301", "everyone converges there")


def test_an_integration_point_weighs_more_than_a_dependency() -> None:
    found = pairs(finding(Before(B, A), code="G221"), finding(Alone(B), code="G301", branches=(B,)))
    assert (found[0].decision, found[0].order) == (PairDecision.CONVERGE, (B, A))


def test_a_dependency_serializes_producer_first_whatever_the_plan_says() -> None:
    [pair] = pairs(finding(Before(A, B), code="G221"), merge=CLEAN)
    assert pair == Pair(
        A,
        B,
        PairDecision.SERIALIZE,
        "clean",
        order=(A, B),
        reasons=("G221",),
        path=(
            "same file: no; the real merge is clean",
            "integration point: none touched",
            "dependency: agent/a before agent/b (G221)",
            "one at a time",
        ),
    )


def test_a_dependency_reaches_across_others() -> None:
    chain = (
        finding(Before(C, B), code="G221"),
        finding(Before(B, A), code="G220"),
        finding(Before(A, D), code="G220"),
    )
    found = {(pair.first, pair.second): pair for pair in pairs(*chain)}
    assert {key: pair.order for key, pair in found.items()} == {
        (A, B): (B, A),
        (A, C): (C, A),
        (A, D): (A, D),
        (B, C): (C, B),
        (B, D): (B, D),
        (C, D): (C, D),
    }
    assert found[A, C].path[2] == "dependency: agent/c before agent/a (by way of others)"
    assert found[A, C].reasons == ()


def test_streams_that_need_each_other_have_the_order_of_the_plan() -> None:
    [pair] = pairs(finding(Before(A, B), code="G221"), finding(Before(B, A), code="G220"))
    assert (pair.decision, pair.order) == (PairDecision.SERIALIZE, (B, A))
    assert pair.path[2] == "dependency: agent/a before agent/b and agent/b before agent/a (G220, G221)"


@pytest.mark.parametrize("asked", [Serial((A, B)), Apart((A, B))])
def test_both_write_the_same_thing(asked: Constraint) -> None:
    [pair] = pairs(finding(asked, code="G105"), merge=CLEAN)
    assert (pair.decision, pair.order) == (PairDecision.SERIALIZE, (B, A))
    assert pair.path[2:] == ("dependency: write-write (G105)", "one at a time")


def test_one_at_a_time_holds_for_any_two_of_many() -> None:
    found = pairs(finding(Serial((A, B, D)), code="G105", branches=(A, B, D)))
    assert [(pair.first, pair.second, pair.order) for pair in found] == [
        (A, B, (B, A)),
        (A, D, (D, A)),
        (B, D, (D, B)),
    ]


def test_of_three_that_only_together_conflict_any_two_are_parallel() -> None:
    assert pairs(finding(Apart((A, B, C)), code="G401", branches=(A, B, C))) == []


def test_the_order_of_a_pair_knows_what_is_held() -> None:
    plan = Plan(order=(B,), held=(Held(A, (), ""),))
    assert pairs(finding(Serial((A, B)), code="G105"), plan=plan)[0].order == (B, A)


def test_a_stream_that_the_plan_does_not_have_comes_last() -> None:
    known = facts(stream(A, judged=False), stream(B))
    [pair] = decide.pairs(known, [finding(Serial((A, B)), code="G105")], Plan(order=(B,)))
    assert pair.order == (B, A)


def test_a_conflict_at_no_path_says_so() -> None:
    [pair] = pairs(merge=conflicted())
    assert pair.path[0] == "same file: no; the real merge conflicts in a way git gives no path for"


def test_a_pair_that_was_not_merged_says_so() -> None:
    [pair] = pairs(finding(Serial((A, B)), code="G105"))
    assert pair.merge == "not_needed"


def test_every_code_behind_a_decision_is_named_once() -> None:
    found = pairs(*(finding(Serial((A, B)), code=code) for code in ("G241", "G105", "G241")))
    assert found[0].path[2] == "dependency: write-write (G105, G241)"
    found = pairs(*(finding(Alone(A), code=code, branches=(A,)) for code in ("G302", "G301")))
    assert found[0].path[1] == "integration point: G301, G302"


def test_a_waived_finding_still_keeps_streams_apart() -> None:
    asked = finding(Apart((A, B)), Review(A, ("COORD_LIB",)), waived=Waived("known"))
    assert pairs(asked, merge=BROKEN)[0].decision is PairDecision.SERIALIZE
    assert decide.constraints([asked]) == ((Apart((A, B)), asked.fingerprint),)


# Streams


def verdicts(known: Facts, *findings: Finding, plan: Plan | None = None) -> list[StreamVerdict]:
    return list(decide.streams(known, findings, plan or Plan()))


def test_what_becomes_of_a_stream() -> None:
    known = facts(*(stream(name, change("app/x")) for name in (A, B, C, D)))
    plan = Plan(held=(Held(B, ("f",), "wait for it"), Held(C, ("f",), "repair it", blocked=True)))
    reviews = (
        finding(Review(A, ("COORD_LIB",))),
        finding(Review(A, ("COORD_APP",))),
        finding(Review(C, ("COORD_APP",))),
    )
    assert verdicts(known, *reviews, plan=plan) == [
        StreamVerdict(
            A, StreamDecision.REVIEW, ("COORD_APP", "COORD_LIB"), "COORD_APP and COORD_LIB must look at it"
        ),
        StreamVerdict(B, StreamDecision.HOLD, (), "wait for it"),
        StreamVerdict(C, StreamDecision.BLOCK, ("COORD_APP",), "repair it"),
        StreamVerdict(D, StreamDecision.LAND, (), "nothing stands in its way"),
    ]


def test_a_review_by_nobody_in_particular_is_a_persons() -> None:
    [one] = verdicts(facts(stream(A)), finding(Review(A, ())))
    assert (one.decision, one.review_by, one.why) == (StreamDecision.REVIEW, (), "a person must look at it")


def test_a_stream_without_changes_lands_and_says_so() -> None:
    [one] = verdicts(facts(stream(A)))
    assert (one.decision, one.why) == (StreamDecision.LAND, "it changes nothing on the target")


def test_a_waived_review_is_not_asked_for() -> None:
    [one] = verdicts(facts(stream(A)), finding(Review(A, ("COORD_LIB",)), waived=Waived("known")))
    assert one.decision is StreamDecision.LAND


def test_a_stream_that_is_only_compared_with_has_no_verdict() -> None:
    assert [one.branch for one in verdicts(facts(stream(A), stream(B, judged=False)))] == [A]


def test_single_stream_errors_are_the_errors_of_one_stream_alone() -> None:
    error = finding(severity=Severity.ERROR, branches=(A,), code="G003")
    found = decide.single_stream_errors(
        [
            error,
            finding(severity=Severity.ERROR, branches=(A, B)),
            finding(severity=Severity.WARNING, branches=(A,)),
            finding(severity=Severity.ERROR, branches=(B,), waived=Waived("known")),
        ]
    )
    assert found == {A: (error,)}


# Severities


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ({}, Severity.WARNING),
        ({"G101": "error"}, Severity.ERROR),
        ({"G1": "note"}, Severity.NOTE),
        ({"G": "note", "G10": "error", "G1": "off"}, Severity.ERROR),
        ({"G1": "off", "G101": "note"}, Severity.NOTE),
        ({"G102": "error", "G2": "error"}, Severity.WARNING),
    ],
)
def test_the_longest_prefix_weighs_a_finding(severities: dict[str, str], expected: Severity) -> None:
    [one] = decide.weigh([finding(code="G101")], Policy(severities=severities), TODAY)
    assert one.severity is expected


@pytest.mark.parametrize("severities", [{"G101": "off"}, {"G1": "off", "G": "error"}])
def test_what_the_policy_turns_off_is_gone_unless_it_was_asked_for_by_name(
    severities: dict[str, str],
) -> None:
    policy, found = Policy(severities=severities), finding(code="G101")
    assert decide.weigh([found], policy, TODAY) == ()
    assert decide.weigh([found], policy, TODAY, named=("G1",)) == ()
    assert decide.weigh([found], policy, TODAY, named=("G101",)) == (found,)


# Waivers


def waived(waiver: Waiver, found: Finding, refs: dict[str, str] | None = None) -> bool:
    [one] = decide.weigh([found], replace(POLICY, waivers=(waiver,)), TODAY, refs=refs)
    return one.waived is not None


def test_a_waiver_gives_its_reason_and_its_end() -> None:
    policy = replace(POLICY, waivers=(Waiver("G1", "we know", expires=date(2026, 3, 1)),))
    [one] = decide.weigh([finding(code="G101")], policy, TODAY)
    assert one.waived == Waived("we know", "2026-03-01")


@pytest.mark.parametrize(
    ("expires", "holds"), [(None, True), (date(2026, 3, 1), True), (date(2026, 2, 28), False)]
)
def test_a_waiver_holds_through_its_last_day(expires: date | None, holds: bool) -> None:
    assert waived(Waiver("G900", "", expires=expires), finding()) is holds


def test_an_expired_waiver_does_not_hide_one_that_holds() -> None:
    policy = replace(POLICY, waivers=(Waiver("G900", "old", expires=date(2026, 1, 1)), Waiver("G900", "new")))
    [one] = decide.weigh([finding()], policy, TODAY)
    assert one.waived == Waived("new")


@pytest.mark.parametrize(
    ("check", "holds"), [("G900", True), ("G9", True), ("G901", False), ("G9000", False)]
)
def test_a_waiver_is_for_a_check_or_a_prefix(check: str, holds: bool) -> None:
    assert waived(Waiver(check, ""), finding()) is holds


@pytest.mark.parametrize(
    ("paths", "holds"),
    [
        (("docs/a.md",), True),
        (("docs/a.md", "docs/deep/b.md"), True),
        (("docs/a.md", "src/b.py"), False),
        ((), False),
    ],
)
def test_a_waiver_for_paths_must_cover_every_place(paths: tuple[str, ...], holds: bool) -> None:
    assert waived(Waiver("G900", "", paths=("docs/*",)), finding(paths=paths)) is holds


@pytest.mark.parametrize(
    ("branches", "holds"),
    [
        ((A,), True),
        ((A, B), True),
        ((A, "other/b"), False),
        (("refs/heads/agent/a",), True),
        ((f"x/{A}",), False),
    ],
)
def test_a_waiver_for_streams_must_cover_every_stream(branches: tuple[str, ...], holds: bool) -> None:
    assert waived(Waiver("G900", "", streams=("agent/*",)), finding(branches=branches)) is holds


def test_a_waiver_for_a_stream_holds_for_its_remote_tracking_branch() -> None:
    waiver, found = Waiver("G900", "", streams=("agent/*",)), finding(branches=("origin/agent/a",))
    assert waived(waiver, found, {"origin/agent/a": "refs/remotes/origin/agent/a"})
    assert not waived(waiver, found)


def test_paths_and_streams_must_both_hold() -> None:
    waiver = Waiver("G900", "", paths=("docs/*",), streams=(A,))
    assert waived(waiver, finding(branches=(A,), paths=("docs/a",)))
    assert not waived(waiver, finding(branches=(B,), paths=("docs/a",)))
    assert not waived(waiver, finding(branches=(A,), paths=("src/a",)))


# The whole

ERROR = finding(severity=Severity.ERROR)
WARNING = finding(severity=Severity.WARNING)
NOTE = finding(severity=Severity.NOTE)
UNCHECKED = finding(code="G002", severity=Severity.ERROR)
MISSING_REVIEW = finding(Review(A, ("COORD_LIB",)), severity=Severity.NOTE)
KNOWN = Waived("known")


@pytest.mark.parametrize(
    ("found", "fail_on", "expected"),
    [
        ([], "error", Outcome.PASS),
        ([NOTE, WARNING], "error", Outcome.PASS),
        ([ERROR], "error", Outcome.BLOCK),
        ([WARNING], "warning", Outcome.BLOCK),
        ([NOTE], "warning", Outcome.PASS),
        ([ERROR], "never", Outcome.PASS),
        ([MISSING_REVIEW], "error", Outcome.REVIEW),
        ([MISSING_REVIEW, UNCHECKED], "error", Outcome.UNKNOWN),
        ([MISSING_REVIEW, UNCHECKED, ERROR], "error", Outcome.BLOCK),
        ([ERROR, UNCHECKED], "never", Outcome.UNKNOWN),
        ([UNCHECKED], "warning", Outcome.UNKNOWN),
        ([UNCHECKED.with_severity(Severity.NOTE)], "error", Outcome.UNKNOWN),
        ([replace(ERROR, waived=KNOWN)], "error", Outcome.PASS),
        ([replace(UNCHECKED, waived=KNOWN)], "error", Outcome.PASS),
        ([replace(MISSING_REVIEW, waived=KNOWN)], "error", Outcome.PASS),
        ([replace(ERROR, waived=KNOWN), MISSING_REVIEW], "error", Outcome.REVIEW),
    ],
)
def test_the_outcome(found: list[Finding], fail_on: str, expected: Outcome) -> None:
    assert decide.outcome(found, fail_on) is expected
    assert decide.outcome(found[::-1], fail_on) is expected


def test_errors_block_unless_something_else_is_asked_for() -> None:
    assert decide.outcome([ERROR]) is Outcome.BLOCK
    assert decide.outcome([WARNING]) is Outcome.PASS


# Before and after the plan


def _ask(_: Facts) -> Iterator[Finding]:
    """Find nothing."""
    return iter(())


EARLY, LATE = Check("G201", "early", Level.TEXT, _ask), Check("G401", "late", Level.SET, _ask)
ALWAYS = Check("G002", "not-checked", Level.TRUST, _ask)


def test_checks_of_sets_are_asked_after_the_plan_and_what_was_not_checked_both_times() -> None:
    checks = (EARLY, ALWAYS, LATE)
    assert decide.of_stage(checks, after_plan=False) == (EARLY, ALWAYS)
    assert decide.of_stage(checks, after_plan=True) == (ALWAYS, LATE)


def test_what_is_found_twice_is_one_finding() -> None:
    first, again, new = ERROR, replace(ERROR, message="in other words"), finding(code="G901")
    assert decide.union([first], [again, new]) == (first, new)
