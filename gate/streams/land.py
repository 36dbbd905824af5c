"""What each stream becomes when it lands alone, and what that changes, routed to its owners."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from gate import route
from gate.errors import GitFailed
from gate.git import changes, hunks, states
from gate.model.facts import NotChecked, RoutedChange, StreamFacts
from gate.model.git import Clean, Conflicted, NotTried
from gate.model.policy import Route, RuleKind
from gate.streams import copies
from gate.streams.conflict_hunks import with_hunks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.git.merges import Merger
    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.model.git import Change, Lines, Merge, Stream, Target
    from gate.model.policy import Policy
    from gate.streams.discover import Streams

_NO_FILE = ("120000", "160000")
"""Modes of symlinks and submodules: what takes a directory's place with everything below it."""


def land(
    repository: Repository, merger: Merger, objects: Objects, target: Target, policy: Policy, found: Streams
) -> tuple[tuple[StreamFacts, ...], tuple[NotChecked, ...]]:
    """The landed state of every stream, with its routed changes."""
    landings: dict[str, Merge] = {}
    for stream in found.streams:
        damage = found.history.damaged.get(stream.head)
        landings[stream.name] = (
            NotTried(damage)
            if damage
            else states.landed(repository, merger, objects, target, stream, policy.landing)
        )
    trees = _trees(objects, target, found.streams, landings)
    changed, notes = _changes(repository, trees)
    try:
        changed = copies.of_exceptions(repository, objects, policy, target.tree, trees, changed)
    except GitFailed as error:
        notes.append(
            NotChecked("copies of exception files", error.message, required=True, hint="run `git fsck`")
        )
    facts = []
    for stream in found.streams:
        owner, declared_by, unknown = _owner(stream, policy)
        own = changed.get(stream.name, ())
        routed = tuple(one for change in own for one in _routed(change, policy, objects))
        landing = with_hunks(objects, landings[stream.name])
        facts.append(StreamFacts(stream, landing, routed, owner, declared_by, unknown))
    return tuple(facts), tuple(notes)


def _trees(
    objects: Objects, target: Target, streams: Sequence[Stream], landings: Mapping[str, Merge]
) -> dict[str, tuple[str, str]]:
    """The two trees that show what a stream changes: those of its landing, or, when it is stale, of its own work."""
    found = {}
    for stream in streams:
        match landings[stream.name]:
            case Clean(tree=tree):
                found[stream.name] = (target.tree, tree)
            case Conflicted():
                own = [objects.info(f"{oid}^{{tree}}") for oid in (stream.merge_base, stream.head)]
                old, new = (info.oid if info else "" for info in own)
                found[stream.name] = (old, new)
    return found


def _changes(
    repository: Repository, trees: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, tuple[Change, ...]], list[NotChecked]]:
    notes: list[NotChecked] = []
    try:
        answers = changes.between(repository, list(trees.values()))
    except GitFailed:
        answers = [_change_alone(repository, name, pair, notes) for name, pair in trees.items()]
    return dict(zip(trees, answers, strict=True)), notes


def _change_alone(
    repository: Repository, name: str, pair: tuple[str, str], notes: list[NotChecked]
) -> tuple[Change, ...]:
    """One stream's changes when the batch failed: without telling renames, which needs every content, if need be."""
    try:
        return changes.between(repository, [pair])[0]
    except GitFailed as error:
        notes.append(
            NotChecked(f"renames of {name}", error.message, (name,), required=True, hint="run `git fsck`")
        )
    try:
        return changes.between(repository, [pair], renames=False)[0]
    except GitFailed as error:
        notes.append(
            NotChecked(f"changes of {name}", error.message, (name,), required=True, hint="run `git fsck`")
        )
        return ()


def _routed(change: Change, policy: Policy, objects: Objects) -> Iterator[RoutedChange]:
    """The change with its route; more than once where a symlink or submodule takes the place of several domains."""
    moved = change.old_path is not None
    new = _routes(change.path, (change.new_mode,) if moved else (change.old_mode, change.new_mode), policy)
    old = _routes(change.old_path, (change.old_mode,), policy) if change.old_path is not None else (None,)
    guarded = any(one is not None and one.kind is RuleKind.EXCEPTION for one in (*new, *old))
    lines = _lines(change, objects) if guarded else ()
    for one, other in zip_longest(new, old):
        yield RoutedChange(change, one or new[0], other or old[0], lines)


def _routes(path: str, modes: Sequence[str], policy: Policy) -> tuple[Route, ...]:
    """Where a path leads. A symlink or submodule stands for every path below it: it leads to the owners of them all."""
    own = route.owner_of(path, policy)
    if own.kind is RuleKind.EXCEPTION or not set(modes).intersection(_NO_FILE):
        return (own,)
    below = [
        Route(rule.coordinator or None, rule.kind, rule.pattern, rule.domain, rule.serialized)
        for rule in route.covered_by(path, policy)
    ]
    found: dict[tuple[str | None, RuleKind, str], Route] = {}
    for one in (own, *below) if own.owner or not below else below:
        found.setdefault((one.owner, one.kind, one.domain), one)
    return tuple(found.values())


def _lines(change: Change, objects: Objects) -> tuple[Lines, ...]:
    if not change.new_blob or change.new_mode in _NO_FILE:
        return ()
    try:
        old = objects.blob(change.old_blob, hunks.LARGEST) if change.old_blob else b""
        new = objects.blob(change.new_blob, hunks.LARGEST)
    except GitFailed:
        return ()
    return hunks.changed_lines(old, new) if old is not None and new is not None else ()


def _owner(stream: Stream, policy: Policy) -> tuple[str | None, str, str]:
    """Whose stream it is, who says so, and what its trailer names that the policy does not know."""
    by_policy = route.coordinator_of_stream(stream.name, stream.ref, policy)
    if by_policy:
        return by_policy, "policy", ""
    named = next((name for commit in stream.commits for name in commit.coordinators), "")
    known = {coordinator.name for coordinator in policy.coordinators}
    if not named:
        return None, "", ""
    return (named, "trailer", "") if named in known else (None, "", named)
