"""Relations of streams besides paths: shared commits (stacked branches), shared patches (work done twice)."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING

from gate.errors import GitFailed
from gate.git import changes, patch_ids
from gate.model.facts import DuplicateWork, NotChecked, Stack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gate.git.history import History
    from gate.git.repository import Repository
    from gate.model.git import Change, Stream

_MOST_CARRIERS = 50
"""A patch that more streams carry comes from a history rewritten under all of them; it is no work done twice."""


def related(streams: Iterable[Stream], history: History) -> tuple[frozenset[str], ...]:
    """Return the groups of streams that share a commit the target lacks, by their names."""
    every_stream = tuple(streams)
    groups = set(_holders(every_stream, history).values())
    same = {frozenset(group) for group in _names_by_head(every_stream).values()}
    return tuple(sorted((group for group in groups | same if len(group) > 1), key=sorted))


def stacks(streams: Sequence[Stream], history: History) -> tuple[Stack, ...]:
    """Return which stream is built on which, the nearest only: of a on b on c, a on c is left out.

    Two streams that forked from each other's work and both went on are a stack of no order (`exact` false).
    """
    names = _names_by_head(streams)
    below = {
        stream.name: {lower for commit in stream.commits[1:] for lower in names.get(commit.oid, ())}
        for stream in streams
    }
    sizes = {stream.name: len(stream.commits) for stream in streams}
    nearest = [
        Stack(lower, upper, sizes[lower], exact=True)
        for upper, lowers in below.items()
        for lower in lowers - {deeper for near in lowers for deeper in below[near]}
    ]
    ordered = {frozenset((upper, lower)) for upper, lowers in below.items() for lower in lowers}
    return tuple(
        sorted(
            (*nearest, *_forked(streams, history, ordered, sizes)),
            key=lambda stack: (stack.lower, stack.upper),
        )
    )


def _forked(
    streams: Sequence[Stream], history: History, ordered: set[frozenset[str]], sizes: Mapping[str, int]
) -> Iterable[Stack]:
    """Yield the pairs that share commits, neither containing the other, unless a third stream explains it."""
    shared: Counter[tuple[str, str]] = Counter()
    for carriers, count in Counter(_holders(streams, history).values()).items():
        for pair in combinations(sorted(carriers), 2):
            shared[pair] += count
    heads_of = {stream.name: stream.head for stream in streams}
    for (first, second), count in sorted(shared.items()):
        if frozenset((first, second)) in ordered or heads_of[first] == heads_of[second]:
            continue
        if not _explained(first, second, count, ordered, sizes):
            yield Stack(first, second, count, exact=False)


def _explained(
    first: str, second: str, count: int, ordered: set[frozenset[str]], sizes: Mapping[str, int]
) -> bool:
    """Return whether all they share is a third stream both are built on, which makes a stack of its own."""
    return any(
        size == count > 0 and {frozenset((name, first)), frozenset((name, second))} <= ordered
        for name, size in sizes.items()
        if name not in (first, second)
    )


def _names_by_head(streams: Iterable[Stream]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for stream in streams:
        names[stream.head].append(stream.name)
    return names


def duplicates(
    repository: Repository, streams: Sequence[Stream], history: History
) -> tuple[tuple[DuplicateWork, ...], tuple[NotChecked, ...]]:
    """Return the streams that carry one change as different commits, or are one commit under two names.

    Only commits that change the same paths can be the same patch, so only those are compared.
    """
    commits = sorted(
        {commit.oid for stream in streams for commit in stream.commits if len(commit.parents) < 2}
    )
    try:
        changed = changes.of_commits(repository, commits)
        ids = patch_ids.patch_ids(repository, _comparable(changed))
    except GitFailed as error:
        return _same_heads(streams), (NotChecked("work done twice", error.message, hint="run `git fsck`"),)
    holders = _holders(streams, history)
    groups: dict[str, list[str]] = defaultdict(list)
    for oid in commits:
        if oid in ids:
            groups[ids[oid]].append(oid)
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for group in groups.values():
        for pair, twins in _twins(group, holders):
            pairs[pair].append(twins)
    sizes = {stream.name: sum(len(commit.parents) < 2 for commit in stream.commits) for stream in streams}
    pairs_of_twins = [
        DuplicateWork(
            first=first,
            second=second,
            commits=tuple(sorted(twins)),
            whole=len({commit for commit, _ in twins}) == sizes[first]
            and len({two for _, two in twins}) == sizes[second],
            paths=tuple(sorted({change.path for commit, _ in twins for change in changed[commit]})),
        )
        for (first, second), twins in sorted(pairs.items())
    ]
    return tuple(
        sorted(
            (*pairs_of_twins, *_same_heads(streams)),
            key=lambda duplicate: (duplicate.first, duplicate.second),
        )
    ), ()


def _comparable(changed: Mapping[str, tuple[Change, ...]]) -> list[str]:
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for oid, commit_changes in changed.items():
        if commit_changes:
            groups[tuple(change.path for change in commit_changes)].append(oid)
    return [oid for group in groups.values() if len(group) > 1 for oid in group]


def _holders(streams: Sequence[Stream], history: History) -> dict[str, frozenset[str]]:
    names = _names_by_head(streams)
    return {
        oid: frozenset(name for head in heads for name in names[head])
        for oid, heads in history.carriers.items()
    }


def _twins(
    group: Sequence[str], holders: Mapping[str, frozenset[str]]
) -> Iterable[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield pairs of streams of which each has one of two commits and lacks the other, with these commits."""
    for left, right in combinations(group, 2):
        lefts, rights = holders[left] - holders[right], holders[right] - holders[left]
        if len(lefts) + len(rights) > _MOST_CARRIERS:
            continue
        for first, second in product(lefts, rights):
            yield ((first, second), (left, right)) if first < second else ((second, first), (right, left))


def _same_heads(streams: Sequence[Stream]) -> tuple[DuplicateWork, ...]:
    return tuple(
        DuplicateWork(first, second, (), whole=True)
        for stream_names in _names_by_head(stream for stream in streams if stream.commits).values()
        for first, second in combinations(sorted(stream_names), 2)
    )
