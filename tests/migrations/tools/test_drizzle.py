"""Drizzle's snapshots."""

from __future__ import annotations

import json

import pytest

from gate.migrations.tools import tool
from gate.model.migrations import File, Migration, Store

DRIZZLE = tool("drizzle")

NONE = "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("drizzle/meta/0001_snapshot.json", "drizzle"),
        ("meta/0001_snapshot.json", ""),
        ("a/b/20250101000000_brave_hulk/snapshot.json", "a/b"),
        ("20250101000000_brave_hulk/snapshot.json", ""),
        ("drizzle/meta/_journal.json", None),
        ("drizzle/0001_snapshot.json", None),
        ("drizzle/xmeta/0001_snapshot.json", None),
        ("x/brave_hulk/snapshot.json", None),
        ("0" * 9000 + "_/snapshot.json", None),
    ],
)
def test_paths(path: str, folder: str | None) -> None:
    assert DRIZZLE.folder(path) == folder


@pytest.mark.parametrize(
    ("snapshot", "parents"),
    [
        ({"id": "b", "prevId": "a", "tables": {"id": {"prevId": "x"}}}, ["a"]),
        ({"id": "b", "prevId": NONE}, []),
        ({"id": "b"}, []),
        ({"id": "b", "prevIds": ["a", "c"]}, ["a", "c"]),
        ({"tables": {}, "prevIds": [NONE], "id": "b"}, []),
    ],
)
def test_what_a_snapshot_says(snapshot: object, parents: list[str]) -> None:
    migration = DRIZZLE.read(json.dumps(snapshot).encode())
    assert migration is not None
    assert [mark.text for mark in migration.marks_of("id")] == ["b"]
    assert [mark.text for mark in migration.marks_of("parent")] == parents


def test_lines() -> None:
    migration = DRIZZLE.read(b'{\n "id": "b",\n "prevId": "a"\n}')
    assert migration is not None
    assert [(mark.role, mark.line) for mark in migration.marks] == [("id", 2), ("parent", 3)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is no snapshot in JSON"),
        (b"\xff\0", "it is no snapshot in JSON"),
        (b"[" * 100000, "it is no snapshot in JSON"),
        (b'{"id": 1}', "it is no snapshot in JSON"),
        (b'{"id": "b", "prevIds": null}', "it is no snapshot in JSON"),
        (b'{\n<<<<<<< HEAD\n"id": "a",', "it holds conflict markers"),
        (b'{"id": ""}', "it has no id"),
    ],
)
def test_what_cannot_be_read(content: bytes, why: str) -> None:
    assert DRIZZLE.read(content) == Migration("none", why)


@pytest.mark.parametrize(
    ("path", "sure"), [("d/meta/0001_snapshot.json", True), ("d/20250101000000_a/snapshot.json", False)]
)
def test_a_fork_fails_surely_only_before_1_0(path: str, sure: bool) -> None:
    says = DRIZZLE.read(b'{"id": "b", "prevId": "a"}')
    assert says is not None
    [store] = DRIZZLE.stores({"d": [File(path, "blob", says)]}, {})
    assert store == Store("drizzle", "d", ("d",))
    [node] = DRIZZLE.nodes(store, [File(path, "blob", says), File("x", "", Migration("none"))])
    assert (node.id, [key.id for key in node.parents], node.sure) == ("b", ["a"], sure)
    assert DRIZZLE.head_files(store) == ("d/meta/_journal.json",)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("db/meta/0002_snapshot.json", "db/0002_odd_name.sql"),
        ("meta/0002_snapshot.json", ""),
        ("db/20260101000000_x/snapshot.json", "db/20260101000000_x/migration.sql"),
        ("db/meta/0003_snapshot.json", ""),
        ("db/0002_odd_name.sql", ""),
    ],
)
def test_the_sql_of_a_snapshot(path: str, expected: str) -> None:
    files = ["db/0002_odd_name.sql", "db/20260101000000_x/migration.sql", "db/sub/0002_y.sql"]
    assert DRIZZLE.statements_path(path, files) == expected
