"""The circumstances an edit by an agent is judged by: worktree, streams' changes, policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate import route
from gate.cli.events.activity_index import current
from gate.config import load
from gate.git import refs
from gate.git.worktree_status import worktree_status
from gate.model.policy import Policy

if TYPE_CHECKING:
    from gate.cache.activity import Activity
    from gate.git.worktree_status import WorktreeStatus


@dataclass(frozen=True, slots=True)
class Scene:
    """The circumstances of an edit: worktree, streams' changes, policy, and the coordinator of the stream."""

    seen: WorktreeStatus
    activity: Activity
    policy: Policy
    owner: str
    """The coordinator of the stream that is checked out, "" for none."""

    @property
    def bare(self) -> str:
        """The name of the branch that is checked out."""
        return self.seen.head.removeprefix(refs.HEADS)

    @property
    def audit(self) -> bool:
        """Whether the gate only reports."""
        return (self.seen.config.get("gate.mode") or self.policy.mode) == "audit"


def scene(folder: str) -> Scene:
    """Return the scene of an edit in a folder.

    Raises:
        GateError: there is no repository, no target, or the policy has mistakes.
    """
    seen = worktree_status(folder)
    activity = current(seen)
    policy = Policy() if activity.policy is None else load(activity.policy, path="gate.toml", origin="target")
    name = refs.short(seen.head)
    owner = route.coordinator_of_stream(name, seen.head, policy) if seen.head else None
    declared = (stream.owner for stream in activity.streams if stream.ref == seen.head)
    return Scene(seen, activity, policy, owner or next(declared, ""))
