"""Which streams there are, and what each carries beyond the target."""

from __future__ import annotations

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
    from gate.git.objects import Objects
    from gate.git.refs import Branch, Refs
    from gate.git.repository import Repository
    from gate.git.worktrees import Worktree
    from gate.model.policy import Policy
    from gate.model.request import Request


@dataclass(frozen=True, slots=True)
class _Found:
    """A stream before its history is known."""

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


def collect(
    repository: Repository, objects: Objects, request: Request, policy: Policy, names: Refs, aim: Branch
) -> Streams:
    """Find the streams: those named, else those the policy's patterns match and the open worktrees, else every branch.

    Raises:
        UsageError: a named branch is not there, or two names stand for streams of one name.
        TooShallow: the clone is too shallow to tell where a stream left the target.
    """
    found, notes = _found(repository, objects, request, policy, names, aim)
    walked = history.walk(repository, aim.commit, [one.head for one in found])
    kept = _without_copies(found, names, walked)
    streams = tuple(sorted((_stream(one, walked) for one in kept), key=lambda stream: stream.name))
    _require_depth(streams, walked, repository, aim)
    broken = [
        NotChecked(
            f"branch {refs.short(ref)}",
            "its commit is missing or damaged",
            (),
            required=True,
            hint="run `git fsck`",
        )
        for ref in names.broken
        if not request.branches
    ]
    return Streams(streams, walked, (*notes, *broken))


def _found(
    repository: Repository, objects: Objects, request: Request, policy: Policy, names: Refs, aim: Branch
) -> tuple[list[_Found], list[NotChecked]]:
    notes: list[NotChecked] = []
    found: dict[str, _Found] = {}
    for name in request.branches:
        branch = refs.find(name, names, objects)
        found.setdefault(name, _Found(branch, branch.commit, judged=True, named=True))
    for name, commit in request.heads:
        found[name] = _Found(refs.Branch(name, "", commit), commit, judged=True, named=True)
    for name, text in request.patches:
        head = patches.apply(repository, aim.commit, name, text)
        found[name] = _Found(refs.Branch(name, "", head), head, judged=True, named=True)
    if request.tips:
        return _moving(request, policy, names, aim), notes
    if not found:
        for branch in refs.discover(names, aim, policy.branches):
            found[branch.name] = _Found(branch, branch.commit, judged=True, named=False)
        if request.worktrees:
            notes += _add_worktrees(repository, found, names, aim)
    for branch in refs.matching(
        names, aim, (*request.against, *(policy.against if request.branches else ()))
    ):
        if all(one.branch.ref != branch.ref for one in found.values()):
            found.setdefault(branch.name, _Found(branch, branch.commit, judged=False, named=False))
    return list(found.values()), notes


def _moving(request: Request, policy: Policy, names: Refs, aim: Branch) -> list[_Found]:
    """The branches that are about to move, as they will be, and all others to compare them with.

    Left out are the target and what matches none of the policy's patterns: they are no streams. So are other branches
    of the same name or at the same commit: where one stood before, and the one it is pushed from.
    """
    matched = refs.matcher(policy.branches)
    own = {names.bare_name(tip.ref) if tip.ref else tip.name: tip for tip in request.tips}
    judged = {
        bare: tip
        for bare, tip in own.items()
        if bare != names.bare_name(aim.ref) and (not policy.branches or matched(bare) or matched(tip.name))
    }
    if not judged:
        return []
    found = {
        tip.name: _Found(refs.Branch(tip.name, tip.ref, tip.commit), tip.commit, judged=True, named=True)
        for tip in judged.values()
    }
    commits = {tip.commit for tip in request.tips}
    for branch in refs.discover(names, aim, policy.branches):
        if names.bare_name(branch.ref) in own or branch.commit in commits or branch.ref in request.leaving:
            continue
        found.setdefault(branch.name, _Found(branch, branch.commit, judged=False, named=False))
    return list(found.values())


def _add_worktrees(
    repository: Repository, found: dict[str, _Found], names: Refs, aim: Branch
) -> list[NotChecked]:
    """Add open worktrees, and let a stream's uncommitted work count."""
    notes = []
    own = names.bare_name(aim.ref) if aim.ref else None
    for tree in worktrees.listed(repository):
        if names.bare_name(tree.ref) == own if tree.ref else tree.main:
            continue
        name = refs.short(tree.ref) if tree.ref else _detached_name(tree, found)
        try:
            work = worktrees.uncommitted(repository, tree)
        except GateError as error:
            notes.append(
                NotChecked(f"uncommitted work in {tree.folder}", error.message, (name,), required=True)
            )
            work = None
        branch = refs.Branch(name, tree.ref, tree.commit)
        found[name] = _Found(branch, work or tree.commit, judged=True, named=False)
    return notes


def _detached_name(tree: Worktree, taken: Container[str]) -> str:
    """What to call a worktree that is on no branch: by its folder's name, in full where another one has that name."""
    name = f"worktree:{PurePath(tree.folder).name}"
    return f"worktree:{tree.folder}" if name in taken else name


def _without_copies(found: Iterable[_Found], names: Refs, walked: History) -> list[_Found]:
    """Leave out what nobody asked for by name and that adds nothing: landed branches, and older copies of a branch.

    A local branch and its remote-tracking branch are one stream; where one contains the other, the newer stands.
    """
    listed = list(found)
    heads = {one.branch.name: one.head for one in listed}
    bare: dict[str, list[_Found]] = {}
    for one in listed:
        bare.setdefault(names.bare_name(one.branch.ref) if one.branch.ref else one.branch.name, []).append(
            one
        )
    kept = []
    for group in bare.values():
        for one in group:
            if (
                one.head in walked.damaged
                or one.named
                or (walked.tips[one.head].commits and not _contained(one, group, heads, walked))
            ):
                kept.append(one)
    return kept


def _contained(one: _Found, group: Sequence[_Found], heads: dict[str, str], walked: History) -> bool:
    carriers = walked.carriers[heads[one.branch.name]]
    return any(other is not one and other.head != one.head and other.head in carriers for other in group)


def _stream(one: _Found, walked: History) -> Stream:
    stream = Stream(
        name=one.branch.name,
        ref=one.branch.ref,
        tip=one.branch.commit,
        head=one.head,
        merge_base=None,
        uncommitted=one.head != one.branch.commit,
        judged=one.judged,
    )
    unlanded = walked.tips.get(one.head)
    if unlanded is None:
        return stream
    return replace(stream, merge_base=unlanded.merge_base, commits=unlanded.commits)


def _require_depth(streams: Sequence[Stream], walked: History, repository: Repository, aim: Branch) -> None:
    cut = [stream.name for stream in streams if stream.head in walked.tips and walked.tips[stream.head].cut]
    if not cut:
        return
    raise TooShallow(
        f"this clone is shallow and ends before {cut[0]} left {aim.name}"
        + (f" (and {len(cut) - 1} more)" if len(cut) > 1 else ""),
        f"git fetch --unshallow {_remote(repository)}",
    )


def _remote(repository: Repository) -> str:
    listed = repository.git("remote").decode("utf-8", "replace").split()
    return "origin" if "origin" in listed or not listed else listed[0]
