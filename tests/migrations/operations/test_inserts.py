"""SQL in ordinary code that inserts rows."""

from __future__ import annotations

import pytest

from gate.migrations.operations import inserts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 'INSERT INTO book (title) VALUES (1)'", [("book", (), 1)]),
        ("\n`insert into \"Book\" (\"a\")\n VALUES (1)`,", [("book", (), 2)]),
        ('"INSERT INTO \\"public\\".\\"Book\\" (a) VALUES (1)"', [("book", (), 1)]),
        ("INSERT OR IGNORE INTO book SELECT 1", [("book", (), 1)]),
        ("INSERT INTO shop.book VALUES (1) ON CONFLICT (a, \"B\") DO NOTHING", [("shop.book", ("a", "b"), 1)]),
        ("INSERT INTO book (a) VALUES (1) ON CONFLICT (lower(a)) DO NOTHING", [("book", (), 1)]),
        ("INSERT INTO a VALUES (1); x ON CONFLICT (b)", [("a", (), 1)]),
        ("INSERT INTO a (x)\nINSERT INTO b (x) ON CONFLICT (y)", [("a", (), 1), ("b", ("y",), 2)]),
        ("# insert into book the new page", []),
        ("INSERT INTO {table} (a) VALUES (1)", []),
        ("INSERT INTO %s (a)", []),
        ("insert " * 100_000, []),
        ("insert into a(" * 50_000 + "\0", []),
    ],
)  # fmt: skip
def test_what_is_inserted(text: str, expected: list[tuple[str, tuple[str, ...], int]]) -> None:
    assert [
        (operation.table, operation.columns, operation.line) for operation in inserts.read(text.encode())
    ] == expected


def test_many_are_read_quickly() -> None:
    assert len(inserts.read(b"INSERT INTO a (b) VALUES (1)\n" * 30_000)) == 30_000


def test_the_words_end_with_the_text() -> None:
    [operation] = inserts.read(b'q = """INSERT INTO book (title) VALUES ($1)"""\nisbn = 3\n')
    assert operation.words == ("book", "insert", "into", "title", "values")


@pytest.mark.parametrize(("path", "expected"), [("a/b.GO", True), ("q/book.sql", True), ("a.md", False)])
def test_files(path: str, *, expected: bool) -> None:
    assert inserts.may_have(path) is expected
