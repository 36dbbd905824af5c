"""G201."""

from __future__ import annotations

import pytest
from support.facts import CLEAN, ask, conflicted, facts, stream, version

from gate.checks.file_collision import file_collision
from gate.model.facts import PairFacts
from gate.model.finding import Apart, Confidence, Evidence, Finding, Location, Severity
from gate.model.git import Conflict, ConflictHunk, Lines, Merge, NotTried

A, B = "agent/a", "agent/b"
PATH = "app/config.py"
HUNK = ConflictHunk(Lines(12, 13), Lines(15, 15), "one\ntwo\n", "three\n")


def found(merge: Merge) -> list[Finding]:
    return ask(file_collision, facts(stream(A), stream(B), pairs=(PairFacts(A, B, merge, (PATH,)),)))


def test_it_shows_both_versions() -> None:
    conflict = Conflict(PATH, "content", versions=(version(2, PATH), version(3, PATH)), hunks=(HUNK,))
    assert found(conflicted(conflict)) == [
        Finding(
            code="G201",
            name="file-collision",
            kind="content",
            severity=Severity.ERROR,
            confidence=Confidence.CERTAIN,
            message="agent/a and agent/b change the same lines of app/config.py",
            branches=(A, B),
            locations=(Location(A, PATH, 12, 13), Location(B, PATH, 15, 15)),
            hint="land one of them, then rebase the other and keep both edits of app/config.py: "
            "lines 12-13 of agent/a and line 15 of agent/b",
            constraints=(Apart((A, B)),),
            evidence=(
                Evidence("agent/a: app/config.py", "one\ntwo\n", A, PATH, 12),
                Evidence("agent/b: app/config.py", "three\n", B, PATH, 15),
            ),
            identity=(PATH,),
        )
    ]


# A conflict as git reports it, what the message says after the streams' names, and where each stream is pointed to.
KINDS = [
    (
        Conflict("n", "add/add", versions=(version(2, "n"), version(3, "n"))),
        "both add n, each with other content",
        ("n", "n"),
    ),
    (
        Conflict("n", "modify/delete", versions=(version(1, "n"), version(3, "n"))),
        "disagree about n: agent/a deletes it, agent/b changes it",
        ("n", "n"),
    ),
    (
        Conflict("n", "modify/delete", versions=(version(1, "n"), version(2, "n"))),
        "disagree about n: agent/b deletes it, agent/a changes it",
        ("n", "n"),
    ),
    (
        Conflict("new", "rename/delete", ("old",), (version(1, "new"), version(3, "new"))),
        "disagree about old: agent/a deletes it, agent/b renames it to new",
        ("old", "new"),
    ),
    (
        Conflict("old", "rename/rename", ("x", "y"), (version(1, "old"), version(2, "x"), version(3, "y"))),
        "both rename old: agent/a to x, agent/b to y",
        ("x", "y"),
    ),
    (
        Conflict("n", "rename/rename", ("x", "y"), (version(2, "n"), version(3, "n"))),
        "both put a file at n, at least one of them by a rename",
        ("n", "n"),
    ),
    (
        Conflict("n", "rename/add", ("x",), (version(2, "n"), version(3, "n"))),
        "both put a file at n, at least one of them by a rename",
        ("n", "n"),
    ),
    (
        Conflict("new/f", "directory-rename", ("old/f",), (version(3, "new/f"),)),
        "disagree about where new/f belongs, for one adds to a directory that the other renames",
        ("new/f", "old/f"),
    ),
    (
        Conflict("n", "binary", versions=(version(2, "n"), version(3, "n"))),
        "both change the binary file n",
        ("n", "n"),
    ),
    (
        Conflict("n", "submodule", versions=(version(2, "n", "160000"), version(3, "n", "160000"))),
        "move the submodule n to different commits",
        ("n", "n"),
    ),
    (
        Conflict("n", "mode", versions=(version(2, "n", "120000"), version(3, "n"))),
        "make n different kinds of file",
        ("n", "n"),
    ),
    (
        Conflict("n", "file/directory", versions=(version(3, "n"),)),
        "disagree about n: agent/b makes it a file, agent/a a directory",
        ("n", "n"),
    ),
    (Conflict("n", "other"), "conflict in n", ("n", "n")),
]


@pytest.mark.parametrize(("conflict", "says", "paths"), KINDS, ids=lambda one: getattr(one, "kind", ""))
def test_each_kind_says_who_does_what(conflict: Conflict, says: str, paths: tuple[str, str]) -> None:
    [finding] = found(conflicted(conflict))
    assert (finding.kind, finding.message) == (conflict.kind, f"agent/a and agent/b {says}")
    assert finding.locations == (Location(A, paths[0]), Location(B, paths[1]))


@pytest.mark.parametrize(
    ("kind", "text"),
    [("modify/delete", "(deleted)"), ("rename/delete", "(deleted)"), ("file/directory", "(a directory)")],
)
def test_a_side_without_the_file_is_shown_for_what_it_is(kind: str, text: str) -> None:
    [finding] = found(conflicted(Conflict("n", kind, versions=(version(3, "n"),))))
    assert [(one.title, one.text) for one in finding.evidence] == [
        ("agent/a: n", text),
        ("agent/b: n", f"(file of mode 100644, blob {'3' * 40})"),
    ]


def test_a_side_of_which_nothing_is_known_is_not_shown() -> None:
    [finding] = found(conflicted(Conflict("new/f", "directory-rename", ("old/f",), (version(2, "new/f"),))))
    assert [one.branch for one in finding.evidence] == [A]


def test_a_submodule_is_shown_by_its_commit() -> None:
    versions = (version(2, "n", "160000"), version(3, "n", "160000"))
    [finding] = found(conflicted(Conflict("n", "submodule", versions=versions)))
    assert finding.evidence[0].text == f"(submodule commit {'2' * 40})"


def test_lines_that_a_side_deletes_are_told_as_gone() -> None:
    hunk = ConflictHunk(Lines(12, 11), Lines(12, 12), "", "kept\n")
    conflict = Conflict(PATH, "content", versions=(version(2, PATH), version(3, PATH)), hunks=(hunk,))
    [finding] = found(conflicted(conflict))
    assert finding.locations == (Location(A, PATH), Location(B, PATH, 12, 12))
    assert [one.text for one in finding.evidence] == ["(these lines are gone)", "kept\n"]


def test_no_more_than_three_hunks_are_shown() -> None:
    conflict = Conflict(PATH, "content", versions=(version(2, PATH), version(3, PATH)), hunks=(HUNK,) * 5)
    [finding] = found(conflicted(conflict))
    assert len(finding.evidence) == 6


def test_each_conflict_is_a_finding_of_its_own() -> None:
    found_ = found(conflicted(Conflict("m", "binary"), Conflict("n", "binary")))
    assert [one.locations[0].path for one in found_] == ["m", "n"]
    assert len({one.fingerprint for one in found_}) == 2


@pytest.mark.parametrize("merge", [CLEAN, NotTried("git failed")])
def test_a_merge_that_does_not_conflict_is_no_collision(merge: Merge) -> None:
    assert found(merge) == []
