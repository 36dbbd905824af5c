"""Before an edit: whose the file is, whether its domain takes one stream at a time, and who else is in it now.

The answer comes from the index of who changes what; nothing is merged. Only exceptions (compliance) and serialized
domains are refused, and in audit mode not even these.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate import route
from gate.cli.agents.protocol import Answer, Decision
from gate.cli.agents.touching import edited
from gate.cli.events.quick import current
from gate.config import load
from gate.git import refs
from gate.git.process import encode
from gate.git.worktree_status import editing, worktree_status
from gate.model.policy import Policy, RuleKind
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.cache.activity import Activity, Touch
    from gate.cli.agents.protocol import Action, Edit
    from gate.git.worktree_status import WorktreeStatus
    from gate.model.policy import Route

Said = tuple[Decision, str]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an edit would happen: the worktree, who changes what, the rules, and whose the stream here is."""

    seen: WorktreeStatus
    activity: Activity
    policy: Policy
    owner: str
    """The coordinator of the stream that is checked out, "" for nobody's."""

    @property
    def bare(self) -> str:
        """The own name of the branch that is checked out."""
        return self.seen.head.removeprefix(refs.HEADS)

    @property
    def audit(self) -> bool:
        """Whether nothing is to be refused."""
        return (self.seen.config.get("gate.mode") or self.policy.mode) == "audit"


def scene(folder: str) -> Scene:
    """Look around.

    Raises:
        GateError: there is no repository, no target, or the policy has mistakes.
    """
    seen = worktree_status(folder)
    activity = current(seen)
    policy = Policy() if activity.policy is None else load(activity.policy, path="gate.toml", origin="target")
    name = refs.short(seen.head)
    owner = route.coordinator_of_stream(name, seen.head, policy) if seen.head else None
    declared = (one.owner for one in activity.streams if one.ref == seen.head)
    return Scene(seen, activity, policy, owner or next(declared, ""))


def answer(action: Action) -> Answer:
    """What there is to say to these edits.

    Raises:
        GateError: that cannot be told.
    """
    here = scene(action.folder)
    said: list[Said] = []
    for edit in action.edits:
        for path in _paths(here.seen.top, action.folder, edit.path):
            said += about(here, path, edit)
    decision = max((one for one, _ in said), key=lambda one: one.rank, default=Decision.ALLOW)
    if here.audit:
        decision = Decision.ALLOW
    grave = sorted(dict.fromkeys(said), key=lambda one: -one[0].rank)
    return Answer(decision, tuple(text for _, text in grave))


def about(here: Scene, path: str, edit: Edit | None = None) -> Iterator[Said]:
    """What there is to say about writing to one path of the repository, and how grave it is."""
    where = route.owner_of(path, here.policy)
    yield from _owned(here, path, where)
    if where.serialized:
        yield from _serialized(here, where)
    yield from _together(here, path, edit)
    for name, top in editing(here.seen, path):
        yield Decision.ASK, f"{name} has uncommitted work in {path} ({top})"


def others(here: Scene, touches: Iterable[Touch]) -> list[tuple[str, Touch]]:
    """The other streams among those that touch something."""
    found = ((here.activity.streams[touch.stream], touch) for touch in touches)
    return [(stream.name, touch) for stream, touch in found if stream.bare != here.bare]


def _paths(top: str, folder: str, path: str) -> Iterator[str]:
    """A file as paths of the repository: as it is named, and where links lead; none when it lies outside."""
    if not path or "\0" in path:
        return
    named = os.path.normpath(os.path.join(os.path.abspath(folder), path))  # noqa: PTH100, PTH118 (links stay links)
    root = os.path.realpath(top)
    parent = os.path.join(os.path.realpath(os.path.dirname(named)), os.path.basename(named))  # noqa: PTH118, PTH119, PTH120
    for one in dict.fromkeys((parent, os.path.realpath(named))):
        if one.startswith(f"{root}{os.sep}") and not one.startswith(f"{root}{os.sep}.git{os.sep}"):
            yield os.path.relpath(one, root)


def _owned(here: Scene, path: str, where: Route) -> Iterator[Said]:
    if where.owner is None or where.owner == here.owner:
        return
    if where.kind is RuleKind.EXCEPTION:
        why = f" ({where.reason})" if where.reason else ""
        yield Decision.DENY, f"{path} is {where.owner}'s by exception{why}: ask {where.owner} to change it"
    else:
        yield Decision.ALLOW, f"{path} is {where.owner}'s: tell them what you need, or expect their review"


def _serialized(here: Scene, where: Route) -> Iterator[Said]:
    numbers = here.activity.domains.get(where.domain, ())
    busy = [one for one in (here.activity.streams[number] for number in numbers) if one.bare != here.bare]
    if busy:
        names = series([one.name for one in busy])
        yield (
            Decision.DENY,
            f"{where.domain} takes one stream at a time, and {names} is in it: wait until it has landed",
        )
    else:
        yield Decision.ALLOW, f"{where.domain} takes one stream at a time; no other is in it now"


def _together(here: Scene, path: str, edit: Edit | None) -> Iterator[Said]:
    there = others(here, here.activity.paths.get(encode(path), ()))
    mine = (
        edited(here, path, edit.olds)
        if edit is not None and any(touch.definitions for _, touch in there)
        else None
    )
    for name, touch in there:
        if touch.definitions is None or mine is None:
            yield Decision.ASK, f"{name} changes {path}, too"
        elif same := sorted(mine & set(touch.definitions)):
            yield Decision.ASK, f"{name} changes {series(same)} in {path}, too"
        else:
            yield (
                Decision.ALLOW,
                f"{name} changes {series(touch.definitions)} in {path}, and nothing you are about to",
            )
