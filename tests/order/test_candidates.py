"""The streams of an analysis as the planner sees them, and those that its rehearsal holds."""

from __future__ import annotations

from dataclasses import replace

from support.facts import CLEAN, change, conflicted, facts, stream

from gate.model.finding import Apart, Before, Confidence, Constraint, Finding, Severity
from gate.model.git import Commit, Conflict, NotTried
from gate.model.plan import Candidate, Held, Limits, Rehearsal, RehearsalStep
from gate.model.policy import Coordinator, Policy
from gate.order.candidates import candidates, held_by_rehearsal, limits

CONFLICT = conflicted(Conflict("app/x", "content"))


def finding(
    *constraints: Constraint, code: str = "G003", branches: tuple[str, ...] = ("a",), hint: str = ""
) -> Finding:
    return Finding(
        code=code,
        name="made-up",
        severity=Severity.ERROR,
        confidence=Confidence.CERTAIN,
        message="",
        branches=branches,
        hint=hint,
        constraints=constraints,
    )


def test_a_stream_is_judged_by_its_commits_and_paths() -> None:
    known = stream("a", change("app/x"), change("app/y"), owner="COORD_LIB")
    commits = (Commit("1" * 40, (), 7), Commit("2" * 40, (), 3))
    known = replace(known, stream=replace(known.stream, commits=commits))
    assert candidates(facts(known), {}) == [
        Candidate("a", finished=7, size=2, coordinator="COORD_LIB", blocked="", because=())
    ]


def test_a_stream_that_is_only_compared_with_is_no_candidate() -> None:
    known = facts(stream("a", judged=False), stream("b"))
    assert [candidate.name for candidate in candidates(known, {})] == ["b"]


def test_errors_of_a_stream_block_it_with_their_hints() -> None:
    first, second = finding(hint="rebase it"), finding(code="G240", hint="set its parent")
    [blocked, free] = candidates(facts(stream("a"), stream("b")), {"a": (first, second)})
    assert blocked.blocked == "rebase it; set its parent"
    assert blocked.because == (first.fingerprint, second.fingerprint)
    assert (free.blocked, free.because) == ("", ())


def test_a_stream_without_a_landed_state_is_blocked() -> None:
    [blocked] = candidates(facts(stream("a", landing=CONFLICT)), {})
    assert blocked.blocked == "find out why it has no landed state"


def test_the_limits_are_those_of_the_policy() -> None:
    policy = Policy(
        max_parallel=4,
        max_coordinators=2,
        coordinators=(Coordinator("A", capacity=3), Coordinator("B"), Coordinator("C", capacity=0)),
    )
    assert limits(policy) == Limits(4, 2, (("A", 3), ("C", 0)))


def steps(**merges: object) -> Rehearsal:
    return Rehearsal("7" * 40, tuple(RehearsalStep(name, merge) for name, merge in merges.items()))  # type: ignore[arg-type]


def test_who_merged_cleanly_is_not_held() -> None:
    assert held_by_rehearsal(steps(a=CLEAN), [finding(Before("a", "b"), code="G220")]) == {}


def test_who_conflicts_at_its_turn_names_the_streams_it_conflicts_with() -> None:
    together = finding(Apart(("a", "b", "c")), code="G401", branches=("c", "a", "b"))
    assert held_by_rehearsal(steps(a=CLEAN, b=CLEAN, c=CONFLICT), [together]) == {
        "c": Held("c", (together.fingerprint,), "rebase it onto the target once a and b have landed")
    }


def test_who_conflicts_without_a_finding_is_held_all_the_same() -> None:
    assert held_by_rehearsal(steps(a=CLEAN, b=CONFLICT), []) == {
        "b": Held("b", (), "rebase it onto the target once the streams before it have landed")
    }


def test_who_could_not_be_tried_says_why() -> None:
    assert held_by_rehearsal(steps(a=NotTried("git failed")), []) == {
        "a": Held("a", (), "make it possible to try its merge: git failed")
    }


def test_who_completes_a_set_that_breaks_a_name_is_held_though_it_merges() -> None:
    broken = finding(Apart(("a", "b", "c")), code="G402", branches=("a", "b", "c"))
    again = finding(Apart(("b", "c")), code="G402", branches=("c", "b"))
    assert held_by_rehearsal(steps(a=CLEAN, b=CLEAN, c=CLEAN), [broken, again]) == {
        "c": Held(
            "c",
            (broken.fingerprint, again.fingerprint),
            "rebase it onto the target once a and b have landed",
        )
    }


def test_what_keeps_a_pair_apart_holds_nobody_here() -> None:
    assert held_by_rehearsal(steps(a=CLEAN, b=CLEAN), [finding(Apart(("a", "b")), code="G201")]) == {}
    assert held_by_rehearsal(steps(a=CLEAN, b=CLEAN), [finding(Before("a", "b"), code="G401")]) == {}
