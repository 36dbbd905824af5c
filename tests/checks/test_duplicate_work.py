"""G005."""

from __future__ import annotations

from support.facts import ask, facts, stream

from gate.checks.duplicate_work import duplicate_work
from gate.model.facts import DuplicateWork
from gate.model.finding import Confidence, Evidence, Finding, Location, Serial, Severity

A, B = "agent/a", "agent/b"


def twins(*commits: tuple[str, str], whole: bool = False) -> list[Finding]:
    found = DuplicateWork(A, B, commits, whole, ("app/x",))
    return ask(duplicate_work, facts(stream(A), stream(B), duplicates=(found,)))


def test_one_change_on_both() -> None:
    assert twins(("c1", "c2")) == [
        Finding(
            code="G005",
            name="duplicate-work",
            kind="part",
            severity=Severity.WARNING,
            confidence=Confidence.CERTAIN,
            message="agent/a and agent/b carry the same change as different commits",
            branches=(A, B),
            locations=(Location(A, "app/x"), Location(B, "app/x")),
            hint="land one of them; rebasing the other onto the target drops it there",
            constraints=(Serial((A, B)),),
            evidence=(Evidence("the same patch", "agent/a: commit c1\nagent/b: commit c2"),),
            identity=("app/x",),
        )
    ]


def test_several_changes_on_both() -> None:
    [finding] = twins(("c1", "c2"), ("c3", "c4"))
    assert finding.message == "agent/a and agent/b carry the same 2 changes as different commits"
    assert finding.hint == "land one of them; rebasing the other onto the target drops them there"
    assert len(finding.evidence) == 2


def test_nothing_but_the_same_changes() -> None:
    [finding] = twins(("c1", "c2"), whole=True)
    assert finding.kind == "whole"
    assert finding.message == "agent/a and agent/b are the same work, as different commits"
    assert finding.hint == "close one of agent/a and agent/b"


def test_one_commit_under_two_names() -> None:
    [finding] = twins(whole=True)
    assert (finding.message, finding.evidence) == ("agent/a and agent/b are the same commit", ())


def test_no_work_is_done_twice() -> None:
    assert ask(duplicate_work, facts(stream(A), stream(B))) == []
