"""Django's operations, in the forms they are written in."""

from __future__ import annotations

import pytest
from migrations.operations.acts import text

from gate.migrations.operations import reading


def read(body: str, before: str = "") -> list[tuple[str, str, str]]:
    operations = reading.read("django", text("django", body, before))
    return [(operation.verb, operation.table, operation.name) for operation in operations]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("migrations.CreateModel('Book', [])", ("create table", ".book", "")),
        ("migrations.DeleteModel(name='Book')", ("drop table", ".book", "")),
        ("migrations.RenameModel('Book', 'Tome')", ("rename table", ".book", "")),
        ("migrations.AddField('Book', 'T', models.TextField())", ("add column", ".book", "t")),
        ("AlterField(model_name='book', name='t', field=X)", ("alter column", ".book", "t")),
        ("migrations.RemoveField('book', 't')", ("drop column", ".book", "t")),
        ("migrations.RenameField('book', 't', 'u')", ("rename column", ".book", "t")),
        ("AddIndexConcurrently('book', GinIndex(fields=['t'], name='ix'))", ("add index", ".book", "ix")),
        ("migrations.RemoveConstraint('book', 'c')", ("drop constraint", ".book", "c")),
        ("migrations.AlterIndexTogether('book', set())", ("set option", ".book", "index_together")),
        ("migrations.AlterOrderWithRespectTo('book', 'x')", ("set option", ".book", "order_with_respect_to")),
        ("migrations.AlterModelTable('book', 'x')", ("set option", ".book", "db_table")),
        ("migrations.RunSQL('DROP TABLE shop_book')", ("drop table", "shop_book", "")),
        ("migrations.RunSQL(['DROP TABLE shop_book'])", ("drop table", "shop_book", "")),
    ],
)
def test_one_operation(body: str, expected: tuple[str, str, str]) -> None:
    assert read(f"{body},") == [expected]


def test_both_halves_of_a_separation() -> None:
    body = (
        "migrations.SeparateDatabaseAndState(\n    database_operations=[migrations.RunSQL('DROP TABLE a_b')],\n"
        "    state_operations=[migrations.DeleteModel('B')],\n),"
    )
    assert read(body) == [("drop table", "a_b", ""), ("drop table", ".b", "")]


@pytest.mark.parametrize(
    "body",
    [
        "migrations.RunSQL(f'DROP TABLE {x}'),",
        "migrations.RunPython(imported.forwards),",
        "migrations.AddField(X, 't', models.TextField()),",
        "OurOwn('book'),",
        "*made(),",
    ],
)
def test_what_is_computed_is_opaque(body: str) -> None:
    [operation] = reading.read("django", text("django", body))
    assert (operation.verb, operation.anywhere, bool(operation.why)) == ("opaque", True, True)


def test_what_a_function_does() -> None:
    before = (
        "def forwards(apps, editor):\n    change(apps.get_model('shop', 'Book'))\n\n\n"
        "def change(Book):\n    Book.objects.create(title='x')\n"
    )
    [operation] = reading.read("django", text("django", "migrations.RunPython(forwards),", before))
    assert (operation.verb, operation.tables, operation.effect) == ("change data", ("shop.book",), "inserts")
    assert "title" in operation.words


@pytest.mark.parametrize(
    "content",
    [
        b"class Migration(",
        b"class Migration(M):\n    operations = " + b"[" * 3000,
        b"class Migration(M):\n    operations = [" + b"a." * 3000 + b"RunSQL()]",
        b"class Migration(M):\n    operations = []" + b" + []" * 3000,
    ],
)
def test_odd_texts_end(content: bytes) -> None:
    assert all(operation.why for operation in reading.read("django", content))


def test_the_keys_of_a_definition_have_no_order() -> None:
    operation, reordered = (
        reading.read(
            "django", text("django", f"migrations.AddField('b', 't', models.TextField({arguments})),")
        )
        for arguments in ("null=True, blank=True", "blank=True, null=True")
    )
    assert operation[0].digest == reordered[0].digest
