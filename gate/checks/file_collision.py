"""G201."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Evidence, Finding, Location, Severity
from gate.model.git import Conflicted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts, PairFacts
    from gate.model.git import Conflict, ConflictHunk, Lines, Version

_MOST_HUNKS = 3
_SUBMODULE = "160000"


@check("G201", "file-collision", Level.TEXT)
def file_collision(facts: Facts) -> Iterator[Finding]:
    """The real merge of two streams conflicts.

    Why: each lands cleanly alone; whichever comes second stops, and a person has to settle it. Proved by merging the two
        landed states with git itself, so renames, directory renames, attributes and merge drivers count as they will.
    Example: agent/a and agent/b both rewrite line 12 of `app/config.py`, each in its own way.
    Resolve: land the one the order names first, then bring the other up to date and keep what both meant.
    """
    for pair in facts.pairs:
        if isinstance(pair.merge, Conflicted):
            for conflict in pair.merge.conflicts:
                yield _finding(pair, conflict)


def _finding(pair: PairFacts, conflict: Conflict) -> Finding:
    first, second = pair.first, pair.second
    return Finding(
        code="G201",
        name="file-collision",
        kind=conflict.kind,
        severity=Severity.ERROR,
        confidence=Confidence.CERTAIN,
        message=f"{first} and {second} {_clash(conflict, first, second)}",
        branches=(first, second),
        locations=(_location(first, conflict, 2), _location(second, conflict, 3)),
        hint=f"land one, then bring the other up to date and settle {conflict.path} there",
        constraints=(Apart((first, second)),),
        evidence=tuple(_evidence(first, second, conflict)),
        identity=(conflict.path,),
    )


def _clash(conflict: Conflict, first: str, second: str) -> str:
    path = conflict.path
    match conflict.kind:
        case "content":
            return f"change the same lines of {path}"
        case "add/add":
            return f"both add {path}, each with other content"
        case "modify/delete":
            gone, kept = (first, second) if _side(conflict, 2) is None else (second, first)
            return f"disagree about {path}: {gone} deletes it, {kept} changes it"
        case "binary":
            return f"both change the binary file {path}"
        case "submodule":
            return f"move the submodule {path} to different commits"
        case "mode":
            return f"make {path} different kinds of file"
        case "file/directory":
            return f"disagree about {path}: a file for one, a directory for the other"
        case kind if kind.startswith("rename"):
            return f"rename around {path} in ways that do not go together ({kind})"
        case "directory-rename":
            return f"disagree about where {path} belongs: one renamed its directory"
    return f"conflict in {path}"


def _side(conflict: Conflict, stage: int) -> Version | None:
    return next((version for version in conflict.versions if version.stage == stage), None)


def _location(branch: str, conflict: Conflict, stage: int) -> Location:
    side = _side(conflict, stage)
    path = side.path if side is not None else conflict.path
    span = next(filter(None, (_span(hunk, stage) for hunk in conflict.hunks)), None)
    if side is None or span is None:
        return Location(branch, path)
    return Location(branch, path, span.start, span.end)


def _span(hunk: ConflictHunk, stage: int) -> Lines | None:
    lines = hunk.ours if stage == 2 else hunk.theirs
    return lines if lines.end >= lines.start else None


def _evidence(first: str, second: str, conflict: Conflict) -> Iterator[Evidence]:
    for branch, stage in ((first, 2), (second, 3)):
        side = _side(conflict, stage)
        if side is None:
            yield Evidence(f"{branch}: {conflict.path}", "(deleted)", branch, conflict.path)
        elif not conflict.hunks:
            yield Evidence(f"{branch}: {side.path}", _described(side), branch, side.path)
        for hunk in conflict.hunks[:_MOST_HUNKS] if side else ():
            lines, text = (hunk.ours, hunk.ours_text) if stage == 2 else (hunk.theirs, hunk.theirs_text)
            yield Evidence(f"{branch}: {side.path if side else ''}", text, branch, conflict.path, lines.start)


def _described(side: Version) -> str:
    what = "submodule commit" if side.mode == _SUBMODULE else f"file of mode {side.mode}, blob"
    return f"({what} {side.blob})"
