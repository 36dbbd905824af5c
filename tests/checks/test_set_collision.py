"""G402."""

from __future__ import annotations

from typing import Any

import pytest
from support.facts import ask, facts, stream

from gate.checks.set_collision import set_collision
from gate.model.finding import Apart, Confidence, Finding, Location, Severity
from gate.model.names import BrokenUse, Cause, Place, SetBrokenUse

NAMES = ("agent/a", "agent/b", "agent/c")
CAUSES = (
    Cause("agent/a", Place("app/files.py"), "load"),
    Cause("agent/b", Place("app/net.py"), "load"),
)


def found(order: tuple[str, ...] = NAMES, causes: tuple[Cause, ...] = CAUSES, **use: Any) -> Finding:
    given: dict[str, Any] = {
        "kind": "name",
        "producer": "agent/a and agent/b",
        "consumer": "agent/c",
        "name": "app.load",
        "changed_name": "load",
        "use_place": Place("run.py", 3),
        "change_place": Place("app/files.py"),
    }
    broken = SetBrokenUse(order, BrokenUse(**(given | use)), causes)
    [finding] = ask(set_collision, facts(*map(stream, order), set_broken_uses=(broken,)))
    return finding


def test_the_use_is_told_with_what_each_of_the_others_does() -> None:
    assert found() == Finding(
        code="G402",
        name="set-collision",
        kind="name",
        severity=Severity.ERROR,
        confidence=Confidence.CERTAIN,
        message="agent/c uses `app.load`; agent/a removes `load` from app/files.py and agent/b removes `load` "
        "from app/net.py; either alone does no harm",
        branches=("agent/c", "agent/a", "agent/b"),
        locations=(
            Location("agent/c", "run.py", 3),
            Location("agent/a", "app/files.py"),
            Location("agent/b", "app/net.py"),
        ),
        hint="land agent/a and agent/b first, then rebase agent/c and remove the use of `load` in run.py line 3, "
        "or keep `load` in one of them",
        constraints=(Apart(NAMES),),
        identity=("run.py", "app.load", "load"),
    )


def test_where_the_user_lands_before_the_last_it_is_the_last_that_follows() -> None:
    order = ("agent/c", "agent/a", "agent/b")
    finding = found(order)
    assert finding.constraints == (Apart(order),)
    assert finding.hint == (
        "land agent/c and agent/a first, then rebase agent/b and keep what run.py line 3 of agent/c uses"
    )


@pytest.mark.parametrize(
    ("use", "severity", "confidence", "apart"),
    [
        ({}, Severity.ERROR, Confidence.CERTAIN, True),
        ({"sure": False}, Severity.WARNING, Confidence.LIKELY, False),
        ({"guard": "guarded"}, Severity.WARNING, Confidence.CERTAIN, False),
        ({"guard": "typing"}, Severity.WARNING, Confidence.CERTAIN, False),
    ],
)
def test_only_what_surely_fails_is_an_error_and_holds_a_stream(
    use: dict[str, Any], severity: Severity, confidence: Confidence, apart: bool
) -> None:
    finding = found(**use)
    assert (finding.severity, finding.confidence) == (severity, confidence)
    assert bool(finding.constraints) is apart


@pytest.mark.parametrize(
    ("kind", "starts"),
    [
        ("module", "agent/c imports `app.load`; agent/a removes"),
        ("patch", "agent/c patches `app.load`; agent/a removes"),
        ("fixture", "agent/c asks for the fixture `app.load`; agent/a removes"),
        ("call", "agent/c calls `app.load`, which needs `x`, once agent/a and agent/b have landed; either"),
        (
            "override",
            "agent/c uses `app.load`, which needs `x`, once agent/a and agent/b have landed; either",
        ),
    ],
)
def test_each_kind_has_its_words(kind: str, starts: str) -> None:
    assert found(kind=kind, why="needs `x`").message.startswith(starts)


@pytest.mark.parametrize(
    ("cause", "says"),
    [
        (
            Cause("agent/a", Place("a.py"), "load", "load_all", "renamed"),
            "agent/a renames `load` to `load_all`",
        ),
        (Cause("agent/a", Place("a.py"), "load", "app.io", "moved"), "agent/a moves `load` to `app.io`"),
        (Cause("agent/a", Place("a.py")), "agent/a changes a.py"),
    ],
)
def test_what_a_stream_does(cause: Cause, says: str) -> None:
    assert f"; {says} and agent/b removes" in found(causes=(cause, CAUSES[1])).message


def test_four_together() -> None:
    finding = found((*NAMES, "agent/d"), (*CAUSES, Cause("agent/d", Place("d.py"), "load")))
    assert finding.message.endswith("; any fewer of them do no harm")
    assert finding.branches == ("agent/c", "agent/a", "agent/b", "agent/d")


def test_no_set_no_finding() -> None:
    assert ask(set_collision, facts(*map(stream, NAMES))) == []
