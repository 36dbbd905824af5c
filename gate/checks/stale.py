"""G003."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Confidence, Evidence, Finding, Location, Severity
from gate.model.git import Conflicted
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts, StreamFacts
    from gate.model.git import Conflict


_NO_LINES = "(these lines are gone)"


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
            yield _finding(one, one.landing)


def _finding(one: StreamFacts, landing: Conflicted) -> Finding:
    paths = landing.paths or tuple(conflict.path for conflict in landing.conflicts)
    return Finding(
        code="G003",
        name="stale",
        severity=Severity.ERROR,
        confidence=Confidence.CERTAIN,
        message=f"{one.name} conflicts with the target in {series(paths)}",
        branches=(one.name,),
        locations=tuple(_locations(one.name, landing)),
        hint=f"bring {one.name} up to date with the target and settle the conflict there",
        evidence=tuple(_evidence(one.name, landing)),
        identity=paths,
    )


def _locations(branch: str, landing: Conflicted) -> Iterator[Location]:
    """Where each conflict lies on the stream, then the paths that git names besides."""
    told = [_location(branch, conflict) for conflict in landing.conflicts]
    yield from told
    yield from (Location(branch, path) for path in sorted({*landing.paths} - {place.path for place in told}))


def _location(branch: str, conflict: Conflict) -> Location:
    lines = conflict.hunks[0].theirs if conflict.hunks else None
    if lines is None or lines.end < lines.start:
        return Location(branch, conflict.path)
    return Location(branch, conflict.path, lines.start, lines.end)


def _evidence(branch: str, landing: Conflicted) -> Iterator[Evidence]:
    for conflict in landing.conflicts[:3]:
        for hunk in conflict.hunks[:2]:
            ours, theirs, path = hunk.ours_text or _NO_LINES, hunk.theirs_text or _NO_LINES, conflict.path
            yield Evidence(f"the target: {path}", ours, "", path, hunk.ours.start)
            yield Evidence(f"{branch}: {path}", theirs, branch, path, hunk.theirs.start)
