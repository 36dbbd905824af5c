"""An index of the paths and definitions that streams change, for quick answers, made without merging.

It is kept in the common git directory, in one file beside the facts of blobs, and holds for as long as no branch has
moved and nothing else it depends on has changed. An index that cannot be read is made again.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gate import __version__

if TYPE_CHECKING:
    from gate.git.worktree_status import WorktreeStatus

FILE = "gate/activity"
_FORMAT = 1
_LARGEST = 64 << 20


class Active(msgspec.Struct, frozen=True, array_like=True):
    """A stream: its name, its full ref, its name without remote, and its coordinator ("" for none)."""

    name: str
    ref: str
    bare: str
    owner: str


class Touch(msgspec.Struct, frozen=True, array_like=True):
    """One stream's change of one path. `definitions` are those it changes; None when that is not known."""

    stream: int
    definitions: tuple[str, ...] | None = None


class Activity(msgspec.Struct, frozen=True, array_like=True):
    """The index. `policy` is the text of the target's policy, None when it has none; paths are git's bytes.

    `domains` maps a serialized domain to the streams that change something in it.
    """

    made_from: tuple[str, bytes]
    target: str
    policy: bytes | None
    streams: tuple[Active, ...]
    paths: dict[bytes, tuple[Touch, ...]]
    domains: dict[str, tuple[int, ...]]
    extractors: dict[str, str]
    """By the ending of a path: under which name the facts of such files are kept."""


def made_from(seen: WorktreeStatus) -> tuple[str, bytes]:
    """Return what an index depends on."""
    return f"{_FORMAT} {__version__} {seen.config.get('gate.target', '')}", seen.refs


def load(seen: WorktreeStatus) -> Activity | None:
    """Return the kept index when it still holds, else None."""
    try:
        file = Path(seen.common_dir, FILE)
        if file.stat().st_size > _LARGEST:
            return None
        activity = msgspec.msgpack.decode(file.read_bytes(), type=Activity)
    except (OSError, msgspec.MsgspecError):
        return None
    return activity if activity.made_from == made_from(seen) else None


def save(seen: WorktreeStatus, activity: Activity) -> None:
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
