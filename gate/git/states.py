"""Building the states a verdict is about: landed, merged in pairs, merged one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.errors import GitFailed
from gate.model.git import Clean, Landing, NotTried
from gate.model.plan import Rehearsal, RehearsalStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.git.merges import Merger
    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.model.git import Merge, Stream, Target

_NOTE = "git-gate: rebased state"


def landed(
    repository: Repository, merger: Merger, objects: Objects, target: Target, stream: Stream, how: Landing
) -> Merge:
    """Return what the target becomes when this stream alone lands.

    Its synthetic commit has the parents (target, stream), so that history two streams share is merged as git would;
    squashed or rebased, it has the target alone. Several merge bases (criss-cross history) are git's to resolve.
    """
    if stream.merge_base is None:
        return NotTried("it shares no history with the target")
    if how is Landing.REBASE:
        return _rebased(repository, merger, objects, target, stream)
    parents = (target.commit, stream.head) if how is Landing.MERGE else (target.commit,)
    return merger.merge(target.commit, stream.head, parents)


def _rebased(
    repository: Repository, merger: Merger, objects: Objects, target: Target, stream: Stream
) -> Merge:
    """Replay the stream's commits on the target, oldest first, as `git rebase` does.

    It leaves out merge commits, and commits of which the target has one with the same patch. Each replay is a three-way
    merge whose common version is the commit's parent: two synthetic commits with that parent's tree as their only
    common ancestor make git see it so.
    """
    tree = target.tree
    words = ("rev-list", "--no-merges", "--cherry-pick", "--right-only", f"{target.commit}...{stream.head}")
    try:
        wanted = set(repository.git(*words).decode().split())
    except GitFailed as error:
        return NotTried(error.message)
    for commit in reversed(stream.commits):
        if commit.oid not in wanted:
            continue
        trees = [objects.info(f"{oid}^{{tree}}") for oid in (*commit.parents, commit.oid)]
        if None in trees:
            return NotTried(f"a tree of commit {commit.oid} is missing")
        *before, after = [info.oid for info in trees if info is not None]
        write = repository.quarantine.commit
        base = write(before[0] if before else _empty_tree(repository), (), _NOTE)
        step = merger.merge(write(tree, (base,), _NOTE), write(after, (base,), _NOTE))
        if not isinstance(step, Clean):
            return step
        tree = step.tree
    return Clean(tree, repository.quarantine.commit(tree, (target.commit,), _NOTE))


def _empty_tree(repository: Repository) -> str:
    return repository.quarantine.write("tree", b"")


def rehearse(merger: Merger, target: Target, order: Sequence[tuple[str, Clean]]) -> Rehearsal:
    """Merge landed states one after another; one that does not merge at its turn is left out and the others go on."""
    current = Clean(target.tree, target.commit)
    steps = []
    for branch, state in order:
        merged = merger.merge(current.commit, state.commit)
        steps.append(RehearsalStep(branch, merged))
        if isinstance(merged, Clean):
            current = merged
    return Rehearsal(current.tree, tuple(steps))


def conflict_together(merger: Merger, target: Target, states: Sequence[Clean]) -> Merge:
    """Merge these landed states one after another, in this order; the first that fails ends it."""
    merged: Merge = Clean(target.tree, target.commit)
    for state in states:
        assert isinstance(merged, Clean)
        merged = merger.merge(merged.commit, state.commit)
        if not isinstance(merged, Clean):
            return merged
    return merged
