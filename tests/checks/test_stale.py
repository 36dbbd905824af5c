"""G003."""

from __future__ import annotations

from dataclasses import replace

from support.facts import ask, conflicted, facts, stream, version

from gate.checks.stale import stale
from gate.model.finding import Confidence, Evidence, Finding, Location, Severity
from gate.model.git import Conflict, ConflictHunk, Lines

HUNK = ConflictHunk(Lines(7, 7), Lines(9, 10), "new\n", "old\nolder\n")
CONTENT = Conflict("app/load.py", "content", versions=(version(2, "app/load.py"),), hunks=(HUNK,))


def test_it_shows_both_versions() -> None:
    assert ask(stale, facts(stream("agent/a", landing=conflicted(CONTENT)), stream("agent/b"))) == [
        Finding(
            code="G003",
            name="stale",
            severity=Severity.ERROR,
            confidence=Confidence.CERTAIN,
            message="agent/a conflicts with the target in app/load.py",
            branches=("agent/a",),
            locations=(Location("agent/a", "app/load.py", 9, 10),),
            hint="rebase agent/a onto the target and resolve the conflict in app/load.py",
            evidence=(
                Evidence("the target: app/load.py", "new\n", "", "app/load.py", 7),
                Evidence("agent/a: app/load.py", "old\nolder\n", "agent/a", "app/load.py", 9),
            ),
            identity=("app/load.py",),
        )
    ]


def test_lines_that_a_side_deleted_are_told_as_gone() -> None:
    hunk = ConflictHunk(Lines(7, 7), Lines(9, 8), "new\n", "")
    landing = conflicted(replace(CONTENT, hunks=(hunk,)))
    [finding] = ask(stale, facts(stream("agent/a", landing=landing)))
    assert finding.locations == (Location("agent/a", "app/load.py"),)
    assert finding.evidence[1].text == "(these lines are gone)"


def test_every_path_git_could_not_settle_is_a_location() -> None:
    landing = replace(conflicted(CONTENT), paths=("app/a.py", "app/load.py", "app/z.py"))
    [finding] = ask(stale, facts(stream("agent/a", landing=landing)))
    assert finding.message == "agent/a conflicts with the target in app/a.py, app/load.py and app/z.py"
    assert [place.path for place in finding.locations] == ["app/load.py", "app/a.py", "app/z.py"]


def test_a_stream_that_lands_is_not_stale() -> None:
    assert ask(stale, facts(stream("agent/a"))) == []
