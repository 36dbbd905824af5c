"""The questions of `git gate doctor`. No probe raises: an error is its answer."""

from __future__ import annotations

import contextlib
import sys
import time
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from typing import TYPE_CHECKING

from gate.cli import options
from gate.errors import GateError, PolicyError
from gate.git import libgit2, refs
from gate.git.fetched import newest
from gate.git.merges import Merger
from gate.git.objects import Objects
from gate.git.quarantine import quarantine
from gate.git.repository import open_repository, require_git
from gate.model.request import Request
from gate.model.words import ago, counted, series
from gate.streams.discover import discover
from gate.workspace import Workspace, configured, find_target, load_policy, with_mode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gate.git.refs import Branch, Refs
    from gate.git.repository import Repository
    from gate.model.policy import Policy

_STALE = 24 * 3600
"""Seconds after which a fetch counts as old."""


class Status(StrEnum):
    """A note is worth knowing and stops nothing."""

    OK = "ok"
    NOTE = "note"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Probe:
    """The answer to one question: what was looked at, what there is to say, and what to do about it."""

    status: Status
    what: str
    says: tuple[str, ...]
    hint: str = ""


def probes(target: str | None, config: str | None) -> Iterator[Probe]:
    """Every probe, those that rest on others last; what cannot be asked any more is left out."""
    yield Probe(Status.OK, "python", (".".join(map(str, sys.version_info[:3])),))
    git = _answer("git", _git)
    yield git
    yield _answer("libgit2", _libgit2)
    yield _answer("tmpdir", _tmpdir)
    if git.status is Status.FAIL:
        return
    with contextlib.ExitStack() as stack:
        try:
            repository = stack.enter_context(open_repository())
            objects = stack.enter_context(Objects(repository))
            names = refs.read(repository, objects)
        except (GateError, OSError) as error:
            yield _failed("repository", error)
            return
        yield from _of_repository(repository)
        yield from _of_work(_Place(repository, objects, names), target, config)


def _answer(what: str, question: Callable[[], Probe]) -> Probe:
    """The answer, or why there is none."""
    try:
        return question()
    except (GateError, OSError) as error:
        return _failed(what, error)


def _failed(what: str, error: GateError | OSError) -> Probe:
    if isinstance(error, OSError):
        return Probe(Status.FAIL, what, (str(error.strerror or error),))
    mistakes = error.mistakes if isinstance(error, PolicyError) else ()
    return Probe(Status.FAIL, what, (error.message, *mistakes), error.hint or "")


# The machine


def _git() -> Probe:
    return Probe(Status.OK, "git", (".".join(map(str, require_git())),))


def _libgit2() -> Probe:
    try:
        version = libgit2.version()
    except ImportError as error:
        hint = "reinstall git-gate: its dependencies are incomplete"
        return Probe(Status.FAIL, "libgit2", (f"pygit2 cannot be loaded: {error}",), hint)
    return Probe(Status.OK, "libgit2", (f"{version}, by pygit2 {metadata.version('pygit2')}",))


def _tmpdir() -> Probe:
    with quarantine((), "sha1") as store:
        store.require_room()
        return Probe(Status.OK, "tmpdir", (f"{store.folder.parent} can be written",))


# The repository


def _of_repository(repository: Repository) -> Iterator[Probe]:
    where = repository.worktree or f"{repository.git_dir} (bare)"
    yield Probe(Status.OK, "repository", (f"{where}, {repository.object_format}",))
    if repository.shallow:
        hint = "if it says that the clone ends too early: git fetch --unshallow"
        yield Probe(Status.NOTE, "history", ("the clone is shallow",), hint)
    yield _answer("in-process", lambda: _in_process(repository))
    yield _answer("fetched", lambda: _fetched(repository))
    yield from _drivers(repository)


def _in_process(repository: Repository) -> Probe:
    try:
        libgit2.require_open(repository.git_dir)
    except libgit2.CannotOpen as error:
        says = f"libgit2 cannot open this repository ({error}); git is asked instead, a little slower"
        return Probe(Status.NOTE, "in-process", (says,))
    return Probe(Status.OK, "in-process", ("libgit2 can open this repository",))


def _fetched(repository: Repository) -> Probe:
    """Return how old the remote-tracking branches are."""
    remotes = repository.git("remote").decode("utf-8", "surrogateescape").split("\n")[:-1]
    if not remotes:
        return Probe(Status.OK, "fetched", ("no remote to fetch from",))
    last = newest(repository, remotes)
    if not last:
        return Probe(Status.NOTE, "fetched", ("never",), "git fetch")
    age = max(time.time() - last, 0)
    if age > _STALE:
        return Probe(Status.NOTE, "fetched", (f"{ago(age)} ago",), "git fetch")
    return Probe(Status.OK, "fetched", (f"{ago(age)} ago",))


def _drivers(repository: Repository) -> Iterator[Probe]:
    """Programs that merge certain files: git runs them for us, as it will for the real merge."""
    try:
        raw = repository.git(
            "config", "-z", "--name-only", "--get-regexp", r"^merge\..*\.driver$", allowed=(0, 1)
        )
    except GateError as error:
        yield _failed("drivers", error)
        return
    keys = dict.fromkeys(raw.decode("utf-8", "surrogateescape").split("\0")[:-1])
    names = [key.removeprefix("merge.").removesuffix(".driver") for key in keys]
    if names:
        yield Probe(
            Status.NOTE, "drivers", (f"git merges some files with {series(names)}; so does the gate",)
        )


# The work


@dataclass(frozen=True, slots=True)
class _Place:
    """The opened repository that questions about its branches start from."""

    repository: Repository
    objects: Objects
    refs: Refs


def _of_work(place: _Place, target: str | None, config: str | None) -> Iterator[Probe]:
    try:
        branch = find_target(place.repository, place.objects, place.refs, target)
    except GateError as error:
        yield _failed("target", error)
        return
    yield _target(place, branch, target)
    try:
        tried = options.policy({"config": config})
        policy = with_mode(place.repository, load_policy(place.objects, branch, tried))
    except GateError as error:
        yield _failed("policy", error)
        return
    yield _policy(policy, branch)
    yield _answer("streams", lambda: _streams(place, policy, branch))


def _target(place: _Place, target: Branch, wanted: str | None) -> Probe:
    how = "by --target" if wanted else ""
    if not how and configured(place.repository, "gate.target"):
        how = "by git config gate.target"
    elif not how:
        pointers = {place.refs.symbolic.get(f"{refs.REMOTES}{name}/HEAD") for name in place.refs.remotes}
        how = "as the remote's default branch" if target.ref in pointers else "by its usual name"
    return Probe(Status.OK, "target", (f"{target.name} at {target.commit[:10]}, found {how}",))


def _policy(policy: Policy, target: Branch) -> Probe:
    if policy.origin == "default":
        says = f"{target.name} has no {policy.path}: owners are not checked, every branch is a stream"
        return Probe(Status.NOTE, "policy", (says,), "git gate init")
    origin = f"of {target.name}" if policy.origin == "target" else "from a file"
    amount = f"{counted(len(policy.coordinators), 'coordinator')}, {counted(len(policy.rules), 'rule')}"
    audit = ", audit mode: reports and never fails" if policy.mode == "audit" else ""
    return Probe(Status.OK, "policy", (f"{policy.path} {origin}: {amount}{audit}",))


def _streams(place: _Place, policy: Policy, target: Branch) -> Probe:
    with Merger(place.repository) as merger:
        workspace = Workspace(place.repository, place.objects, merger, place.refs, target, policy)
        streams = discover(workspace, Request(today=options.today()))
    judged = [stream for stream in streams.streams if stream.judged]
    if not judged:
        pattern = f" that matches {series(policy.branches)}" if policy.branches else ""
        hint = "fetch the branches you mean, or name them: git gate check BRANCH"
        return Probe(Status.NOTE, "streams", (f"no unmerged branch{pattern}",), hint)
    unsure = [f"{gap.what}: {gap.why}" for gap in streams.not_checked if gap.required]
    works = sum(stream.uncommitted for stream in judged)
    extra = f", {works} of them with uncommitted work" if works else ""
    says = f"{counted(len(judged), 'stream')} to judge{extra}"
    return Probe(
        Status.FAIL if unsure else Status.OK, "streams", (says, *unsure), "git fsck" if unsure else ""
    )
