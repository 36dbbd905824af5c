"""G003."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Confidence, Evidence, Finding, Location, Severity
from gate.model.git import Conflicted
from gate.model.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts, StreamFacts
    from gate.model.git import Conflict


@check("G003", "stale", Level.TEXT)
def stale(facts: Facts) -> Iterator[Finding]:
    """A stream conflicts with the target by itself.

    Why: the target has moved on since the stream left it. The stream cannot land whatever the others do, so it is kept
        out of every comparison with them: its old text would look like a collision with each.
    Example: the target rewrote `load()` yesterday; agent/a left it last week and edits the old `load()`.
    Resolve: merge or rebase the target into the stream and settle the conflict there.
    """
    for one in facts.streams:
        if isinstance(one.landing, Conflicted):
            yield _finding(facts, one, one.landing)


def _finding(facts: Facts, one: StreamFacts, landing: Conflicted) -> Finding:
    paths = landing.paths or tuple(conflict.path for conflict in landing.conflicts)
    return Finding(
        code="G003",
        name="stale",
        severity=Severity.ERROR,
        confidence=Confidence.CERTAIN,
        message=f"{one.name} conflicts with the target in {counted(len(paths), 'path')}: {listed(paths)}",
        branches=(one.name,),
        locations=tuple(_location(one.name, conflict) for conflict in landing.conflicts),
        hint=f"bring {one.name} up to date with the target and settle the conflict there",
        evidence=tuple(_evidence(one.name, facts.target.ref, landing)),
        identity=paths,
    )


def _location(branch: str, conflict: Conflict) -> Location:
    lines = conflict.hunks[0].theirs if conflict.hunks else None
    if lines is None or lines.end < lines.start:
        return Location(branch, conflict.path)
    return Location(branch, conflict.path, lines.start, lines.end)


def _evidence(branch: str, target: str, landing: Conflicted) -> Iterator[Evidence]:
    for conflict in landing.conflicts[:3]:
        for hunk in conflict.hunks[:2]:
            yield Evidence(f"{target}, {conflict.path}", hunk.ours_text, "", conflict.path, hunk.ours.start)
            yield Evidence(
                f"{branch}, {conflict.path}", hunk.theirs_text, branch, conflict.path, hunk.theirs.start
            )
