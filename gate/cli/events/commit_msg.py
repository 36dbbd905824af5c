"""`commit-msg`: whose work a commit is, as its `Coordinator:` trailer declares it. It only warns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate import route
from gate.cli.events.current_branch import current_branch
from gate.cli.options import read
from gate.cli.writing import note
from gate.errors import Exit, UsageError
from gate.git import history, refs
from gate.model.words import series
from gate.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.git.repository import Repository
    from gate.workspace import Workspace

_KEY = "coordinator"


def run(words: tuple[str, ...]) -> Exit:
    """Warn of a trailer that names nobody, that does not count, or that is missing.

    Raises:
        UsageError: git named no file with a message.
    """
    if not words:
        raise UsageError("git names the file with the message to this hook; nobody did")
    with open_workspace() as workspace:
        branch = current_branch(workspace.repository)
        if branch and workspace.policy.coordinators and _is_stream(workspace, branch):
            for warning in _warnings(workspace, branch, _trailers(workspace.repository, read(words[0]))):
                note(f"git-gate: {warning}")
    return Exit.PASS


def _is_stream(workspace: Workspace, ref: str) -> bool:
    name = refs.short(ref)
    matched = refs.matcher(workspace.policy.branches)
    return name != workspace.refs.bare_name(workspace.branch.ref) and (
        not workspace.policy.branches or matched(name)
    )


def _trailers(repository: Repository, message: bytes) -> list[str]:
    """The coordinators a message names, as git reads its trailers."""
    answer = repository.git("interpret-trailers", "--parse", stdin=message).decode("utf-8", "surrogateescape")
    pairs = (line.partition(":") for line in answer.split("\n"))
    return [value.strip() for key, _, value in pairs if key.strip().lower() == _KEY and value.strip()]


def _warnings(workspace: Workspace, ref: str, named: list[str]) -> Iterator[str]:
    name = refs.short(ref)
    coordinators = [coordinator.name for coordinator in workspace.policy.coordinators]
    owner = route.coordinator_of_stream(name, ref, workspace.policy)
    for coordinator in named:
        if coordinator not in coordinators:
            yield f"{workspace.policy.path} knows no coordinator {coordinator}; it knows {series(coordinators, 6)}"
        elif owner is not None and coordinator != owner:
            claim = f"{name} is {owner}'s by {workspace.policy.path}"
            yield f"{claim}, so the trailer that names {coordinator} does not count"
    if owner is None and not named and not _declared(workspace, ref):
        yield f"nothing says whose stream {name} is; a trailer would: Coordinator: {coordinators[0]}"


def _declared(workspace: Workspace, ref: str) -> bool:
    """Return whether an earlier commit of the branch names somebody."""
    tip = workspace.refs.commits.get(ref)
    if tip is None:
        return False
    unlanded = history.walk(workspace.repository, workspace.branch.commit, [tip]).tips.get(tip)
    return unlanded is not None and any(commit.coordinators for commit in unlanded.commits)
