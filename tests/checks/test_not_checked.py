"""G002."""

from __future__ import annotations

from support.facts import CLEAN, ask, change, facts, stream

from gate.checks.not_checked import not_checked
from gate.model.facts import NotChecked, PairFacts
from gate.model.finding import Confidence, Finding, Severity
from gate.model.git import NotTried


def test_a_landing_that_could_not_be_tried() -> None:
    lost = stream("agent/a", landing=NotTried("it shares no history with the target"))
    assert ask(not_checked, facts(lost, stream("agent/b"))) == [
        Finding(
            code="G002",
            name="not-checked",
            severity=Severity.ERROR,
            confidence=Confidence.CERTAIN,
            message="the landing of agent/a was not checked: it shares no history with the target",
            branches=("agent/a",),
            hint="fetch the missing history if the clone lacks it; else rebase the branch onto the target",
            identity=("the landing of agent/a",),
        )
    ]


def test_a_pair_that_could_not_be_tried() -> None:
    pair = PairFacts("agent/a", "agent/b", NotTried("object 12 is missing"))
    [finding] = ask(not_checked, facts(stream("agent/a"), stream("agent/b"), pairs=(pair,)))
    assert finding.branches == ("agent/a", "agent/b")
    assert finding.message == "the merge of agent/a with agent/b was not checked: object 12 is missing"
    assert finding.hint == "remove the reason and run the gate again"


def test_what_had_to_be_checked_comes_with_its_own_hint() -> None:
    gap = NotChecked("branch x", "its commit is missing", required=True, hint="run `git fsck`")
    [finding] = ask(not_checked, facts(not_checked=(gap,)))
    assert (finding.branches, finding.hint, finding.constraints) == ((), "run `git fsck`", ())


def test_what_need_not_be_checked_is_no_finding() -> None:
    gap = NotChecked("who owns the changed paths", "the target has no gate.toml")
    pair = PairFacts("agent/a", "agent/b", CLEAN)
    known = facts(stream("agent/a", change("app/x")), stream("agent/b"), pairs=(pair,), not_checked=(gap,))
    assert ask(not_checked, known) == []
