"""G102."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.facts import APP, AUDIT, LIB, NOBODY, ask, change, facts, stream

from gate.checks.compliance_exception import compliance_exception
from gate.model.finding import Confidence, Finding, Location, Review, Severity
from gate.model.git import ChangeKind, Lines

if TYPE_CHECKING:
    from gate.model.facts import RoutedChange

BECAUSE = "COORD_SAFE's by exception (lib/audit*.py): the record of everything"
PATH = "lib/audit.py"
FILE, EXECUTABLE, LINK, SUBMODULE = "100644", "100755", "120000", "160000"


def found(routed: RoutedChange) -> list[Finding]:
    return ask(compliance_exception, facts(stream("agent/a", routed)))


def test_its_coordinator_must_review_it() -> None:
    assert found(change(PATH, AUDIT, lines=(Lines(3, 2), Lines(8, 9)))) == [
        Finding(
            code="G102",
            name="compliance-exception",
            kind="modified",
            severity=Severity.WARNING,
            confidence=Confidence.CERTAIN,
            message=f"agent/a changes lib/audit.py, which is {BECAUSE}",
            branches=("agent/a",),
            locations=(Location("agent/a", PATH, 8, 9),),
            hint="COORD_SAFE must review this change; no other rule and no declaration lifts that",
            constraints=(Review("agent/a", ("COORD_SAFE",)),),
            identity=(PATH, PATH, "COORD_SAFE"),
        )
    ]


@pytest.mark.parametrize(
    ("kind", "modes", "deed"),
    [
        (ChangeKind.ADDED, ("", FILE), "adds lib/audit.py"),
        (ChangeKind.ADDED, ("", LINK), "adds lib/audit.py as a symlink"),
        (ChangeKind.ADDED, ("", SUBMODULE), "adds lib/audit.py as a submodule"),
        (ChangeKind.DELETED, (FILE, ""), "deletes lib/audit.py"),
        (ChangeKind.TYPE, (FILE, LINK), "turns lib/audit.py from a file into a symlink"),
        (ChangeKind.TYPE, (SUBMODULE, FILE), "turns lib/audit.py from a submodule into a file"),
        (ChangeKind.MODE, (FILE, EXECUTABLE), "changes the mode of lib/audit.py from 100644 to 100755"),
    ],
)
def test_the_message_says_what_was_done(kind: ChangeKind, modes: tuple[str, str], deed: str) -> None:
    [finding] = found(change(PATH, AUDIT, kind, modes=modes))
    assert (finding.kind, finding.message) == (kind.value, f"agent/a {deed}, which is {BECAUSE}")


@pytest.mark.parametrize(("kind", "deed"), [(ChangeKind.RENAMED, "renames"), (ChangeKind.COPIED, "copies")])
def test_a_way_out_of_the_exception(kind: ChangeKind, deed: str) -> None:
    [finding] = found(change("app/log.py", APP, kind, old=(PATH, AUDIT)))
    assert finding.message == f"agent/a {deed} lib/audit.py to app/log.py; the old path is {BECAUSE}"
    assert [place.path for place in finding.locations] == ["app/log.py", PATH]


def test_a_way_into_the_exception() -> None:
    [finding] = found(change(PATH, AUDIT, ChangeKind.RENAMED, old=("app/log.py", APP)))
    assert finding.message == f"agent/a renames app/log.py to lib/audit.py; the new path is {BECAUSE}"


def test_a_way_from_one_exception_to_another_asks_both() -> None:
    other = replace(AUDIT, owner="COORD_LAW")
    [finding] = found(change("lib/audit_2.py", other, ChangeKind.RENAMED, old=(PATH, AUDIT)))
    assert finding.constraints == (Review("agent/a", ("COORD_LAW", "COORD_SAFE")),)
    assert finding.hint.startswith("COORD_LAW and COORD_SAFE must review")


def test_another_spelling_is_told_as_such() -> None:
    [finding] = found(change("lib/Audit.py", replace(AUDIT, folded=True)))
    assert finding.message == f"agent/a changes lib/Audit.py, which is another spelling of what is {BECAUSE}"


def test_what_stands_above_the_exception_is_told_as_such() -> None:
    [finding] = found(change("lib", AUDIT, ChangeKind.ADDED, modes=("", LINK)))
    assert finding.message == (
        "agent/a adds lib as a symlink, which takes the place of files that are COORD_SAFE's by exception "
        "(lib/audit*.py)"
    )


def test_a_pattern_that_is_the_path_is_not_repeated() -> None:
    [finding] = found(change(PATH, replace(AUDIT, pattern="/lib/audit.py", reason="")))
    assert finding.message == "agent/a changes lib/audit.py, which is COORD_SAFE's by exception"


def test_the_owners_own_stream_is_no_exception() -> None:
    assert (
        len(ask(compliance_exception, facts(stream("agent/a", change(PATH, AUDIT), owner="COORD_SAFE")))) == 1
    )


def test_directories_and_what_nobody_owns_are_no_finding() -> None:
    changes = (change("lib/x", LIB), change("README", NOBODY))
    assert ask(compliance_exception, facts(stream("agent/a", *changes))) == []
