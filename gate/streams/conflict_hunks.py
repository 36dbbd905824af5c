"""The hunks of a conflict, in both versions, and where they lie."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gate.errors import GitFailed
from gate.git import hunks
from gate.model.git import Conflicted, ConflictHunk, Lines

if TYPE_CHECKING:
    from gate.git.objects import Objects
    from gate.model.git import Conflict, ConflictVersion, Merge

MOST_CONFLICTS = 50
"""Conflicts of one merge whose hunks are worked out; the others keep their paths."""
MOST_HUNKS = 20
"""Hunks kept of one conflict: nobody reads more, and a generated file can have thousands."""
_NOTHING = Lines(1, 0)


def with_hunks(objects: Objects, merge: Merge) -> Merge:
    """Return the merge with hunks in its first text conflicts, except those of binary or huge files."""
    if not isinstance(merge, Conflicted):
        return merge
    shown, hidden = merge.conflicts[:MOST_CONFLICTS], merge.conflicts[MOST_CONFLICTS:]
    return replace(merge, conflicts=(*(_conflict(objects, conflict) for conflict in shown), *hidden))


def _conflict(objects: Objects, conflict: Conflict) -> Conflict:
    sides: dict[int, ConflictVersion] = {}
    for version in conflict.versions:
        sides.setdefault(version.stage, version)
    base, ours, theirs = (_content(objects, sides.get(stage)) for stage in (1, 2, 3))
    if base is None or ours is None or theirs is None:
        return conflict
    if 2 in sides and 3 in sides:
        conflict_hunks = hunks.conflicting(base, ours, theirs)
    else:
        conflict_hunks = _one_side(base, ours, theirs, first=2 in sides)
    return replace(conflict, hunks=conflict_hunks[:MOST_HUNKS])


def _one_side(base: bytes, ours: bytes, theirs: bytes, *, first: bool) -> tuple[ConflictHunk, ...]:
    """Return what the remaining side changed, where the other side removed the file."""
    kept = ours if first else theirs
    lines = hunks.lines_of(kept)
    conflict_hunks = []
    for span in hunks.changed_lines(base, kept):
        text = "".join(lines[span.start - 1 : span.end])
        conflict_hunks.append(
            ConflictHunk(span, _NOTHING, text, "") if first else ConflictHunk(_NOTHING, span, "", text)
        )
    return tuple(conflict_hunks)


def _content(objects: Objects, version: ConflictVersion | None) -> bytes | None:
    """Return a version's content, empty where there is no version; None when it is no file, damaged or too large."""
    if version is None:
        return b""
    if not version.mode.startswith("100"):
        return None
    try:
        return objects.blob(version.blob, hunks.LARGEST)
    except GitFailed:
        return None
