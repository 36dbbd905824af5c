"""G001."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.facts import APP, LIB, POLICY, ask, change, facts, stream

from gate.checks.policy_changed import policy_changed
from gate.model.facts import Facts, ProtectedChange
from gate.model.finding import Confidence, Finding, Location, Review, Severity


def protected(*changes: tuple[str, str], owner: str = "COORD_OPS") -> Facts:
    return facts(
        stream("agent/a", change("lib/CODEOWNERS", LIB), change("app/x", APP)),
        policy=replace(POLICY, owner=owner),
        protected=tuple(ProtectedChange("agent/a", path, what) for path, what in changes),
    )


def test_the_owner_of_the_policy_must_review_it() -> None:
    assert ask(policy_changed, protected(("gate.toml", "policy"))) == [
        Finding(
            code="G001",
            name="policy-changed",
            kind="policy",
            severity=Severity.WARNING,
            confidence=Confidence.CERTAIN,
            message="agent/a changes the gate's policy: gate.toml",
            branches=("agent/a",),
            locations=(Location("agent/a", "gate.toml"),),
            hint="COORD_OPS must review it, best on a stream of its own",
            constraints=(Review("agent/a", ("COORD_OPS",)),),
            identity=("gate.toml",),
        )
    ]


@pytest.mark.parametrize(
    ("what", "called"),
    [
        ("owners", "the owners file"),
        ("workflow", "a workflow that runs the gate"),
        ("hooks", "a hook that runs the gate"),
    ],
)
def test_each_kind_is_named(what: str, called: str) -> None:
    [finding] = ask(policy_changed, protected(("x", what)))
    assert (finding.kind, finding.message) == (what, f"agent/a changes {called}: x")


def test_the_paths_of_a_kind_are_one_finding_wherever_they_sort() -> None:
    found = ask(policy_changed, protected(("a", "owners"), ("b", "workflow"), ("c", "owners")))
    assert [(one.kind, [place.path for place in one.locations]) for one in found] == [
        ("owners", ["a", "c"]),
        ("workflow", ["b"]),
    ]


def test_without_an_owner_of_the_policy_it_is_the_paths_own() -> None:
    [finding] = ask(policy_changed, protected(("lib/CODEOWNERS", "owners"), owner=""))
    assert finding.constraints == (Review("agent/a", ("COORD_LIB",)),)


def test_without_any_owner_it_is_a_persons() -> None:
    [finding] = ask(policy_changed, protected(("gate.toml", "policy"), owner=""))
    assert finding.constraints == (Review("agent/a", ()),)
    assert finding.hint == "a person with the right to change it must review it, best on a stream of its own"


def test_other_paths_are_no_finding() -> None:
    assert ask(policy_changed, protected()) == []
