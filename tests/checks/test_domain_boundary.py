"""G101."""

from __future__ import annotations

from support.facts import APP, AUDIT, LIB, NOBODY, ask, change, facts, stream

from gate.checks.domain_boundary import domain_boundary
from gate.model.finding import Confidence, Finding, Location, Review, Severity
from gate.model.git import ChangeKind


def test_a_declared_stream_in_a_foreign_domain() -> None:
    known = facts(stream("agent/a", change("app/x"), change("lib/y", LIB)))
    assert ask(domain_boundary, known) == [
        Finding(
            code="G101",
            name="domain-boundary",
            kind="foreign",
            severity=Severity.WARNING,
            confidence=Confidence.CERTAIN,
            message="agent/a works for COORD_APP and changes lib/y, which is COORD_LIB's",
            branches=("agent/a",),
            locations=(Location("agent/a", "lib/y"),),
            hint="get the review of COORD_LIB, or leave it to a stream of theirs",
            constraints=(Review("agent/a", ("COORD_LIB",)),),
            identity=("COORD_LIB",),
        )
    ]


def test_an_undeclared_stream_is_reviewed_by_every_owner() -> None:
    known = facts(stream("agent/a", change("app/x"), change("lib/y", LIB), owner=None))
    found = ask(domain_boundary, known)
    assert [(one.kind, one.severity, one.constraints) for one in found] == [
        ("undeclared", Severity.NOTE, (Review("agent/a", ("COORD_APP",)),)),
        ("undeclared", Severity.NOTE, (Review("agent/a", ("COORD_LIB",)),)),
    ]
    assert found[0].message == "agent/a has no coordinator and changes app/x, which is COORD_APP's"


def test_a_coordinator_the_policy_does_not_know() -> None:
    known = facts(stream("agent/a", change("app/x"), change("app/y"), owner=None, unknown_owner="COORD_ROOT"))
    [finding] = ask(domain_boundary, known)
    assert finding.message == (
        "agent/a names COORD_ROOT as its coordinator, whom the policy does not know, and changes app/x and app/y, "
        "which are COORD_APP's"
    )


def test_both_ends_of_a_rename_count() -> None:
    moved = change("app/y", APP, ChangeKind.RENAMED, old=("lib/y", LIB))
    [finding] = ask(domain_boundary, facts(stream("agent/a", moved)))
    assert finding.locations == (Location("agent/a", "lib/y"),)


def test_every_path_is_a_location_so_that_a_waiver_must_cover_it() -> None:
    changes = [change(f"lib/{number:03}", LIB) for number in range(30)]
    [finding] = ask(domain_boundary, facts(stream("agent/a", *changes)))
    assert len(finding.locations) == 30
    assert "changes lib/000, lib/001, lib/002 and 27 more, which are" in finding.message
    assert finding.hint == "get the review of COORD_LIB, or leave these 30 paths to a stream of theirs"


def test_its_own_domain_exceptions_and_what_nobody_owns_are_not_its_business() -> None:
    changes = (change("app/x"), change("lib/audit.py", AUDIT), change("README", NOBODY))
    assert ask(domain_boundary, facts(stream("agent/a", *changes))) == []
