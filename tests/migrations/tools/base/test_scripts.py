"""Migrations that are SQL: sections, places, encodings."""

from __future__ import annotations

import pytest

from gate.migrations.operations.reading import read
from gate.migrations.tools.base import scripts

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
    assert [(operation.table, operation.line) for operation in scripts.read(text.encode())] == expected


@pytest.mark.parametrize("name", ["flyway", "golang_migrate", "goose", "dbmate", "sqlx", "atlas", "prisma"])
def test_tools(name: str) -> None:
    assert [operation.verb for operation in read(name, b"DROP TABLE a;")] == ["drop table"]


def test_what_is_no_text() -> None:
    [operation] = read("goose", "DROP TABLE a;".encode("utf-16"))
    assert (operation.verb, operation.why) == ("opaque", "it is no text in UTF-8")
