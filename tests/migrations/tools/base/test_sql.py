"""SQL texts, with the extra and without."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from gate.migrations.tools.base import sql
from gate.migrations.tools.base.sql import statements

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
        ("CREATE EXTENSION hstore", []),
        ("CREATE TYPE a AS ENUM ('b'); ALTER TYPE a ADD VALUE 'c'; DROP TYPE a; DROP FUNCTION f()", []),
        ("DROP TYPE a CASCADE", [("opaque", "", "", "")]),
        ("DO $$ BEGIN END $$", [("opaque", "", "", "")]),
        ("ALTER TABLE a (((", [("opaque", "", "", "")]),
        ("ALTER TABLE a (((; DROP TABLE b", [("opaque", "", "", ""), ("drop table", "b", "", "")]),
        (
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = 1; DELETE FROM d; END; DROP TABLE e",
            [("opaque", "", "", ""), ("drop table", "e", "", "")],
        ),
        (
            "CREATE PROCEDURE p() BEGIN IF x THEN DROP TABLE a; END IF; DROP TABLE b; END",
            [("opaque", "", "", "")],
        ),
        ("COPY a FROM stdin;\n1\nDROP TABLE x;\n", [("opaque", "", "", "")]),
        ("DELIMITER //\nDROP TABLE a //", [("opaque", "", "", "")]),
        ("BEGIN; DROP TABLE a; END;", [("drop table", "a", "", "")]),
        ("BEGIN TRANSACTION; DROP TABLE a", [("drop table", "a", "", "")]),
        ("SELECT create_hypertable('a', 'b')", [("opaque", "", "", "")]),
        ("ALTER TABLE `a` MODIFY COLUMN `b` int", [("alter column", "a", "b", "")]),
        ("ALTER TABLE a MODIFY b int NULL", [("alter column", "a", "b", "")]),
        ("ALTER TABLE [dbo].[a] ADD b int", [("opaque", "", "", "")]),
        ("DROP INDEX i", [("drop index", "", "i", "")]),
        ("DROP INDEX i ON a", [("drop index", "a", "i", "")]),
        ("\0", [("opaque", "", "", "")]),
        ("SELECT " + "(" * 20_000, [("opaque", "", "", "")]),
        ("x" * 60_000, [("opaque", "", "", "")]),
    ],
)
def test_statements(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert [
        (operation.verb, operation.table, operation.name, operation.to) for operation in read(text)
    ] == expected


def test_what_is_written_of_a_table() -> None:
    [operation] = read("UPDATE a SET b = (SELECT c FROM d)")
    assert (operation.tables, operation.effect, set("bc") <= set(operation.words)) == (
        ("a", "d"),
        "writes",
        True,
    )


def test_what_may_be_there_already() -> None:
    assert [operation.sure for operation in read("CREATE TABLE IF NOT EXISTS a (b int)")] == [False]


@pytest.mark.parametrize(
    ("definition", "required"), [("int NOT NULL", True), ("int", False), ("int NOT NULL DEFAULT 1", False)]
)
def test_a_required_column(definition: str, *, required: bool) -> None:
    assert [operation.required for operation in read(f"ALTER TABLE a ADD COLUMN c {definition}")] == [
        required
    ]


def test_each_statement_has_its_line_and_its_text() -> None:
    operations = sql.read("-- one\nDROP TABLE a;\n\n-- two\nDROP TABLE b\n  CASCADE;\n", line=10)
    assert [(operation.line, operation.text) for operation in operations] == [
        (11, "DROP TABLE a"),
        (14, "DROP TABLE b\n  CASCADE"),
    ]


@pytest.mark.parametrize(
    "text", ["/*" * 200_000, "'" * 200_001, "`" * 49_000, "BEGIN " * 8_000, "END;" * 12_000]
)
def test_hostile_texts_end_quickly(text: str) -> None:
    assert all(operation.verb == "opaque" for operation in sql.read(text))


def test_opaque_texts_do_not_name_the_catalogue() -> None:
    [operation] = read("DO $$ BEGIN SELECT 1 FROM pg_indexes JOIN information_schema.tables ON x; END $$")
    assert set(operation.tables) <= {"x"}


def test_opaque_texts_name_their_tables() -> None:
    [operation] = sql.read(
        "DO $$ BEGIN EXECUTE 'ALTER TABLE IF EXISTS public.\"Book\" DROP x'; END $$ -- FROM loan"
    )
    assert operation.tables == ("book",)


def test_what_templates_put_together() -> None:
    text = "{{if .plugin}} DROP TABLE {{.prefix}}a; DROP TABLE b; {{end}}"
    operations = [
        (operation.verb, operation.table, operation.tables, operation.sure) for operation in read(text)
    ]
    assert operations == [
        ("opaque", "", ("a",), False),
        ("drop table", "b", (), False),
        ("opaque", "", (), False),
    ]


def test_without_the_extra_all_is_opaque(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    statements.library.cache_clear()
    [operation] = read("ALTER TABLE Book DROP COLUMN title")
    statements.library.cache_clear()
    assert (operation.verb, set(operation.words) >= {"book", "title"}, operation.anywhere) == (
        "opaque",
        True,
        False,
    )
