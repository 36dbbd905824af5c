"""Makes the index of who changes what: one walk over history and one diff for all streams, no merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate import route
from gate.cache.activity import Active, Activity, Touch, made_from
from gate.git import changes
from gate.git.process import encode
from gate.languages import registry
from gate.model.policy import POLICY_FILE
from gate.streams.discover import discover
from gate.streams.edits import Edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.git.worktree_status import WorktreeStatus
    from gate.model.git import Change, Stream
    from gate.model.policy import Policy
    from gate.model.request import Request
    from gate.workspace import Workspace

_MOST_READ = 2_000
"""Changed files whose definitions are looked up; beyond, an answer is about the whole file."""


def build(workspace: Workspace, request: Request, seen: WorktreeStatus) -> Activity:
    """Make the index: every stream's changes since it left the target.

    Raises:
        GateError: the streams cannot be found.
    """
    repository, objects, policy = workspace.repository, workspace.objects, workspace.policy
    streams = discover(workspace, request).streams
    changed = _changed(repository, objects, streams)
    info = objects.info(f"{workspace.target.commit}:{POLICY_FILE}")
    text = objects.blob(info.oid) if info is not None and policy.origin == "target" else None
    bare_name = workspace.refs.bare_name
    return Activity(
        made_from(seen),
        workspace.branch.name,
        text,
        tuple(
            Active(stream.name, stream.ref, bare_name(stream.ref), _owner(stream, policy))
            for stream in streams
        ),
        _paths(changed, _definitions(repository, objects, changed)),
        _domains(changed, policy),
        _extractors(changed),
    )


def _paths(
    changed: Iterable[Iterable[Change]], definitions: Mapping[tuple[str, str], tuple[str, ...]]
) -> dict[bytes, tuple[Touch, ...]]:
    touches_by_path: dict[bytes, list[Touch]] = {}
    for number, changes_of_stream in enumerate(changed):
        for change in changes_of_stream:
            for path in change.paths:
                edited = definitions.get((change.old_blob, change.new_blob)) if path == change.path else None
                touches_by_path.setdefault(encode(path), []).append(Touch(number, edited))
    return {path: tuple(touches) for path, touches in touches_by_path.items()}


def _domains(changed: Iterable[Iterable[Change]], policy: Policy) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the streams that change something in each serialized domain."""
    streams: dict[str, dict[int, None]] = {}
    for number, changes_of_stream in enumerate(changed):
        for path in (path for change in changes_of_stream for path in change.paths):
            where = route.owner_of(path, policy)
            if where.serialized:
                streams.setdefault(where.domain, {})[number] = None
    return {domain: tuple(numbers) for domain, numbers in streams.items()}


def _extractors(changed: Iterable[Iterable[Change]]) -> dict[str, str]:
    endings = {
        registry.ending(change.path)
        for changes_of_stream in changed
        for change in changes_of_stream
        if registry.language(change.path)
    }
    return {end: registry.extractor(end) for end in sorted(endings)}


def _changed(repository: Repository, objects: Objects, streams: Iterable[Stream]) -> list[tuple[Change, ...]]:
    pairs = []
    for stream in streams:
        base = objects.info(f"{stream.merge_base}^{{tree}}") if stream.merge_base else None
        tip = objects.info(f"{stream.head}^{{tree}}")
        pairs.append((base.oid, tip.oid) if base and tip else ("", ""))
    return changes.between(repository, pairs)


def _owner(stream: Stream, policy: Policy) -> str:
    named = (name for commit in stream.commits for name in commit.coordinators)
    return route.coordinator_of_stream(stream.name, stream.ref, policy) or next(named, "")


def _definitions(
    repository: Repository, objects: Objects, changed: Iterable[Iterable[Change]]
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the definitions that each change touches on either side, by its (old blob, new blob)."""
    wanted = {
        (change.old_blob, change.new_blob): change.path
        for changes_of_stream in changed
        for change in changes_of_stream
        if change.old_blob and change.new_blob and change.old_blob != change.new_blob
    }
    if len(wanted) > _MOST_READ:
        return {}
    with Edits(repository, objects) as edits:
        edited = {blobs: edits.between(*blobs, path) for blobs, path in wanted.items()}
    return {blobs: names for blobs, names in edited.items() if names is not None}
