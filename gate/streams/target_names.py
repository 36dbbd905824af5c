"""Names of streams against what the target changed since their merge base: the target is one more side.

Loads all of `gate.names`, as `name_inputs` does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from gate.errors import GitFailed
from gate.git import history
from gate.git.changes import between
from gate.languages import registry
from gate.model.facts import NotChecked, PairFacts
from gate.model.git import FILES, ChangeKind, Clean
from gate.model.names import BrokenUse, Cycle
from gate.model.words import series
from gate.names.pairs import analyse_pairs
from gate.names.source import SideFiles
from gate.streams.name_inputs import TreeSource, kept, source_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.model.facts import StreamFacts
    from gate.model.git import Change, TargetCommit
    from gate.model.names import Collision, NameFacts
    from gate.workspace import Workspace

_MOST_COMMITS = 50
"""Collisions of one merge base whose commit is looked for."""


def compare_with_target(
    workspace: Workspace, streams: Sequence[StreamFacts]
) -> tuple[tuple[NameFacts, ...], tuple[NotChecked, ...]]:
    """Return the collisions of judged streams with the target, and what could not be compared.

    There is one value for each merge base that the target has left. `streams` have landed states.
    """
    groups: dict[str, list[StreamFacts]] = defaultdict(list)
    for stream in streams:
        base = stream.stream.merge_base
        if stream.stream.judged and base not in (None, workspace.target.commit):
            groups[base].append(stream)
    blobs = source_facts(workspace)
    compared: list[NameFacts] = []
    notes: list[NotChecked] = []
    with kept(workspace, blobs):
        for base, group in groups.items():
            try:
                names = _compare(TreeSource(workspace, blobs, ""), base, group)
            except GitFailed as error:
                notes.append(_not_compared(group, error))
            else:
                compared += (names,) if names is not None else ()
    return tuple(compared), tuple(notes)


def _not_compared(streams: Iterable[StreamFacts], error: GitFailed) -> NotChecked:
    names = tuple(stream.name for stream in streams)
    what = f"names of {series(names)} against the target"
    return NotChecked(what, error.message, names, required=True, hint="run `git fsck`")


def _compare(source: TreeSource, base: str, streams: Sequence[StreamFacts]) -> NameFacts | None:
    workspace = source.workspace
    trees = [_tree(workspace, commit) for commit in (base, *(stream.stream.head for stream in streams))]
    target_changes, *stream_changes = _changes(
        workspace, [(trees[0], tree) for tree in (workspace.target.tree, *trees[1:])]
    )
    target = _side(_target_name(workspace, streams), target_changes, workspace.target.commit, judged=True)
    sides = [
        _side(stream.name, changes, stream.stream.head, judged=False)
        for stream, changes in zip(streams, stream_changes, strict=True)
    ]
    sides = [side for side in sides if _may_meet(target, side)]
    if not sides:
        return None
    landings = {stream.name: stream.landing for stream in streams}
    pairs = [_pair(target.name, side.name, landings[side.name]) for side in sides]
    analysis, _, _ = analyse_pairs(replace(source, tree=trees[0]), [target, *sides], pairs, with_reads=False)
    names = replace(analysis.facts, target=target.name)
    return replace(names, commits=_commits(workspace, base, names))


def _changes(workspace: Workspace, trees: Sequence[tuple[str, str]]) -> list[tuple[Change, ...]]:
    """Return the changes between each two trees; without renames, which need every content, where one is missing."""
    try:
        return between(workspace.repository, trees)
    except GitFailed:
        return between(workspace.repository, trees, renames=False)


def _tree(workspace: Workspace, commit: str) -> str:
    info = workspace.objects.info(f"{commit}^{{tree}}")
    return info.oid if info else ""


def _target_name(workspace: Workspace, streams: Iterable[StreamFacts]) -> str:
    """Return the target's name, unless a stream has it."""
    name = workspace.branch.name
    return f"{name} (target)" if any(stream.name == name for stream in streams) else name


def _side(name: str, changes: Iterable[Change], commit: str, *, judged: bool) -> SideFiles:
    blobs: dict[str, str] = {}
    old_paths: dict[str, str] = {}
    for change in changes:
        if change.kind is ChangeKind.RENAMED and change.old_path is not None:
            old_paths[change.path] = change.old_path
            blobs.setdefault(change.old_path, "")
        if change.kind is not ChangeKind.MODE:
            blobs[change.path] = change.new_blob if change.new_mode in FILES else ""
    return SideFiles(name, blobs, old_paths, commit, judged=judged)


def _may_meet(target: SideFiles, side: SideFiles) -> bool:
    """Return whether a source file changes, which may import any file of the other side, or one data file on both."""
    if any(map(registry.language, (*target.changed_blobs, *side.changed_blobs))):
        return bool(target.changed_blobs)
    return any(registry.form(path) for path in target.changed_blobs.keys() & side.changed_blobs.keys())


def _pair(first: str, second: str, landing: object) -> PairFacts:
    assert isinstance(landing, Clean)
    names = sorted((first, second))
    return PairFacts(names[0], names[1], landing)


def _commits(workspace: Workspace, base: str, names: NameFacts) -> dict[Collision, TargetCommit]:
    """Return the commits on the target that the first collisions come from."""
    collisions: tuple[Collision, ...] = (
        *names.broken_uses,
        *names.duplicates,
        *names.broken_texts,
        *names.cycles,
    )
    commits = {}
    for collision in collisions[:_MOST_COMMITS]:
        for path, word in _places(names.target, collision):
            commit = history.last_change(workspace.repository, base, workspace.target.commit, path, word)
            if commit is not None:
                commits[collision] = commit
                break
    return commits


def _places(target: str, collision: Collision) -> Iterator[tuple[str, str]]:
    """Yield the files of the target's part, the likeliest first, each with a word its change adds or removes."""
    if isinstance(collision, BrokenUse):
        if collision.producer == target:
            word = collision.changed_name.rpartition(".")[2].rpartition("/")[2]
            if collision.old_place is not None:
                yield collision.old_place.path, word
            yield collision.change_place.path, word
            yield collision.change_place.path, ""
        else:
            yield collision.use_place.path, collision.name.rpartition(".")[2]
            yield collision.use_place.path, ""
    elif isinstance(collision, Cycle):
        yield from ((link.place.path, "") for link in collision.links if link.stream == target)
    else:
        path = collision.path
        if collision.second == target:
            path = getattr(collision, "second_path", "") or collision.path
        yield path, getattr(collision, "name", "")
        yield path, ""
