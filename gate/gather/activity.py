"""Which streams change which paths and definitions: an index for quick answers, made without merging.

It is kept in the common git directory, in one file beside the facts of blobs, and holds for as long as no branch has
moved and nothing else it was made from has changed. What cannot be read of it is made anew.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gate import __version__, route
from gate.gather import streams
from gate.git import changes
from gate.git.process import encode
from gate.model.policy import POLICY_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gate.gather.request import Request
    from gate.git.glance import Glance
    from gate.git.objects import Objects
    from gate.git.refs import Branch, Refs
    from gate.git.repository import Repository
    from gate.model.git import Change, Stream
    from gate.model.policy import Policy

FILE = "gate/activity"
_FORMAT = 1
_LARGEST = 64 << 20
_MOST_READ = 2_000
"""Changed files whose definitions are looked up; beyond, an answer is about the whole file."""


class Active(msgspec.Struct, frozen=True, array_like=True):
    """A stream: its name, its full ref, its own name without remote, and whose it is ("" for nobody's)."""

    name: str
    ref: str
    bare: str
    owner: str


class Touch(msgspec.Struct, frozen=True, array_like=True):
    """What one stream does to one path. `definitions` are those it changes; None when that is not known."""

    stream: int
    definitions: tuple[str, ...] | None = None


class Activity(msgspec.Struct, frozen=True, array_like=True):
    """The index. `policy` is the text of the target's policy, None when it has none; paths are git's bytes.

    `domains` maps a serialized domain to the streams that change something in it.
    """

    made_from: tuple[str, bytes]
    target: str
    own: str
    """The target's own name, without remote."""
    policy: bytes | None
    streams: tuple[Active, ...]
    paths: dict[bytes, tuple[Touch, ...]]
    domains: dict[str, tuple[int, ...]]


def made_from(seen: Glance) -> tuple[str, bytes]:
    """What an index depends on."""
    return f"{_FORMAT} {__version__} {seen.config.get('gate.target', '')}", seen.refs


def load(seen: Glance) -> Activity | None:
    """The kept index, when it still holds."""
    try:
        file = Path(seen.common_dir, FILE)
        if file.stat().st_size > _LARGEST:
            return None
        found = msgspec.msgpack.decode(file.read_bytes(), type=Activity)
    except (OSError, msgspec.MsgspecError):
        return None
    return found if found.made_from == made_from(seen) else None


def save(seen: Glance, activity: Activity) -> None:
    """Keep the index; where that cannot be, the next question makes it again."""
    place = Path(seen.common_dir, FILE)
    with contextlib.suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".activity.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.msgpack.encode(activity))
            Path(name).replace(place)
        finally:
            Path(name).unlink(missing_ok=True)


def build(
    repository: Repository,
    objects: Objects,
    request: Request,
    policy: Policy,
    names: Refs,
    aim: Branch,
    seen: Glance,
) -> Activity:
    """Make the index: every stream's changes since it left the target.

    Raises:
        GateError: the streams cannot be told.
    """
    found = streams.collect(repository, objects, request, policy, names, aim).streams
    changed = _changed(repository, objects, found)
    definitions = _definitions(repository, objects, changed)
    active = tuple(Active(one.name, one.ref, names.bare_name(one.ref), _owner(one, policy)) for one in found)
    paths: dict[bytes, list[Touch]] = {}
    domains: dict[str, dict[int, None]] = {}
    for number, own in enumerate(changed):
        for change in own:
            for path in change.paths:
                key = encode(path)
                known = definitions.get((change.old_blob, change.new_blob)) if path == change.path else None
                paths.setdefault(key, []).append(Touch(number, known))
                where = route.owner_of(path, policy)
                if where.serialized:
                    domains.setdefault(where.domain, {})[number] = None
    info = objects.info(f"{aim.commit}:{POLICY_FILE}")
    text = objects.blob(info.oid) if info is not None and policy.origin == "target" else None
    return Activity(
        made_from(seen),
        aim.name,
        names.bare_name(aim.ref),
        text,
        active,
        {path: tuple(touches) for path, touches in paths.items()},
        {domain: tuple(numbers) for domain, numbers in domains.items()},
    )


def _changed(repository: Repository, objects: Objects, found: Iterable[Stream]) -> list[tuple[Change, ...]]:
    pairs = []
    for stream in found:
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
    """The definitions that each change of a readable file touches, on its old side or its new one."""
    from gate.gather.edits import Edits

    wanted = {
        (one.old_blob, one.new_blob): one.path
        for own in changed
        for one in own
        if one.old_blob and one.new_blob and one.old_blob != one.new_blob
    }
    if len(wanted) > _MOST_READ:
        return {}
    with Edits(repository, objects) as edits:
        found = {blobs: edits.between(*blobs, path) for blobs, path in wanted.items()}
    return {blobs: names for blobs, names in found.items() if names is not None}
