"""The event that started a run, read from its file. Everything in it that people can choose is hostile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from gate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["pull_request", "push", "merge_group", "schedule", "workflow_dispatch", "workflow_run"]
KINDS: tuple[Kind, ...] = (
    "pull_request", "push", "merge_group", "schedule", "workflow_dispatch", "workflow_run",
)  # fmt: skip
_SHA = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")


@dataclass(frozen=True, slots=True)
class Event:
    """The cause of a run. `base` is the branch merged into, "" for the default one; `head` the commit it is about.

    `branch` is the name of what was pushed, after another run with its owner before it; `number` is the pull request's;
    `fork`: its head lies in another repository, so that the token may read only.
    """

    kind: Kind
    repository: str
    base: str = ""
    head: str = ""
    branch: str = ""
    number: int | None = None
    fork: bool = False


def read(kind: str, content: bytes, repository: str) -> Event:
    """The event of that kind, as its file describes it.

    Raises:
        UsageError: the gate does not run on such events, or the file is no event.
    """
    name = "pull_request" if kind == "pull_request_target" else kind
    if name not in KINDS:
        raise UsageError(f"the gate does not run on {kind!r} events", f"events: {', '.join(KINDS)}")
    if not _REPOSITORY.fullmatch(repository):
        raise UsageError(f"{repository!r} is no repository of GitHub", "set GITHUB_REPOSITORY to OWNER/NAME")
    try:
        payload = msgspec.json.decode(content or b"{}")
        if not isinstance(payload, dict):
            raise TypeError
        return _READERS.get(name, _plain)(payload, repository, KINDS[KINDS.index(name)])
    except (msgspec.DecodeError, KeyError, TypeError, ValueError, UnicodeDecodeError) as error:
        raise UsageError(f"GITHUB_EVENT_PATH holds no {kind} event") from error


def _pull_request(payload: Mapping[str, Any], repository: str, kind: Kind) -> Event:
    pull = payload["pull_request"]
    source = pull["head"]["repo"]
    return Event(
        kind,
        repository,
        base=_branch(f"refs/heads/{pull['base']['ref']}"),
        head=_sha(pull["head"]["sha"]),
        branch=str(pull["head"]["ref"]),
        number=int(pull["number"]),
        fork=source is None or source["full_name"].lower() != repository.lower(),
    )


def _push(payload: Mapping[str, Any], repository: str, kind: Kind) -> Event:
    if payload.get("deleted"):
        return Event(kind, repository)
    return Event(kind, repository, head=_sha(payload["after"]), branch=_branch(payload["ref"]))


def _merge_group(payload: Mapping[str, Any], repository: str, kind: Kind) -> Event:
    group = payload["merge_group"]
    return Event(kind, repository, base=_branch(group["base_ref"]), head=_sha(group["head_sha"]))


def _workflow_run(payload: Mapping[str, Any], repository: str, kind: Kind) -> Event:
    run = payload["workflow_run"]
    source = run["head_repository"]
    fork = source["full_name"].lower() != repository.lower()
    branch = f"{source['owner']['login']}:{run['head_branch']}"
    return Event(kind, repository, head=_sha(run["head_sha"]), branch=branch, fork=fork)


def _plain(payload: Mapping[str, Any], repository: str, kind: Kind) -> Event:  # noqa: ARG001
    return Event(kind, repository)


_READERS = {
    "pull_request": _pull_request,
    "push": _push,
    "merge_group": _merge_group,
    "workflow_run": _workflow_run,
}


def _sha(value: Any) -> str:
    if not isinstance(value, str) or not _SHA.fullmatch(value):
        raise ValueError(value)
    return value


def _branch(ref: Any) -> str:
    """The name of a branch from its full ref; "" for a tag."""
    if not isinstance(ref, str) or "\0" in ref or "\n" in ref:
        raise ValueError(ref)
    return ref.removeprefix("refs/heads/") if ref.startswith("refs/heads/") else ""
