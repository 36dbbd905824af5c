"""The places in which two versions of a file differ from a common one, and those that conflict.

Works on contents alone (libgit2's xdiff, the algorithm git merges with), so neither conflict markers, nor attributes
that change them, nor text that looks like a marker can mislead it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.git import libgit2
from gate.model.git import ConflictHunk, Lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(rb"[^\n]*\n|[^\n]+")

LARGEST = 1 << 20
"""Bytes beyond which a file's hunks are not worked out: nobody reads them, and the differ's time grows faster."""


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Lines `old` up to `old + old_count` of the common version become `new` up to `new + new_count`; from 0."""

    old: int
    old_count: int
    new: int
    new_count: int

    @property
    def end(self) -> int:
        return self.old + self.old_count


def is_text(content: bytes) -> bool:
    """Whether git would take it for text: no NUL in the first 8,000 bytes (xdiff-interface.c, `buffer_is_binary`)."""
    return b"\0" not in content[:8000]


def conflicting(base: bytes, ours: bytes, theirs: bytes) -> tuple[ConflictHunk, ...]:
    """The regions both sides change in different ways, in order; touching changes count, as they do for git.

    Empty for binary files and for files over `LARGEST`.
    """
    sides = (base, ours, theirs)
    if any(len(side) > LARGEST or not is_text(side) for side in sides):
        return ()
    ours_lines, theirs_lines = _LINE.findall(ours), _LINE.findall(theirs)
    conflicts = []
    for group in _groups(_diff(base, ours), _diff(base, theirs)):
        ours_region = _span(group, 0)
        theirs_region = _span(group, 1)
        mine, yours = _trimmed(ours_region, theirs_region, ours_lines, theirs_lines)
        if ours_lines[slice(*mine)] != theirs_lines[slice(*yours)]:
            texts = (_text(ours_lines[slice(*mine)]), _text(theirs_lines[slice(*yours)]))
            conflicts.append(ConflictHunk(_lines(mine), _lines(yours), *texts))
    return tuple(conflicts)


def lines_of(content: bytes) -> list[str]:
    """The lines of a file as git counts them, each with its newline."""
    return [_text([line]) for line in _LINE.findall(content)]


def changed_lines(old: bytes, new: bytes) -> tuple[Lines, ...]:
    """The ranges of lines of the new content that are not in the old; a pure deletion is the gap it leaves."""
    if any(len(side) > LARGEST or not is_text(side) for side in (old, new)):
        return ()
    return tuple(_lines((hunk.new, hunk.new + hunk.new_count)) for hunk in _diff(old, new))


def _diff(old: bytes, new: bytes) -> list[_Hunk]:
    return [
        _Hunk(
            hunk.old_start - (1 if hunk.old_lines else 0),
            hunk.old_lines,
            hunk.new_start - (1 if hunk.new_lines else 0),
            hunk.new_lines,
        )
        for hunk in libgit2.hunks(old, new)
    ]


def _groups(
    ours: Sequence[_Hunk], theirs: Sequence[_Hunk]
) -> Iterator[tuple[tuple[int, int, int, int], ...]]:
    """Hunks of both sides whose ranges of the common version overlap or touch.

    Each group is, for either side, (start and end of the region in the common version, shift of that side before it,
    shift after it).
    """
    shifts = [0, 0]
    queues = [list(ours), list(theirs)]
    while queues[0] and queues[1]:
        start = min(queues[0][0].old, queues[1][0].old)
        end, seen, before = start, [False, False], list(shifts)
        grew = True
        while grew:
            grew = False
            for side in (0, 1):
                while (
                    queues[side]
                    and queues[side][0].old <= end
                    and (seen[side] or queues[side][0].old >= start)
                ):
                    hunk = queues[side].pop(0)
                    end = max(end, hunk.end)
                    shifts[side] += hunk.new_count - hunk.old_count
                    seen[side] = grew = True
        if all(seen):
            yield tuple((start, end, before[side], shifts[side]) for side in (0, 1))


def _span(group: tuple[tuple[int, int, int, int], ...], side: int) -> tuple[int, int]:
    """The region's lines on one side, from 0, end excluded."""
    start, end, before, after = group[side]
    return (start + before, end + after)


def _trimmed(
    ours_region: tuple[int, int],
    theirs_region: tuple[int, int],
    ours: Sequence[bytes],
    theirs: Sequence[bytes],
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the region without the lines at its start and end on which both sides agree."""
    (start, end), (first, last) = ours_region, theirs_region
    while start < end and first < last and ours[start] == theirs[first]:
        start, first = start + 1, first + 1
    while start < end and first < last and ours[end - 1] == theirs[last - 1]:
        end, last = end - 1, last - 1
    return (start, end), (first, last)


def _lines(span: tuple[int, int]) -> Lines:
    return Lines(span[0] + 1, span[1])


def _text(lines: Sequence[bytes]) -> str:
    return b"".join(lines).decode("utf-8", "surrogateescape")
