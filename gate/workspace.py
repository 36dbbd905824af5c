"""A repository opened for one question: with its branches, its target and the policy that counts there."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gate import config
from gate.errors import UsageError
from gate.git import refs
from gate.git.merges import Merger
from gate.git.objects import Objects
from gate.git.repository import Repository, open_repository
from gate.model.git import Target
from gate.model.policy import POLICY_FILE, Mode, Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.git.refs import Branch, Refs

_LARGEST_POLICY = 1 << 20
"""A policy of more bytes is taken for a mistake."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """An opened repository, and what every question about it starts from."""

    repository: Repository
    objects: Objects
    merger: Merger
    refs: Refs
    branch: Branch
    """The branch that streams are merged into."""
    policy: Policy
    target: Target = field(init=False)
    """The same branch as findings name it: its ref, commit and tree."""
    cached: bool = True
    """Whether facts of files are kept between runs."""
    jobs: int = 0
    """Processes that may read files at once; 0 for one a processor."""

    def __post_init__(self) -> None:
        info = self.objects.info(f"{self.branch.commit}^{{tree}}")
        target = Target(self.branch.ref or self.branch.name, self.branch.commit, info.oid if info else "")
        object.__setattr__(self, "target", target)

    @property
    def cache_folder(self) -> str | None:
        """The folder facts are kept in; None where nothing is kept."""
        return self.repository.common_dir if self.cached else None


@contextlib.contextmanager
def open_workspace(
    folder: str | None = None,
    target: str | None = None,
    policy: tuple[str, bytes] | None = None,
    mode: str = "",
    *,
    cached: bool = True,
    jobs: int = 0,
) -> Iterator[Workspace]:
    """Open the repository that `folder` (default: the current one) belongs to.

    `target` is the branch merged into, `policy` the name and text of one to try out; without them both are found in
    the repository. `mode` overrules the policy's own.

    Raises:
        GateError: there is no repository, no such target, or the policy has mistakes.
    """
    with (
        open_repository(folder) as repository,
        Objects(repository) as objects,
        Merger(repository) as merger,
    ):
        branches = refs.read(repository, objects)
        branch = find_target(repository, objects, branches, target)
        chosen = with_mode(repository, load_policy(objects, branch, policy), mode)
        yield Workspace(repository, objects, merger, branches, branch, chosen, cached=cached, jobs=jobs)


def find_target(repository: Repository, objects: Objects, branches: Refs, wanted: str | None) -> Branch:
    """Return the target: the branch asked for, else `git config gate.target`, else what the repository shows.

    Raises:
        GateError: it is not there, or several may be meant.
    """
    return refs.target(wanted or configured(repository, "gate.target"), branches, objects)


def configured(repository: Repository, key: str) -> str | None:
    """Return what `git config KEY` says; None when it is not set."""
    answer = repository.git("config", "--get", key, allowed=(0, 1))
    return answer.decode("utf-8", "surrogateescape").strip() or None


def with_mode(repository: Repository, policy: Policy, mode: str = "") -> Policy:
    """Return the policy in the given mode, else in the one `git config gate.mode` sets, else in its own.

    Raises:
        UsageError: there is no such mode.
    """
    if mode in list(Mode):
        return replace(policy, mode=Mode(mode))
    if mode:
        raise UsageError(f"there is no mode {mode!r}", f"modes: {', '.join(Mode)}")
    wanted = configured(repository, "gate.mode")
    if wanted is None:
        return policy
    if wanted not in list(Mode):
        raise UsageError(
            f"git config gate.mode is {wanted!r}, which is none of {', '.join(Mode)}",
            "`git config --show-origin gate.mode` says where it is set",
        )
    return replace(policy, mode=Mode(wanted))


def load_policy(objects: Objects, target: Branch, tried: tuple[str, bytes] | None) -> Policy:
    """Return the policy that is tried out (its name and text), else the target's own, else the default.

    Raises:
        PolicyError: it has mistakes.
        UsageError: the target's is too large to be one.
    """
    if tried is not None:
        return config.load(tried[1], path=tried[0], origin="file")
    info = objects.info(f"{target.commit}:{POLICY_FILE}")
    if info is None or info.kind != "blob":
        return Policy()
    text = objects.blob(info.oid, _LARGEST_POLICY)
    if text is None:
        raise UsageError(
            f"{POLICY_FILE} on {target.name} has {info.size} bytes, too many for a policy",
            "try another with --config",
        )
    return config.load(text, path=POLICY_FILE, origin="target")
