"""G221."""

from __future__ import annotations

from support.facts import ask, facts, stream

from gate.checks.stacked import stacked
from gate.model.facts import Stack
from gate.model.finding import Before, Confidence, Finding, Severity

A, B = "agent/a", "agent/b"


def found(*stacks: Stack) -> list[Finding]:
    return ask(stacked, facts(stream(A), stream(B), stacks=stacks))


def test_the_lower_one_lands_first() -> None:
    assert found(Stack(B, A, 2, exact=True)) == [
        Finding(
            code="G221",
            name="stacked",
            kind="stacked",
            severity=Severity.NOTE,
            confidence=Confidence.CERTAIN,
            message="agent/a is built on agent/b (2 commits)",
            branches=(B, A),
            hint="land agent/b first",
            constraints=(Before(B, A),),
        )
    ]


def test_streams_that_share_commits_and_both_went_on_have_no_order() -> None:
    [finding] = found(Stack(A, B, 1, exact=False))
    assert (finding.kind, finding.constraints) == ("shared", ())
    assert finding.message == "agent/a and agent/b share 1 commit that the target lacks, and both went on"
    assert finding.hint == "whichever lands first brings the shared commits along"


def test_streams_of_their_own_are_no_finding() -> None:
    assert found() == []
