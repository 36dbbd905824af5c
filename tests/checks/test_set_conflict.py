"""G401."""

from __future__ import annotations

from support.facts import ask, conflicted, facts, stream

from gate.checks.set_conflict import set_conflict
from gate.model.facts import SetConflict
from gate.model.finding import Apart, Confidence, Evidence, Finding, Location, Severity
from gate.model.git import Conflict, ConflictHunk, Lines

NAMES = ("agent/x", "agent/y", "agent/a", "agent/z")
HUNK = ConflictHunk(Lines(1, 0), Lines(4, 4), "", "name = 1\n")
CONFLICT = Conflict("app/f", "content", hunks=(HUNK,))


def found(*branches: str, conflict: Conflict = CONFLICT) -> list[Finding]:
    together = SetConflict(branches, conflicted(conflict))
    return ask(set_conflict, facts(*map(stream, branches), set_conflicts=(together,)))


def test_the_one_that_met_the_conflict_acts() -> None:
    assert found(*NAMES[:3]) == [
        Finding(
            code="G401",
            name="set-conflict",
            severity=Severity.ERROR,
            confidence=Confidence.CERTAIN,
            message="agent/a conflicts in app/f once agent/x and agent/y have landed, but with neither of them alone",
            branches=("agent/a", "agent/x", "agent/y"),
            locations=(Location("agent/a", "app/f"),),
            hint="land agent/x and agent/y first, then rebase agent/a and resolve the conflict in app/f",
            constraints=(Apart(NAMES[:3]),),
            evidence=(Evidence("agent/a: app/f", "name = 1\n", "agent/a", "app/f", 4),),
            identity=("app/f",),
        )
    ]


def test_four_together() -> None:
    [finding] = found(*NAMES)
    assert finding.message == (
        "agent/z conflicts in app/f once agent/x, agent/y and agent/a have landed, but not once any fewer of them have"
    )


def test_both_versions_are_shown_where_both_have_text() -> None:
    hunk = ConflictHunk(Lines(2, 2), Lines(4, 4), "theirs\n", "own\n")
    [finding] = found(*NAMES[:3], conflict=Conflict("app/f", "content", hunks=(hunk,)))
    assert [(one.title, one.branch, one.line, one.text) for one in finding.evidence] == [
        ("landed before: app/f", "", 2, "theirs\n"),
        ("agent/a: app/f", "agent/a", 4, "own\n"),
    ]


def test_two_streams_are_a_collision_and_told_as_such() -> None:
    assert found(*NAMES[:2]) == []


def test_a_plan_that_merges_is_no_finding() -> None:
    assert ask(set_conflict, facts(*map(stream, NAMES))) == []
