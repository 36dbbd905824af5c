"""Names to commits: the target, and the branches that are streams."""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.errors import EnvironmentFault, UsageError
from gate.git.process import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gate.git.objects import Objects
    from gate.git.repository import Repository

HEADS = "refs/heads/"
REMOTES = "refs/remotes/"
REPLACED = "refs/replace/"
TAGS = "refs/tags/"
_USUAL_TARGETS = ("main", "master", "trunk", "develop")


@dataclass(frozen=True, slots=True)
class Branch:
    """A name as the user types it, the full ref ("" for a mere commit) and the commit it stands for."""

    name: str
    ref: str
    commit: str


@dataclass(frozen=True, slots=True)
class Refs:
    """The branches of a repository. `commits` maps full refs to commits; `symbolic` holds refs that only point on."""

    commits: dict[str, str]
    symbolic: dict[str, str]
    remotes: tuple[str, ...]
    broken: tuple[str, ...] = ()
    """Branches whose commit is missing or damaged."""
    replaced: tuple[str, ...] = ()
    """The replacements of objects that git makes, each as its ref and the object that stands in."""
    tags: tuple[str, ...] = ()
    """Tags, each as its ref and its object."""

    def branches(self) -> Iterator[Branch]:
        """Every local and remote-tracking branch that holds a commit, by its short name, sorted by ref."""
        for ref in sorted(self.commits):
            if ref not in self.symbolic:
                yield Branch(short(ref), ref, self.commits[ref])

    def lacks_local(self, branch: Branch) -> bool:
        """Return whether a remote-tracking branch has no local branch of the same name at the same commit."""
        return self.commits.get(HEADS + self.bare_name(branch.ref)) != branch.commit

    def bare_name(self, ref: str) -> str:
        """The branch's own name: without `refs/heads/`, or without `refs/remotes/` and the remote."""
        if ref.startswith(HEADS):
            return ref.removeprefix(HEADS)
        branch = ref.removeprefix(REMOTES)
        for remote in sorted(self.remotes, key=len, reverse=True):
            if branch.startswith(f"{remote}/"):
                return branch.removeprefix(f"{remote}/")
        return branch.partition("/")[2] or branch


def short(ref: str) -> str:
    """A full ref as people type it."""
    return ref.removeprefix(HEADS) if ref.startswith(HEADS) else ref.removeprefix(REMOTES)


def read(repository: Repository, objects: Objects) -> Refs:
    """All branches, in two processes."""
    form = "%(refname)%00%(objectname)%00%(symref)"
    raw = repository.git("for-each-ref", f"--format={form}", HEADS, REMOTES, REPLACED, TAGS)
    commits, symbolic, broken = {}, {}, []
    kept: dict[str, list[str]] = {REPLACED: [], TAGS: []}
    for line in raw.split(b"\n")[:-1]:
        ref, oid, points_to = (decode(part) for part in line.split(b"\0"))
        apart = next((space for space in kept if ref.startswith(space)), None)
        if apart:
            kept[apart].append(f"{ref} {oid}")
            continue
        if points_to:
            symbolic[ref] = points_to
        commits[ref] = oid
    kinds = objects.infos(dict.fromkeys(commits.values()))
    for ref, oid in list(commits.items()):
        info = kinds[oid]
        if info is None or info.kind != "commit":
            del commits[ref]
            broken.append(ref)
    remotes = decode(repository.git("remote")).split("\n")[:-1]
    return Refs(commits, symbolic, tuple(remotes), tuple(broken), tuple(kept[REPLACED]), tuple(kept[TAGS]))


def find(name: str, refs: Refs, objects: Objects) -> Branch:
    """The commit a user's word stands for: a branch, a remote-tracking branch, a full ref or any commit-ish.

    Raises:
        UsageError: nothing has that name, or more than one thing has.
    """
    if not name or "\n" in name or "\0" in name:
        raise UsageError(f"{name!r} is no branch name")
    candidates = _candidates(name, refs)
    if len(candidates) > 1:
        raise UsageError(
            f"{name} is ambiguous: {', '.join(candidates)}",
            f"name one of them in full, for example {candidates[0]}",
        )
    if candidates:
        return Branch(name, candidates[0], refs.commits[candidates[0]])
    # A leading dash cannot be an option here: the name goes to a process that reads names from standard input.
    # `:/words` takes all that follows for words, so that it cannot be peeled to a commit, and need not be.
    info = objects.info(f"{name}^{{commit}}") or objects.info(name)
    if info is None or info.kind != "commit":
        raise _missing(name, refs)
    return Branch(name, name if name.startswith("refs/") else "", info.oid)


def _candidates(name: str, refs: Refs) -> list[str]:
    if name in refs.commits:
        return [name]
    exact = [ref for ref in (HEADS + name, REMOTES + name) if ref in refs.commits]
    if exact:
        return exact
    return [ref for remote in refs.remotes if (ref := f"{REMOTES}{remote}/{name}") in refs.commits]


def _missing(name: str, refs: Refs) -> UsageError:
    from difflib import get_close_matches

    close = get_close_matches(name, [branch.name for branch in refs.branches()], n=1)
    hint = (
        f"did you mean {close[0]}?"
        if close
        else "`git branch --all` lists the branches; `git fetch` brings new ones"
    )
    return UsageError(f"there is no branch or commit named {name}", hint)


def target(wanted: str | None, refs: Refs, objects: Objects) -> Branch:
    """The branch merged into: the one asked for, else what the remote calls its default, else the usual names.

    Raises:
        UsageError: the one asked for is not there.
        EnvironmentFault: none was asked for and none can be told.
    """
    if wanted is not None:
        return find(wanted, refs, objects)
    for ref in _likely_targets(refs):
        if ref in refs.commits:
            return Branch(short(ref), ref, refs.commits[ref])
    if not refs.commits:
        raise EnvironmentFault(
            "this repository has no commits on any branch yet", "make a first commit, or fetch"
        )
    raise EnvironmentFault(
        "cannot tell which branch is merged into", "name it: --target REF, or `git config gate.target REF`"
    )


def _likely_targets(refs: Refs) -> Iterator[str]:
    remotes = sorted(refs.remotes, key=lambda remote: (remote != "origin", remote))
    for remote in remotes:
        yield refs.symbolic.get(f"{REMOTES}{remote}/HEAD", "")
    for remote in remotes:
        for name in _USUAL_TARGETS:
            yield f"{REMOTES}{remote}/{name}"
    for name in _USUAL_TARGETS:
        yield HEADS + name


def discover(refs: Refs, target: Branch, patterns: Sequence[str]) -> list[Branch]:
    """The branches that are streams, by the policy's patterns, or all when it has none.

    The target itself, whatever it is called locally or on a remote, is none; a remote-tracking branch whose local
    branch stands at the same commit is the same stream.
    """
    target_name = refs.bare_name(target.ref) if target.ref else None
    matched = matcher(patterns)
    branches = []
    for branch in refs.branches():
        bare = refs.bare_name(branch.ref)
        if branch.ref == target.ref or bare in (target_name, "HEAD"):
            continue
        if branch.ref.startswith(REMOTES) and not refs.lacks_local(branch):
            continue
        if not patterns or matched(bare) or matched(branch.name):
            branches.append(branch)
    return branches


def matching(refs: Refs, target: Branch, patterns: Iterable[str]) -> list[Branch]:
    """The branches one of the patterns matches; none without a pattern."""
    wanted = list(patterns)
    return discover(refs, target, wanted) if wanted else []


def matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Return whether a name matches one of the shell patterns; `*` crosses `/`."""
    expression = re.compile("|".join(fnmatch.translate(pattern) for pattern in patterns) or r"(?!)")
    return lambda name: expression.match(name) is not None
