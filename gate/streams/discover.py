"""The streams of a repository, and the commits each carries beyond the target."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from gate.errors import GateError, TooShallow
from gate.git import history, patches, refs, worktrees
from gate.model.facts import NotChecked
from gate.model.git import Stream

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from gate.git.history import History
    from gate.git.refs import Branch, Refs
    from gate.git.worktrees import Worktree
    from gate.model.request import Request
    from gate.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A stream before its history is known. `head` is the commit judged: the branch's, or its uncommitted work."""

    branch: Branch
    head: str
    judged: bool
    named: bool
    """The user asked for it by name."""


@dataclass(frozen=True, slots=True)
class Streams:
    """The streams, sorted by name, with the walk over their history."""

    streams: tuple[Stream, ...]
    history: History
    not_checked: tuple[NotChecked, ...]


def discover(workspace: Workspace, request: Request) -> Streams:
    """Find the streams: those named, else those the policy's patterns match and the open worktrees, else every branch.

    Raises:
        UsageError: a named branch is not there, or two names stand for streams of one name.
        TooShallow: the clone is too shallow to tell where a stream left the target.
    """
    candidates, notes = _candidates(workspace, request)
    walked = history.walk(
        workspace.repository, workspace.branch.commit, [candidate.head for candidate in candidates]
    )
    kept = _without_copies(candidates, workspace.refs, walked)
    streams = sorted((_stream(candidate, walked) for candidate in kept), key=lambda stream: stream.name)
    _require_depth(streams, walked, workspace)
    broken = () if request.branches else map(_damaged, workspace.refs.broken)
    return Streams(tuple(streams), walked, (*notes, *broken))


def _damaged(ref: str) -> NotChecked:
    return NotChecked(
        f"branch {refs.short(ref)}",
        "its commit is missing or damaged",
        (),
        required=True,
        hint="run `git fsck`",
    )


def _candidates(workspace: Workspace, request: Request) -> tuple[list[_Candidate], list[NotChecked]]:
    if request.tips:
        return _moving(workspace, request), []
    notes: list[NotChecked] = []
    candidates = _named(workspace, request)
    if not candidates:
        for branch in refs.discover(workspace.refs, workspace.branch, workspace.policy.branches):
            candidates[branch.name] = _Candidate(branch, branch.commit, judged=True, named=False)
        if request.worktrees:
            notes = _add_worktrees(workspace, candidates)
    against = (*request.against, *(workspace.policy.against if request.branches else ()))
    for branch in refs.matching(workspace.refs, workspace.branch, against):
        if all(candidate.branch.ref != branch.ref for candidate in candidates.values()):
            candidates.setdefault(branch.name, _Candidate(branch, branch.commit, judged=False, named=False))
    return list(candidates.values()), notes


def _named(workspace: Workspace, request: Request) -> dict[str, _Candidate]:
    """Return the streams asked for as branches, commits or patches, by the name the user gave them."""
    branches = {name: refs.find(name, workspace.refs, workspace.objects) for name in request.branches}
    branches |= {name: refs.Branch(name, "", commit) for name, commit in request.heads}
    for name, text in request.patches:
        head = patches.apply(workspace.repository, workspace.branch.commit, name, text)
        branches[name] = refs.Branch(name, "", head)
    return {
        name: _Candidate(branch, branch.commit, judged=True, named=True) for name, branch in branches.items()
    }


def _moving(workspace: Workspace, request: Request) -> list[_Candidate]:
    """Return the branches that are about to move, as they will be, and all others to compare them with.

    Left out are the target and what matches none of the policy's patterns: they are no streams. So are other branches
    of the same name or at the same commit: where one stood before, and the one it is pushed from.
    """
    branches, target, patterns = workspace.refs, workspace.branch, workspace.policy.branches
    matched = refs.matcher(patterns)
    tips = {branches.bare_name(tip.ref) if tip.ref else tip.name: tip for tip in request.tips}
    judged = [
        tip
        for bare, tip in tips.items()
        if bare != branches.bare_name(target.ref) and (not patterns or matched(bare) or matched(tip.name))
    ]
    if not judged:
        return []
    candidates = {
        tip.name: _Candidate(refs.Branch(tip.name, tip.ref, tip.commit), tip.commit, judged=True, named=True)
        for tip in judged
    }
    commits = {tip.commit for tip in request.tips}
    for branch in refs.discover(branches, target, patterns):
        if (
            branches.bare_name(branch.ref) in tips
            or branch.commit in commits
            or branch.ref in request.leaving
        ):
            continue
        candidates.setdefault(branch.name, _Candidate(branch, branch.commit, judged=False, named=False))
    return list(candidates.values())


def _add_worktrees(workspace: Workspace, candidates: dict[str, _Candidate]) -> list[NotChecked]:
    """Add open worktrees to the candidates, and let a stream's uncommitted work count."""
    notes: list[NotChecked] = []
    branches, target = workspace.refs, workspace.branch
    target_name = branches.bare_name(target.ref) if target.ref else None
    for tree in worktrees.open_worktrees(workspace.repository):
        if branches.bare_name(tree.ref) == target_name if tree.ref else tree.main:
            continue
        name = refs.short(tree.ref) if tree.ref else _detached_name(tree, candidates)
        try:
            work = worktrees.uncommitted(workspace.repository, tree)
        except GateError as error:
            notes.append(
                NotChecked(f"uncommitted work in {tree.folder}", error.message, (name,), required=True)
            )
            work = None
        branch = refs.Branch(name, tree.ref, tree.commit)
        candidates[name] = _Candidate(branch, work or tree.commit, judged=True, named=False)
    return notes


def _detached_name(tree: Worktree, taken: Container[str]) -> str:
    """Return the name of a worktree on no branch: its folder's name, in full where another one has that name."""
    name = f"worktree:{PurePath(tree.folder).name}"
    return f"worktree:{tree.folder}" if name in taken else name


def _without_copies(candidates: Sequence[_Candidate], branches: Refs, walked: History) -> list[_Candidate]:
    """Leave out what nobody asked for by name and that adds nothing: landed branches, and older copies of a branch.

    A local branch and its remote-tracking branch are one stream; where one contains the other, the newer stands.
    """
    heads = {candidate.branch.name: candidate.head for candidate in candidates}
    groups: dict[str, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        branch = candidate.branch
        groups[branches.bare_name(branch.ref) if branch.ref else branch.name].append(candidate)
    return [
        candidate
        for group in groups.values()
        for candidate in group
        if candidate.head in walked.damaged
        or candidate.named
        or (walked.tips[candidate.head].commits and not _is_contained(candidate, group, heads, walked))
    ]


def _is_contained(
    candidate: _Candidate, group: Iterable[_Candidate], heads: dict[str, str], walked: History
) -> bool:
    """Return whether another candidate of the group has this one's commits, and more."""
    carriers = walked.carriers[heads[candidate.branch.name]]
    return any(
        rival is not candidate and rival.head != candidate.head and rival.head in carriers for rival in group
    )


def _stream(candidate: _Candidate, walked: History) -> Stream:
    branch = candidate.branch
    stream = Stream(
        name=branch.name,
        ref=branch.ref,
        tip=branch.commit,
        head=candidate.head,
        merge_base=None,
        uncommitted=candidate.head != branch.commit,
        judged=candidate.judged,
    )
    unlanded = walked.tips.get(candidate.head)
    if unlanded is None:
        return stream
    return replace(stream, merge_base=unlanded.merge_base, commits=unlanded.commits)


def _require_depth(streams: Sequence[Stream], walked: History, workspace: Workspace) -> None:
    cut = [stream.name for stream in streams if stream.head in walked.tips and walked.tips[stream.head].cut]
    if not cut:
        return
    raise TooShallow(
        f"this clone is shallow and ends before {cut[0]} left {workspace.branch.name}"
        + (f" (and {len(cut) - 1} more)" if len(cut) > 1 else ""),
        f"git fetch --unshallow {_remote(workspace)}",
    )


def _remote(workspace: Workspace) -> str:
    remotes = workspace.repository.git("remote").decode("utf-8", "replace").split()
    return "origin" if "origin" in remotes or not remotes else remotes[0]
