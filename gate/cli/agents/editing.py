"""Before an edit: whose the file is, whether its domain takes one stream at a time, and who else is in it now.

The answer comes from the index of who changes what; nothing is merged. Only exceptions (compliance) and serialized
domains are refused, and in audit mode not even these.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from gate import route
from gate.cli.agents.edited_definitions import edited
from gate.cli.agents.protocol import AgentAnswer, Decision
from gate.cli.agents.scene import scene
from gate.git.process import encode
from gate.git.worktree_status import editing
from gate.model.policy import RuleKind
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.cache.activity import Touch
    from gate.cli.agents.protocol import AgentAction, Edit
    from gate.cli.agents.scene import Scene
    from gate.model.policy import Route

Remark = tuple[Decision, str]


def answer(action: AgentAction) -> AgentAnswer:
    """Return the answer to these edits: the gravest decision, and all remarks.

    Raises:
        GateError: there is no repository or no target, or the policy has mistakes.
    """
    here = scene(action.folder)
    remarks: list[Remark] = []
    for edit in action.edits:
        for path in _paths(here.seen.top, action.folder, edit.path):
            remarks += about(here, path, edit)
    decision = max((remark for remark, _ in remarks), key=lambda remark: remark.rank, default=Decision.ALLOW)
    if here.audit:
        decision = Decision.ALLOW
    grave = sorted(dict.fromkeys(remarks), key=lambda remark: -remark[0].rank)
    return AgentAnswer(decision, tuple(text for _, text in grave))


def about(here: Scene, path: str, edit: Edit | None = None) -> Iterator[Remark]:
    """Yield remarks on writing to one path of the repository, each with its decision."""
    where = route.owner_of(path, here.policy)
    yield from _owned(here, path, where)
    if where.serialized:
        yield from _serialized(here, where)
    yield from _together(here, path, edit)
    for name, top in editing(here.seen, path):
        yield Decision.ASK, f"{name} has uncommitted work in {path} ({top})"


def others(here: Scene, touches: Iterable[Touch]) -> list[tuple[str, Touch]]:
    """The other streams among those that touch something."""
    active_touches = ((here.activity.streams[touch.stream], touch) for touch in touches)
    return [(stream.name, touch) for stream, touch in active_touches if stream.bare != here.bare]


def _paths(top: str, folder: str, path: str) -> Iterator[str]:
    """A file as paths of the repository: as it is named, and where links lead; none when it lies outside."""
    if not path or "\0" in path:
        return
    named = os.path.normpath(os.path.join(os.path.abspath(folder), path))  # noqa: PTH100, PTH118 (links stay links)
    root = os.path.realpath(top)
    parent = os.path.join(os.path.realpath(os.path.dirname(named)), os.path.basename(named))  # noqa: PTH118, PTH119, PTH120
    for place in dict.fromkeys((parent, os.path.realpath(named))):
        if place.startswith(f"{root}{os.sep}") and not place.startswith(f"{root}{os.sep}.git{os.sep}"):
            yield os.path.relpath(place, root)


def _owned(here: Scene, path: str, where: Route) -> Iterator[Remark]:
    if where.owner is None or where.owner == here.owner:
        return
    if where.kind is RuleKind.EXCEPTION:
        why = f" ({where.reason})" if where.reason else ""
        yield Decision.DENY, f"{path} is {where.owner}'s by exception{why}: ask {where.owner} to change it"
    else:
        yield Decision.ALLOW, f"{path} is {where.owner}'s: tell them what you need, or expect their review"


def _serialized(here: Scene, where: Route) -> Iterator[Remark]:
    numbers = here.activity.domains.get(where.domain, ())
    busy = [
        stream for stream in (here.activity.streams[number] for number in numbers) if stream.bare != here.bare
    ]
    if busy:
        names = series([stream.name for stream in busy])
        yield (
            Decision.DENY,
            f"{where.domain} takes one stream at a time, and {names} is in it: wait until it has landed",
        )
    else:
        yield Decision.ALLOW, f"{where.domain} takes one stream at a time; no other is in it now"


def _together(here: Scene, path: str, edit: Edit | None) -> Iterator[Remark]:
    near_streams = others(here, here.activity.paths.get(encode(path), ()))
    mine = (
        edited(here, path, edit.olds)
        if edit is not None and any(touch.definitions for _, touch in near_streams)
        else None
    )
    for name, touch in near_streams:
        if touch.definitions is None or mine is None:
            yield Decision.ASK, f"{name} changes {path}, too"
        elif same := sorted(mine & set(touch.definitions)):
            yield Decision.ASK, f"{name} changes {series(same)} in {path}, too"
        else:
            yield (
                Decision.ALLOW,
                f"{name} changes {series(touch.definitions)} in {path}, and nothing you are about to",
            )
