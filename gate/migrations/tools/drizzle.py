"""Drizzle: `meta/<number>_snapshot.json` with `id` and `prevId`; since 1.0 `<time>_<name>/snapshot.json`, `prevIds`.

`drizzle-kit check` refuses two snapshots "pointing to a parent snapshot" that is the same. Since 1.0 it refuses heads
only where their statements do not commute, and joins them with the next migration: such a fork is not sure to fail.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from gate.documents.json import check_depth
from gate.documents.keys import TooDeep
from gate.migrations.tools.base.tool import Tool
from gate.model.migrations import Key, Mark, Migration, Node, Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.model.migrations import File, Role

_SNAPSHOT = re.compile(
    r"(?P<folder>.*?)/?(?:(?<![^/])meta/\d{4,6}_snapshot|(?<![^/])\d{14}_[^/]+/snapshot)\.json"
)
_NONE = "00000000-0000-0000-0000-000000000000"
"""What the first snapshot follows."""
_JOINS = "heads that commute are joined by the next migration"


_GRAPH = (
    "{node.path} holds the whole schema as it was, so that another parent does not make it right: once what comes "
    "before has landed, drop it with its SQL (and its entry in meta/_journal.json), run `drizzle-kit generate`, and "
    "copy over what was written by hand"
)
_JOINED = (
    "{node.path} holds the whole schema as it was: once both have landed, `drizzle-kit check` says whether they go "
    "together, and `drizzle-kit generate` joins them; if not, drop its folder and run `drizzle-kit generate`"
)
"""Since 1.0: what goes together in any order needs no more than a snapshot that follows both."""
_STATEMENTS = re.compile(
    r"(?P<folder>.*?)(?:(?<![^/])meta/(?P<number>\d{4,6})_snapshot|(?P<whole>[^/]+)/snapshot)\.json"
)


class _Snapshot(msgspec.Struct, rename="camel"):
    id: str
    prev_id: str = ""
    prev_ids: tuple[str, ...] = ()


_DECODER = msgspec.json.Decoder(_Snapshot)


class Drizzle(Tool):
    """A snapshot names its parent; its statements are SQL in another file."""

    name = "drizzle"
    title = "Drizzle"
    model = "graph"
    runs_sql = True

    def folder(self, path: str) -> str | None:
        """Return the folder of the SQL files."""
        match = _SNAPSHOT.fullmatch(path)
        return match["folder"] if match else None

    def read(self, content: bytes) -> Migration | None:
        """Return what a snapshot says of its place."""
        try:
            check_depth(content.decode())
            snapshot = _DECODER.decode(content)
        except (TooDeep, msgspec.DecodeError, UnicodeDecodeError):
            conflict = b"<<<<<<< " in content
            return Migration("none", "it holds conflict markers" if conflict else "it is no snapshot in JSON")
        if not snapshot.id:
            return Migration("none", "it has no id")
        parents = dict.fromkeys((snapshot.prev_id, *snapshot.prev_ids))
        marks = [*_mark(content, "id", snapshot.id)]
        for parent in parents:
            if parent not in ("", _NONE):
                marks += _mark(content, "parent", parent)
        return Migration("full", marks=tuple(marks))

    def stores(self, folders: Mapping[str, Sequence[File]], evidence: Mapping[str, bytes]) -> Sequence[Store]:
        """Return each folder as a store."""
        del evidence
        return [Store(self.name, name, (name,)) for name in sorted(folders)]

    def nodes(self, store: Store, files: Sequence[File]) -> Sequence[Node]:
        """Return the snapshots of a folder."""
        return [_node(store, file) for file in files if file.migration.parse != "none"]

    def statements_path(self, path: str, files: Iterable[str]) -> str:
        """Return which of the files has the SQL that a snapshot goes with; "" where none has."""
        match = _STATEMENTS.fullmatch(path)
        if match is None:
            return ""
        if match["whole"]:
            wanted = re.compile(re.escape(f"{match['folder']}{match['whole']}/migration.sql"))
        else:
            wanted = re.compile(re.escape(f"{match['folder']}{match['number']}_") + r"[^/]*\.sql")
        return next((path for path in sorted(files) if wanted.fullmatch(path)), "")

    def follow(self, node: Node, parent: Key, old: str = "") -> str:
        """Return what to do so that a migration follows `parent`: its snapshot holds the whole schema."""
        del old
        return f"drop `{node.id}` ({node.path}) with its SQL, and generate it again after `{parent.id}`"

    def immovable(self, node: Node) -> str:
        """Return why no change of its text makes a snapshot follow another parent."""
        return (_GRAPH if node.sure else _JOINED).format(node=node)

    def head_files(self, store: Store) -> tuple[str, ...]:
        """Return the path of the journal."""
        return tuple(f"{folder}/meta/_journal.json".lstrip("/") for folder in store.folders)


def _node(store: Store, file: File) -> Node:
    joins = file.path.endswith("/snapshot.json")
    return Node(
        tool=store.tool,
        key=Key(store.name, file.migration.marks_of("id")[0].text),
        path=file.path,
        blob=file.blob,
        parents=tuple(Key(store.name, mark.text) for mark in file.migration.marks_of("parent")),
        sure=not joins,
        why=_JOINS if joins else "",
        marks=file.migration.marks,
    )


def _mark(content: bytes, role: Role, text: str) -> Iterator[Mark]:
    """Yield a constant with the line it first stands on; it has no escapes where it is an id of the tool's own."""
    at = content.find(b'"%b"' % text.encode("utf-8", "surrogatepass"))
    yield Mark(role, text, content.count(b"\n", 0, max(at, 0)) + 1)


TOOL = Drizzle()
