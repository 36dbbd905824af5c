"""The index of who changes what: the kept one, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.cache import activity

if TYPE_CHECKING:
    from gate.cache.activity import Activity
    from gate.git.glance import Glance


def current(seen: Glance) -> Activity:
    """The index as the branches are now.

    Raises:
        GateError: the target or the streams cannot be told.
    """
    kept = activity.load(seen)
    if kept is not None:
        return kept
    from gate.cli.options import today
    from gate.model.request import Request
    from gate.pipeline import opened
    from gate.streams.activity_build import build

    with opened(seen.top) as at:
        request = Request(today=today(), folder=seen.top, worktrees=False)
        made = build(at.repository, at.objects, request, at.policy, at.names, at.aim, seen)
    activity.save(seen, made)
    return made
