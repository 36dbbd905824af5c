"""Migrations that are SQL: sections, places, encodings."""

from __future__ import annotations

import pytest

from gate.migrations.operations.reading import read, scripts

DOWN = "DROP TABLE gone;\n"
UP, BEGIN, END = (f"-- +goose {word}\n" for word in ("Up", "StatementBegin", "StatementEnd"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DROP TABLE a;\n", [("a", 1)]),
        (f"{UP}{BEGIN}DROP TABLE a;\n{END}-- +goose Down\n{DOWN}", [("a", 3)]),
        (f"-- migrate:up transaction:false\nDROP TABLE a;\n\n-- migrate:down\n{DOWN}", [("a", 2)]),
        (f"-- migrate:down\n{DOWN}-- migrate:up\nDROP TABLE a;\n", [("a", 4)]),
        (f"-- +migrate Up\nDROP TABLE a;\n-- +migrate Down\n{DOWN}", [("a", 2)]),
        (f"-- Up Migration\nDROP TABLE a;\n-- Down Migration\n{DOWN}", [("a", 2)]),
        (f"DROP TABLE a;\n-- migrate:down\n{DOWN}", [("a", 1)]),
        ("\ufeffDROP TABLE a;\r\nDROP TABLE b;\r\n", [("a", 1), ("b", 2)]),
        ("", []),
    ],
)  # fmt: skip
def test_what_runs_forwards(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(one.table, one.line) for one in scripts.read(text.encode())] == expected


@pytest.mark.parametrize("system", ["flyway", "golang_migrate", "goose", "dbmate", "sqlx", "atlas", "prisma"])
def test_systems(system: str) -> None:
    assert [one.verb for one in read(system, b"DROP TABLE a;")] == ["drop table"]


def test_what_is_no_text() -> None:
    [one] = read("goose", "DROP TABLE a;".encode("utf-16"))
    assert (one.verb, one.why) == ("opaque", "it is no text in UTF-8")


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
    assert scripts.place(path, files) == expected
