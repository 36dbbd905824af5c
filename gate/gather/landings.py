"""What each stream becomes when it lands alone, and what that changes, routed to its owners."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gate import route
from gate.errors import GitFailed
from gate.gather.evidence import with_hunks
from gate.git import changes, hunks, states
from gate.model.facts import NotChecked, RoutedChange, StreamFacts
from gate.model.git import Change, ChangeKind, Clean, Conflicted, NotTried
from gate.model.policy import RuleKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gate.gather.streams import Streams
    from gate.git.merges import Merger
    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.model.git import Lines, Merge, Stream, Target
    from gate.model.policy import Policy, Route

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
    changed, notes = _changes(repository, target, found.streams, landings)
    copied = _copies(repository, target, policy, changed, landings)
    facts = []
    for stream in found.streams:
        owner, declared_by, unknown = _owner(stream, policy)
        listed = tuple(
            _routed(change, policy, objects) for change in (*changed[stream.name], *copied[stream.name])
        )
        landing = with_hunks(objects, landings[stream.name])
        facts.append(StreamFacts(stream, landing, listed, owner, declared_by, unknown))
    return tuple(facts), notes


def _trees(target: Target, stream: Stream, landing: Merge) -> tuple[str, str] | None:
    """Which two trees show what the stream changes: those of its landing, or, when it is stale, of its own work."""
    match landing:
        case Clean(tree=tree):
            return target.tree, tree
        case Conflicted() if stream.merge_base:
            return f"{stream.merge_base}^{{tree}}", f"{stream.head}^{{tree}}"
        case _:
            return None


def _changes(
    repository: Repository, target: Target, streams: Sequence[Stream], landings: Mapping[str, Merge]
) -> tuple[dict[str, tuple[Change, ...]], tuple[NotChecked, ...]]:
    wanted = {
        stream.name: pair for stream in streams if (pair := _trees(target, stream, landings[stream.name]))
    }
    resolved = _resolved(repository, wanted)
    notes: list[NotChecked] = []
    try:
        answers = changes.between(repository, list(resolved.values()))
        found = dict(zip(resolved, answers, strict=True))
    except GitFailed:
        found = {name: _change_alone(repository, name, pair, notes) for name, pair in resolved.items()}
    return {stream.name: found.get(stream.name, ()) for stream in streams}, tuple(notes)


def _resolved(repository: Repository, wanted: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Tree ids for expressions such as `COMMIT^{tree}`."""
    names = sorted({name for pair in wanted.values() for name in pair if name.endswith("}")})
    if not names:
        return dict(wanted)
    answer = repository.git("rev-parse", *names).decode().split()
    trees = dict(zip(names, answer, strict=True))
    return {stream: (trees.get(old, old), trees.get(new, new)) for stream, (old, new) in wanted.items()}


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


def _copies(
    repository: Repository,
    target: Target,
    policy: Policy,
    changed: Mapping[str, tuple[Change, ...]],
    landings: Mapping[str, Merge],
) -> dict[str, tuple[Change, ...]]:
    """Added files that repeat the content of an exception file, which itself stayed as it was."""
    none: dict[str, tuple[Change, ...]] = dict.fromkeys(changed, ())
    exceptions = tuple(rule for rule in policy.rules if rule.kind is RuleKind.EXCEPTION)
    clean = {name: landing.tree for name, landing in landings.items() if isinstance(landing, Clean)}
    added = {change.path for name in clean for change in changed[name] if change.kind is ChangeKind.ADDED}
    if not exceptions or not added:
        return none
    sources = [
        path
        for path, _ in changes.tree_paths(repository, target.tree)
        if route.owner_of(path, policy).kind is RuleKind.EXCEPTION
    ]
    answers = changes.copies(
        repository, [(target.tree, tree) for tree in clean.values()], sources, sorted(added)
    )
    known = {name: {change.path for change in changed[name] if change.old_path} for name in clean}
    found = {
        name: tuple(
            change for change in answer if change.kind is ChangeKind.COPIED and change.path not in known[name]
        )
        for name, answer in zip(clean, answers, strict=True)
    }
    return none | found


def _routed(change: Change, policy: Policy, objects: Objects) -> RoutedChange:
    new = _route(change, policy)
    old = route.owner_of(change.old_path, policy) if change.old_path is not None else None
    guarded = RuleKind.EXCEPTION in (new.kind, old.kind if old else None)
    return RoutedChange(change, new, old, _lines(change, objects) if guarded else ())


def _route(change: Change, policy: Policy) -> Route:
    """The new path's route; a symlink or submodule that takes a whole territory's place goes to the territory's owner."""
    own = route.owner_of(change.path, policy)
    if change.new_mode not in _NO_FILE or own.kind is RuleKind.EXCEPTION:
        return own
    below = route.covered_by(change.path, policy)
    if not below or (own.kind is RuleKind.DIRECTORY and below[0].kind is not RuleKind.EXCEPTION):
        return own
    first = below[0]
    return replace(
        own, owner=first.coordinator or None, kind=first.kind, pattern=first.pattern, domain=first.domain,
        serialized=first.serialized,
    )  # fmt: skip


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
