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
"""What is shown for the side that has no file, by kind of conflict; nothing is for other kinds."""


@check("G201", "file-collision", Level.TEXT)
def file_collision(facts: Facts) -> Iterator[Finding]:
    """The real merge of two streams conflicts.

    Why: each lands cleanly alone; whichever comes second conflicts, and a person has to resolve that. Proved by merging
        the two landed states with git itself, so renames, attributes and merge drivers count as they will.
    Example: agent/a and agent/b both rewrite line 12 of `app/config.py`, each in its own way.
    Resolve: land the stream that the order names first, then rebase the other and keep what both mean.
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
        hint=f"land one of them, then rebase the other and {_resolution(first, second, conflict)}",
        constraints=(Apart((first, second)),),
        evidence=tuple(_evidence(first, second, conflict)),
        identity=(conflict.path,),
    )


def _clash(conflict: Conflict, first: str, second: str) -> str:
    """Return what the two do that cannot both stand, with the streams as its subject."""
    path, (ours, theirs) = conflict.path, (_side(conflict, 2), _side(conflict, 3))
    remover, keeper = (first, second) if ours is None else (second, first)
    match conflict.kind:
        case "content":
            return f"change the same lines of {path}"
        case "add/add":
            return f"both add {path}, each with other content"
        case "modify/delete":
            return f"disagree about {path}: {remover} deletes it, {keeper} changes it"
        case "rename/delete":
            return f"disagree about {_before(conflict)}: {remover} deletes it, {keeper} renames it to {path}"
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
            return f"disagree about {path}: {keeper} makes it a file, {remover} a directory"
    return f"conflict in {path}"


def _resolution(first: str, second: str, conflict: Conflict) -> str:
    """Return what to do in the stream that lands second."""
    places = [
        f"{_lines(span)} of {branch}"
        for branch, stage in ((first, 2), (second, 3))
        if (span := _first_span(conflict, stage)) is not None
    ]
    if conflict.kind == "content" and len(places) == 2:
        return f"keep both edits of {conflict.path}: {' and '.join(places)}"
    return f"resolve the conflict in {conflict.path}"


def _lines(span: Lines) -> str:
    return f"line {span.start}" if span.start == span.end else f"lines {span.start}-{span.end}"


def _before(conflict: Conflict) -> str:
    """Return the path at which the target has the file that one side renames."""
    return conflict.others[0] if conflict.others else conflict.path


def _side(conflict: Conflict, stage: int) -> ConflictVersion | None:
    return next((version for version in conflict.versions if version.stage == stage), None)


def _location(branch: str, conflict: Conflict, stage: int) -> Location:
    span, path = _first_span(conflict, stage), _path(conflict, stage)
    return Location(branch, path, span.start, span.end) if span else Location(branch, path)


def _first_span(conflict: Conflict, stage: int) -> Lines | None:
    """Return the first lines that the side of this stage has in the conflict."""
    return next(filter(None, (_span(hunk, stage) for hunk in conflict.hunks)), None)


def _path(conflict: Conflict, stage: int) -> str:
    """Return where that side's stream has the file, or had it last."""
    side = _side(conflict, stage)
    opposite = _side(conflict, 5 - stage)
    if (conflict.kind == "rename/delete" and side is None) or (
        conflict.kind == "directory-rename" and side is not None and opposite is None
    ):
        return _before(conflict)
    return side.path if side is not None else conflict.path


def _span(hunk: ConflictHunk, stage: int) -> Lines | None:
    lines = hunk.ours if stage == 2 else hunk.theirs
    return lines if lines.end >= lines.start else None


def _evidence(first: str, second: str, conflict: Conflict) -> Iterator[Evidence]:
    """Yield both versions of what collides."""
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
            yield Evidence(f"{branch}: {path}", _description(side), branch, path)


def _description(side: ConflictVersion) -> str:
    """Return what stands for a version of which no text can be shown."""
    noun = "submodule commit" if side.mode == _SUBMODULE else f"file of mode {side.mode}, blob"
    return f"({noun} {side.blob})"
