"""The index of who changes what: the kept one, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.cache import activity

if TYPE_CHECKING:
    from gate.cache.activity import Activity
    from gate.git.worktree_status import WorktreeStatus


def current(seen: WorktreeStatus) -> Activity:
    """Return the index as the branches are now.

    Raises:
        GateError: the target or the streams cannot be found.
    """
    kept = activity.load(seen)
    if kept is not None:
        return kept
    from gate.cli.options import today
    from gate.model.request import Request
    from gate.streams.activity_build import build
    from gate.workspace import open_workspace

    with open_workspace(seen.top) as workspace:
        request = Request(today=today(), folder=seen.top, worktrees=False)
        activity_index = build(workspace, request, seen)
    activity.save(seen, activity_index)
    return activity_index
