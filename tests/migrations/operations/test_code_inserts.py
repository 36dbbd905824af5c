"""M-OP-09 and M-OP-10 where ordinary code inserts, with what resembles them and is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from migrations.operations.acts import two

from gate.migrations.operations import inserts
from gate.migrations.operations.code_inserts import RowRequirements, Write

ALEMBIC = 'op.add_column("book", sa.Column("isbn", sa.String(), nullable=False))'
DJANGO = "migrations.AddField('book', 'isbn', models.IntegerField())"
SQL = "ALTER TABLE book ADD COLUMN isbn text NOT NULL;"
NARROWED = (
    "ALTER TABLE book DROP CONSTRAINT u; ALTER TABLE book ADD CONSTRAINT v UNIQUE (title);",
    "DROP INDEX u; CREATE UNIQUE INDEX v ON book (title);",
)
INSERT = "INSERT INTO book (title) VALUES (1)"
BOTH = f"{INSERT} ON CONFLICT (title, shelf) DO NOTHING"


def clashes_of(system: str, migration: str, code: str) -> list[tuple[str, str, str]]:
    """What comes of stream a's migration and stream b's code, as (rule, table, name)."""
    deltas, target, steps = two(system, migration, "SELECT 1" if system == "goose" else "pass")
    requirements = RowRequirements(deltas, target, steps)
    [write] = (Write("db/book.go", "blob", operation) for operation in inserts.read(code.encode()))
    table = write.operation.table.replace(".", "_")
    clashes = requirements.clashes({"b": [write]} if table in requirements.tables else {})
    assert all(
        (clash.weight, clash.first.stream, clash.second.stream) == ("warn", "a", "b") for clash in clashes
    )
    return [(clash.rule, clash.table, clash.name) for clash in clashes]


@pytest.mark.parametrize(
    ("system", "migration", "code", "expected"),
    [
        ("goose", SQL, INSERT, [("M-OP-09", "book", "isbn")]),
        ("alembic", ALEMBIC, INSERT, [("M-OP-09", "book", "isbn")]),
        ("django", DJANGO, INSERT.replace("book", "library_book"), [("M-OP-09", "library.book", "isbn")]),
        *(("goose", text, BOTH, [("M-OP-10", "book", "v")]) for text in NARROWED),
        pytest.param("goose", SQL, "INSERT INTO book (isbn) VALUES (1)", [], id="it gives the value"),
        pytest.param("goose", SQL, INSERT.replace("book", "loan"), [], id="another table"),
        pytest.param("goose", f"{SQL[:-1]} DEFAULT '';", INSERT, [], id="a default"),
        pytest.param("goose", NARROWED[0], INSERT, [], id="nothing is expected"),
        pytest.param("goose", NARROWED[0], BOTH.replace(", shelf", ""), [], id="the same is expected"),
        pytest.param("goose", NARROWED[0].partition("; ")[2], BOTH, [], id="what was unique stays so"),
    ],
)
def test_inserts(system: str, migration: str, code: str, expected: list[tuple[str, str, str]]) -> None:
    assert clashes_of(system, migration, code) == expected


def test_what_both_streams_bring_is_known_to_both() -> None:
    deltas, target, steps = two("goose", SQL, "SELECT 1")
    [first, second] = deltas
    stacked = [first, replace(second, added=(*first.added, *second.added))]
    write = Write("db/book.go", "blob", inserts.read(INSERT.encode())[0])
    assert RowRequirements(stacked, target, steps).clashes({"b": [write]}) == ()
    assert RowRequirements(deltas, first.added, steps).clashes({"b": [write]}) == ()
    assert RowRequirements(deltas, target, steps).clashes({"a": [write]}) == ()


def test_the_first_insert_is_told() -> None:
    deltas, target, steps = two("goose", SQL, "SELECT 1")
    insert = inserts.read(INSERT.encode())[0]
    writes = [
        Write("b.go", "", insert),
        Write("a.go", "", replace_line(9)),
        Write("a.go", "", replace_line(3)),
    ]
    [clash] = RowRequirements(deltas, target, steps).clashes({"b": writes})
    assert (clash.second.node.path, clash.second.operation.line) == ("a.go", 3)


def replace_line(line: int):  # type: ignore[no-untyped-def]
    [clash] = inserts.read(b"\n" * (line - 1) + INSERT.encode())
    return clash
