"""G103."""

from __future__ import annotations

from dataclasses import replace

from support.facts import APP, NOBODY, POLICY, ask, change, facts, stream

from gate.checks.unowned_path import unowned_path
from gate.model.facts import ProtectedChange
from gate.model.finding import Confidence, Finding, Location, Severity
from gate.model.git import ChangeKind
from gate.model.policy import Policy


def test_the_paths_of_a_stream_are_one_finding() -> None:
    moved = change("tools/b", NOBODY, ChangeKind.RENAMED, old=("app/b", APP))
    assert ask(unowned_path, facts(stream("agent/a", change("run", NOBODY), moved, change("app/x")))) == [
        Finding(
            code="G103",
            name="unowned-path",
            severity=Severity.WARNING,
            confidence=Confidence.CERTAIN,
            message="agent/a changes 2 paths that nobody owns: run and tools/b",
            branches=("agent/a",),
            locations=(Location("agent/a", "run"), Location("agent/a", "tools/b")),
            hint="add a domain that covers them to gate.toml",
            identity=("run", "tools/b"),
        )
    ]


def test_one_path() -> None:
    [finding] = ask(unowned_path, facts(stream("agent/a", change("run", NOBODY))))
    assert finding.message == "agent/a changes 1 path that nobody owns: run"
    assert finding.hint == "add a domain that covers it to gate.toml"


def test_what_the_gate_rests_on_is_the_policy_owners() -> None:
    policy = ProtectedChange("agent/a", "gate.toml", "policy")
    changed = stream("agent/a", change("gate.toml", NOBODY))
    assert ask(unowned_path, facts(changed, protected=(policy,))) == []
    assert len(ask(unowned_path, facts(changed, protected=(replace(policy, branch="agent/b"),)))) == 1
    nobodys = replace(POLICY, owner="")
    assert len(ask(unowned_path, facts(changed, protected=(policy,), policy=nobodys))) == 1


def test_owned_paths_are_no_finding() -> None:
    assert ask(unowned_path, facts(stream("agent/a", change("app/x")))) == []


def test_a_policy_without_rules_gives_nothing_to_anyone() -> None:
    assert ask(unowned_path, facts(stream("agent/a", change("run", NOBODY)), policy=Policy())) == []
