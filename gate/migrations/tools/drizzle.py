"""Drizzle: `meta/<number>_snapshot.json` with `id` and `prevId`; since 1.0 `<time>_<name>/snapshot.json`, `prevIds`.

`drizzle-kit check` refuses two snapshots "pointing to a parent snapshot" that is the same. Since 1.0 it refuses heads
only where their statements do not commute, and joins them with the next migration: such a fork is not sure to fail.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec

from gate.documents.json import check_depth
from gate.documents.keys import TooDeep
from gate.model.migrations import Key, Mark, Migration, Node, Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.model.migrations import File, Role

NAME = "drizzle"
VERSION = 1
MODEL: Literal["graph"] = "graph"
BY_NAME = False

_SNAPSHOT = re.compile(
    r"(?P<folder>.*?)/?(?:(?<![^/])meta/\d{4,6}_snapshot|(?<![^/])\d{14}_[^/]+/snapshot)\.json"
)
_NONE = "00000000-0000-0000-0000-000000000000"
"""What the first snapshot follows."""
_JOINS = "heads that commute are joined by the next migration"


class _Snapshot(msgspec.Struct, rename="camel"):
    id: str
    prev_id: str = ""
    prev_ids: tuple[str, ...] = ()


_DECODER = msgspec.json.Decoder(_Snapshot)


def folder(path: str) -> str | None:
    """The folder of the SQL files."""
    found = _SNAPSHOT.fullmatch(path)
    return found["folder"] if found else None


def read(content: bytes) -> Migration | None:
    """What a snapshot says of its place."""
    try:
        check_depth(content.decode())
        said = _DECODER.decode(content)
    except (TooDeep, msgspec.DecodeError, UnicodeDecodeError):
        broken = b"<<<<<<< " in content
        return Migration("none", "it holds conflict markers" if broken else "it is no snapshot in JSON")
    if not said.id:
        return Migration("none", "it has no id")
    parents = dict.fromkeys((said.prev_id, *said.prev_ids))
    marks = [*_mark(content, "id", said.id)]
    for parent in parents:
        if parent not in ("", _NONE):
            marks += _mark(content, "parent", parent)
    return Migration("full", marks=tuple(marks))


def _mark(content: bytes, role: Role, text: str) -> Iterator[Mark]:
    """A constant with the line it first stands on; it has no escapes where it is an id of the tool's own."""
    at = content.find(b'"%b"' % text.encode("utf-8", "surrogatepass"))
    yield Mark(role, text, content.count(b"\n", 0, max(at, 0)) + 1)


def elsewhere(_: Mapping[str, Sequence[File]]) -> bool:
    """A store is one folder."""
    return False


def beside(_: str) -> tuple[str, ...]:
    """Nothing else is needed."""
    return ()


def stores(folders: Mapping[str, Sequence[File]], _: Mapping[str, bytes]) -> Sequence[Store]:
    """Each folder is a store."""
    return [Store(NAME, name, (name,)) for name in sorted(folders)]


def nodes(store: Store, files: Sequence[File]) -> Sequence[Node]:
    """The snapshots of a folder."""
    return [_node(store, file) for file in files if file.says.parse != "none"]


def _node(store: Store, file: File) -> Node:
    joins = file.path.endswith("/snapshot.json")
    return Node(
        system=NAME,
        key=Key(store.name, file.says.of("id")[0].text),
        path=file.path,
        blob=file.blob,
        parents=tuple(Key(store.name, mark.text) for mark in file.says.of("parent")),
        sure=not joins,
        why=_JOINS if joins else "",
        marks=file.says.marks,
    )


def head_files(store: Store) -> tuple[str, ...]:
    """The journal."""
    return tuple(f"{folder}/meta/_journal.json".lstrip("/") for folder in store.folders)
