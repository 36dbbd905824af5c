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

    Why: the target has changed since the stream left it. The stream cannot land whatever the others do, so it is not
        compared with them: its old text would look like a collision with each.
    Example: the target rewrote `load()` yesterday; agent/a left it last week and edits the old `load()`.
    Resolve: rebase the stream onto the target, or merge the target into it, and resolve the conflict.
    """
    for stream in facts.streams:
        if isinstance(stream.landing, Conflicted):
            yield _finding(stream, stream.landing)


def _finding(stream: StreamFacts, landing: Conflicted) -> Finding:
    paths = landing.paths or tuple(conflict.path for conflict in landing.conflicts)
    return Finding(
        code="G003",
        name="stale",
        severity=Severity.ERROR,
        confidence=Confidence.CERTAIN,
        message=f"{stream.name} conflicts with the target in {series(paths)}",
        branches=(stream.name,),
        locations=tuple(_locations(stream.name, landing)),
        hint=f"rebase {stream.name} onto the target and resolve the conflict in {series(paths)}",
        evidence=tuple(_evidence(stream.name, landing)),
        identity=paths,
    )


def _locations(branch: str, landing: Conflicted) -> Iterator[Location]:
    """Yield where each conflict lies on the stream, then the further paths that git names."""
    locations = [_location(branch, conflict) for conflict in landing.conflicts]
    yield from locations
    further = {*landing.paths} - {location.path for location in locations}
    yield from (Location(branch, path) for path in sorted(further))


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
