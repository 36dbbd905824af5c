"""Hooks that git 2.54 and newer runs from its configuration instead of from files.

`hook.<name>.command` is a command, `hook.<name>.event` the events it runs on; git runs these first and then the file
in the hooks folder (git-hook(1), config/hook.adoc). They belong to whoever configured them: git runs each by itself, so
nothing of theirs has to be kept or chained.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gate.errors import EnvironmentFault
from gate.git import process

if TYPE_CHECKING:
    from gate.git.repository import Repository

SINCE = (2, 54)
_OUR_PREFIX = "git-gate-"


def by_event(repository: Repository) -> dict[str, list[str]]:
    """The names of configured hooks, by event; none where git is too old to run them."""
    names_by_event: dict[str, list[str]] = defaultdict(list)
    if repository.version < SINCE:
        return names_by_event
    raw = repository.git("config", "-z", "--get-regexp", r"^hook\..*\.event$", allowed=(0, 1))
    for record in process.records(raw):
        key, _, event = record.partition("\n")
        names_by_event[event].append(key.removeprefix("hook.").removesuffix(".event"))
    return names_by_event


def is_ours(name: str) -> bool:
    """Return whether the gate configured it."""
    return name.startswith(_OUR_PREFIX)


def add(repository: Repository, event: str, command: str) -> bool:
    """Configure the gate for an event in this repository, and whether there was anything to do.

    Raises:
        EnvironmentFault: git is too old to run it.
    """
    if repository.version < SINCE:
        raise EnvironmentFault(
            f"git {'.'.join(map(str, repository.version))} runs no hooks from its configuration",
            f"install them as files, or git {'.'.join(map(str, SINCE))} or newer",
        )
    if any(map(is_ours, by_event(repository)[event])):
        return False
    repository.git("config", "--local", f"hook.{_OUR_PREFIX}{event}.command", command)
    repository.git("config", "--local", f"hook.{_OUR_PREFIX}{event}.event", event)
    return True


def remove(repository: Repository, event: str) -> bool:
    """Take it out again, and whether there was anything to do."""
    if not any(map(is_ours, by_event(repository).get(event, ()))):
        return False
    repository.git("config", "--local", "--remove-section", f"hook.{_OUR_PREFIX}{event}")
    return True
