"""G201."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Evidence, Finding, Location, Severity
from gate.model.git import Conflicted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts, PairFacts
    from gate.model.git import Conflict, ConflictHunk, ConflictVersion, Lines

_MOST_HUNKS = 3
_SUBMODULE = "160000"
_NO_LINES = "(these lines are gone)"
_ABSENT = {"modify/delete": "(deleted)", "rename/delete": "(deleted)", "file/directory": "(a directory)"}
"""What stands for the side that has no file, by kind of conflict; else there is nothing to show."""


@check("G201", "file-collision", Level.TEXT)
def file_collision(facts: Facts) -> Iterator[Finding]:
    """The real merge of two streams conflicts.

    Why: each lands cleanly alone; whichever comes second stops, and a person has to settle it. Proved by merging the
        two landed states with git itself, so renames, attributes and merge drivers count as they will.
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
    """What the two do that cannot both stand, with the streams as its subject."""
    path, (ours, theirs) = conflict.path, (_side(conflict, 2), _side(conflict, 3))
    gone, kept = (first, second) if ours is None else (second, first)
    match conflict.kind:
        case "content":
            return f"change the same lines of {path}"
        case "add/add":
            return f"both add {path}, each with other content"
        case "modify/delete":
            return f"disagree about {path}: {gone} deletes it, {kept} changes it"
        case "rename/delete":
            return f"disagree about {_before(conflict)}: {gone} deletes it, {kept} renames it to {path}"
        case "rename/rename" if ours and theirs and ours.path != theirs.path:
            return f"both rename {path}: {first} to {ours.path}, {second} to {theirs.path}"
        case "rename/rename" | "rename/add":
            return f"both put a file at {path}, at least one of them by a rename"
        case "directory-rename":
            return f"disagree about where {path} belongs, for one adds to a directory that the other renames"
        case "binary":
            return f"both change the binary file {path}"
        case "submodule":
            return f"move the submodule {path} to different commits"
        case "mode":
            return f"make {path} different kinds of file"
        case "file/directory":
            return f"disagree about {path}: {kept} makes it a file, {gone} a directory"
    return f"conflict in {path}"


def _before(conflict: Conflict) -> str:
    """The path under which the target has what one of them renames."""
    return conflict.others[0] if conflict.others else conflict.path


def _side(conflict: Conflict, stage: int) -> ConflictVersion | None:
    return next((version for version in conflict.versions if version.stage == stage), None)


def _location(branch: str, conflict: Conflict, stage: int) -> Location:
    span = next(filter(None, (_span(hunk, stage) for hunk in conflict.hunks)), None)
    path = _path(conflict, stage)
    return Location(branch, path, span.start, span.end) if span else Location(branch, path)


def _path(conflict: Conflict, stage: int) -> str:
    """Where that side's stream has the file, or had it last."""
    side = _side(conflict, stage)
    other = _side(conflict, 5 - stage)
    if (conflict.kind == "rename/delete" and side is None) or (
        conflict.kind == "directory-rename" and side is not None and other is None
    ):
        return _before(conflict)
    return side.path if side is not None else conflict.path


def _span(hunk: ConflictHunk, stage: int) -> Lines | None:
    lines = hunk.ours if stage == 2 else hunk.theirs
    return lines if lines.end >= lines.start else None


def _evidence(first: str, second: str, conflict: Conflict) -> Iterator[Evidence]:
    """Both versions of what collides."""
    for branch, stage in ((first, 2), (second, 3)):
        side, path = _side(conflict, stage), _path(conflict, stage)
        if side is None:
            if conflict.kind in _ABSENT:
                yield Evidence(f"{branch}: {path}", _ABSENT[conflict.kind], branch, path)
            continue
        for hunk in conflict.hunks[:_MOST_HUNKS]:
            lines, text = (hunk.ours, hunk.ours_text) if stage == 2 else (hunk.theirs, hunk.theirs_text)
            yield Evidence(f"{branch}: {path}", text or _NO_LINES, branch, path, lines.start)
        if not conflict.hunks:
            yield Evidence(f"{branch}: {path}", _described(side), branch, path)


def _described(side: ConflictVersion) -> str:
    """A version of which no text can be shown."""
    what = "submodule commit" if side.mode == _SUBMODULE else f"file of mode {side.mode}, blob"
    return f"({what} {side.blob})"
