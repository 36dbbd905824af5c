"""The pairs of streams that can conflict at all: an inverted index over what each stream touches.

Two landed states have the target as their common ancestor, so a merge of them can only conflict when both touch one
path (its old or its new name), when one has a file where the other has a directory, when one empties a directory (or
moves all of it elsewhere) into which the other puts a file, or when they share history beyond the target, which gives
the merge another common ancestor. Every pair that does not is parallel as text without a merge.

Example: a renames `lib/` to `core/`; b adds `lib/new.py`. They share no path, but git moves b's file along with a's
directory, and asks: the pair is a candidate because a emptied `lib` and b adds to it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from gate.model.git import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gate.model.git import Change

Pair = tuple[str, str]
_ARRIVES = (ChangeKind.ADDED, ChangeKind.RENAMED, ChangeKind.COPIED)
_LEAVES = (ChangeKind.DELETED, ChangeKind.RENAMED)


@dataclass(frozen=True, slots=True)
class Touched:
    """The paths one stream touches: all, those that appear, and those that disappear."""

    paths: frozenset[str]
    arriving: frozenset[str]
    leaving: frozenset[str]


def touched(changes: Iterable[Change]) -> Touched:
    """Return what a landing change touches. The source of a copy is not touched."""
    listed_changes = tuple(changes)
    arriving = frozenset(change.path for change in listed_changes if change.kind in _ARRIVES)
    leaving = frozenset(
        change.old_path if change.kind is ChangeKind.RENAMED and change.old_path else change.path
        for change in listed_changes
        if change.kind in _LEAVES
    )
    return Touched(frozenset(change.path for change in listed_changes) | leaving, arriving, leaving)


def candidates(
    streams: Mapping[str, Touched],
    related: Iterable[frozenset[str]],
    is_absent: Callable[[str, str], bool],
) -> dict[Pair, tuple[str, ...]]:
    """Return the pairs worth merging, each sorted by name, with the paths both touch.

    `related` are groups of streams that share a commit; `is_absent(stream, directory)` says whether the directory
    is missing from that stream's landed state.
    """
    shared: dict[Pair, list[str]] = defaultdict(list)
    for path, names in _by_path(streams).items():
        for pair in combinations(sorted(names), 2):
            shared[pair].append(path)
    for pair in (*_nested(streams), *_emptied(streams, is_absent), *_related(related)):
        shared.setdefault(pair, [])
    return {pair: tuple(sorted(shared[pair])) for pair in sorted(shared)}


def _by_path(streams: Mapping[str, Touched]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for name, stream in streams.items():
        for path in stream.paths:
            index[path].append(name)
    return index


def _nested(streams: Mapping[str, Touched]) -> Iterator[Pair]:
    """Yield pairs in which one has a file at a path below which the other has files."""
    files = _by_path(streams)
    for directory, names in _by_directory(streams, lambda stream: stream.paths).items():
        if directory in files:
            yield from _across(files[directory], names)


def _emptied(streams: Mapping[str, Touched], is_absent: Callable[[str, str], bool]) -> Iterator[Pair]:
    """Yield pairs in which one takes the last file out of a directory into which the other puts one."""
    leaving = _by_directory(streams, lambda stream: stream.leaving)
    arriving = _by_directory(streams, lambda stream: stream.arriving)
    for directory in sorted(leaving.keys() & arriving.keys()):
        others = arriving[directory]
        for name in sorted(leaving[directory]):
            if others != {name} and is_absent(name, directory):
                yield from _across([name], others)


def _by_directory(
    streams: Mapping[str, Touched], wanted: Callable[[Touched], Iterable[str]]
) -> dict[str, set[str]]:
    index: dict[str, set[str]] = defaultdict(set)
    for name, stream in streams.items():
        for directory in {directory for path in wanted(stream) for directory in directories(path)}:
            index[directory].add(name)
    return index


def directories(path: str) -> Iterator[str]:
    """Yield the directories a path lies in, the nearest first, without the root."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _related(groups: Iterable[frozenset[str]]) -> Iterator[Pair]:
    for group in groups:
        yield from combinations(sorted(group), 2)


def _across(some: Sequence[str], others: Iterable[str]) -> Iterator[Pair]:
    for first in some:
        for second in others:
            if first != second:
                yield min(first, second), max(first, second)
