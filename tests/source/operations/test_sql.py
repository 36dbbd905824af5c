"""SQL texts, with the extra and without."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from gate.source.operations import sql

if TYPE_CHECKING:
    from gate.model.operations import Operation


def read(text: str) -> tuple[Operation, ...]:
    return sql.read(text, sure=True, line=1, snippet="")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CREATE TABLE public.Book (id int)", [("create table", "book", "", "")]),
        ("DROP TABLE a, shop.b", [("drop table", "a", "", ""), ("drop table", "shop.b", "", "")]),
        ("ALTER TABLE a RENAME TO b", [("rename table", "a", "", "b")]),
        (
            "ALTER TABLE a ADD COLUMN c int, DROP COLUMN d",
            [("add column", "a", "c", ""), ("drop column", "a", "d", "")],
        ),
        ("ALTER TABLE a RENAME COLUMN b TO c", [("rename column", "a", "b", "c")]),
        ("ALTER TABLE a ALTER COLUMN b TYPE text", [("alter column", "a", "b", "")]),
        ("CREATE UNIQUE INDEX i ON a (b)", [("add index", "a", "i", "")]),
        ("ALTER TABLE a ADD CONSTRAINT c UNIQUE (b)", [("add constraint", "a", "c", "")]),
        ("ALTER TABLE a DROP CONSTRAINT c", [("drop constraint", "a", "c", "")]),
        ("INSERT INTO a SELECT * FROM b", [("change data", "a", "", "")]),
        ("SET lock_timeout = '1s'; COMMIT", []),
        ("CREATE EXTENSION hstore", [("opaque", "", "", "")]),
        ("ALTER TABLE a (((", [("opaque", "", "", "")]),
        ("\0", [("opaque", "", "", "")]),
        ("SELECT " + "(" * 20_000, [("opaque", "", "", "")]),
        ("x" * 60_000, [("opaque", "", "", "")]),
    ],
)
def test_statements(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert [(one.verb, one.table, one.name, one.to) for one in read(text)] == expected


def test_what_is_written_of_a_table() -> None:
    [one] = read("UPDATE a SET b = (SELECT c FROM d)")
    assert (one.tables, one.effect, set("bc") <= set(one.words)) == (("a", "d"), "writes", True)


def test_what_may_be_there_already() -> None:
    assert [one.sure for one in read("CREATE TABLE IF NOT EXISTS a (b int)")] == [False]


@pytest.mark.parametrize(
    ("definition", "required"), [("int NOT NULL", True), ("int", False), ("int NOT NULL DEFAULT 1", False)]
)
def test_a_required_column(definition: str, *, required: bool) -> None:
    assert [one.required for one in read(f"ALTER TABLE a ADD COLUMN c {definition}")] == [required]


def test_without_the_extra_all_is_opaque(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    sql._sqlglot.cache_clear()
    [one] = read("ALTER TABLE Book DROP COLUMN title")
    sql._sqlglot.cache_clear()
    assert (one.verb, set(one.words) >= {"book", "title"}, one.anywhere) == ("opaque", True, False)
