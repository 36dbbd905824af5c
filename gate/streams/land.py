"""The landed state of each stream, and its changes, routed to their owners."""

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

    from gate.git.history import History
    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.model.git import Change, Lines, Merge, Stream
    from gate.model.policy import Policy
    from gate.streams.discover import Streams
    from gate.workspace import Workspace

_NO_FILE = ("120000", "160000")
"""Modes of symlinks and submodules: what takes a directory's place with everything below it."""


def land(workspace: Workspace, streams: Streams) -> tuple[tuple[StreamFacts, ...], tuple[NotChecked, ...]]:
    """Return the landed state of every stream with its routed changes, and what could not be checked."""
    landings = {stream.name: _landing(workspace, stream, streams.history) for stream in streams.streams}
    trees = _trees(workspace, streams.streams, landings)
    changed, notes = _changes(workspace.repository, trees)
    try:
        changed = copies.of_exceptions(workspace, trees, changed)
    except GitFailed as error:
        notes.append(
            NotChecked("copies of exception files", error.message, required=True, hint="run `git fsck`")
        )
    facts = tuple(
        _facts(workspace, stream, landings[stream.name], changed.get(stream.name, ()))
        for stream in streams.streams
    )
    return facts, tuple(notes)


def _landing(workspace: Workspace, stream: Stream, history: History) -> Merge:
    damage = history.damaged.get(stream.head)
    if damage:
        return NotTried(damage)
    return states.landed(
        workspace.repository,
        workspace.merger,
        workspace.objects,
        workspace.target,
        stream,
        workspace.policy.landing,
    )


def _facts(workspace: Workspace, stream: Stream, landing: Merge, changed: Sequence[Change]) -> StreamFacts:
    owner, declared_by, unknown = _owner(stream, workspace.policy)
    routed = tuple(
        part for change in changed for part in _routed(change, workspace.policy, workspace.objects)
    )
    return StreamFacts(stream, with_hunks(workspace.objects, landing), routed, owner, declared_by, unknown)


def _trees(
    workspace: Workspace, streams: Sequence[Stream], landings: Mapping[str, Merge]
) -> dict[str, tuple[str, str]]:
    """Return, by stream, the two trees that show what it changes: of its landing, or, where stale, of its own work."""
    trees: dict[str, tuple[str, str]] = {}
    for stream in streams:
        match landings[stream.name]:
            case Clean(tree=tree):
                trees[stream.name] = (workspace.target.tree, tree)
            case Conflicted():
                infos = [
                    workspace.objects.info(f"{oid}^{{tree}}") for oid in (stream.merge_base, stream.head)
                ]
                old, new = (info.oid if info else "" for info in infos)
                trees[stream.name] = (old, new)
    return trees


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
    """Return one stream's changes when the batch failed: without renames, which need every content, if need be."""
    for renames, what in ((True, f"renames of {name}"), (False, f"changes of {name}")):
        try:
            return changes.between(repository, [pair], renames=renames)[0]
        except GitFailed as error:
            notes.append(NotChecked(what, error.message, (name,), required=True, hint="run `git fsck`"))
    return ()


def _routed(change: Change, policy: Policy, objects: Objects) -> Iterator[RoutedChange]:
    """Yield the change with its route; several where a symlink or submodule takes the place of several domains."""
    moved = change.old_path is not None
    new = _routes(change.path, (change.new_mode,) if moved else (change.old_mode, change.new_mode), policy)
    old = _routes(change.old_path, (change.old_mode,), policy) if change.old_path is not None else (None,)
    guarded = any(place is not None and place.kind is RuleKind.EXCEPTION for place in (*new, *old))
    lines = _lines(change, objects) if guarded else ()
    for new_route, old_route in zip_longest(new, old):
        yield RoutedChange(change, new_route or new[0], old_route or old[0], lines)


def _routes(path: str, modes: Sequence[str], policy: Policy) -> tuple[Route, ...]:
    """Return where a path leads. A symlink or submodule leads to the owners of every path below it."""
    direct = route.owner_of(path, policy)
    if direct.kind is RuleKind.EXCEPTION or not set(modes).intersection(_NO_FILE):
        return (direct,)
    below = [
        Route(rule.coordinator or None, rule.kind, rule.pattern, rule.domain, rule.serialized)
        for rule in route.covered_by(path, policy)
    ]
    routes: dict[tuple[str | None, RuleKind, str], Route] = {}
    for place in (direct, *below) if direct.owner or not below else below:
        routes.setdefault((place.owner, place.kind, place.domain), place)
    return tuple(routes.values())


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
    """Return the stream's coordinator, who declares it, and what its trailer names that the policy does not know."""
    by_policy = route.coordinator_of_stream(stream.name, stream.ref, policy)
    if by_policy:
        return by_policy, "policy", ""
    named = next((name for commit in stream.commits for name in commit.coordinators), "")
    coordinators = {coordinator.name for coordinator in policy.coordinators}
    if not named:
        return None, "", ""
    return (named, "trailer", "") if named in coordinators else (None, "", named)
