"""Alembic's operations, in the forms they are written in."""

from __future__ import annotations

import pytest
from migrations.operations.acts import text

from gate.migrations.operations import reading

ADD = 'op.add_column("book", sa.Column("title", sa.Text()))'


def read(body: str, before: str = "") -> list[tuple[str, str, str]]:
    operations = reading.read("alembic", text("alembic", body, before))
    return [(operation.verb, operation.table, operation.name) for operation in operations]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (ADD, ("add column", "book", "title")),
        ('op.add_column("Book", sa.Column("T", sa.Text()), schema="shop")', ("add column", "shop.book", "t")),
        ('op.drop_column(table_name="book", column_name="title")', ("drop column", "book", "title")),
        ('op.drop_index(op.f("ix_t"), "book")', ("drop index", "book", "ix_t")),
        ('op.create_index(None, "book", ["t"], unique=True)', ("add index", "book", "")),
        ('op.drop_constraint("u", "book", type_="unique")', ("drop constraint", "book", "u")),
        ('op.alter_column("book", "t", new_column_name="u")', ("rename column", "book", "t")),
        ('op.alter_column("book", "t", nullable=False)', ("alter column", "book", "t")),
        ('op.bulk_insert(sa.table("book"), [])', ("change data", "book", "")),
        ('op.get_bind().execute(sa.text("DELETE FROM book"))', ("change data", "book", "")),
        ('op.execute(sa.table("book").update().values(t=1))', ("change data", "book", "")),
        (f"with op.get_context().autocommit_block():\n    {ADD}", ("add column", "book", "title")),
        (
            'with op.batch_alter_table("book", schema=None) as batch:\n    batch.drop_column("t")',
            ("drop column", "book", "t"),
        ),
        (
            'with op.batch_alter_table("book") as batch:\n    batch.create_unique_constraint("u", ["t"])',
            ("add constraint", "book", "u"),
        ),
        ('op.add_column(TABLE, sa.Column("t", sa.Text()))', ("add column", "named", "t")),
        ("helper()", ("drop table", "helped", "")),
    ],
)
def test_one_operation(body: str, expected: tuple[str, str, str]) -> None:
    before = 'TABLE = "named"\n\n\ndef helper():\n    op.drop_table("helped")\n'
    assert read(body, before) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        'op.drop_table(f"{x}")',
        "op.add_column('book', make())",
        "op.execute(f'UPDATE {x}')",
        "op.my_own_thing('book')",
        "from_elsewhere(op)",
        "for one in X:\n    op.drop_table(one)",
    ],
)
def test_what_is_computed_is_opaque(body: str) -> None:
    [operation] = reading.read("alembic", text("alembic", body))
    assert (operation.verb, bool(operation.why)) == ("opaque", True)


@pytest.mark.parametrize("start", ["if x:", "for x in y:", "try:"])
def test_what_may_not_be_done(start: str) -> None:
    end = "\nexcept E:\n    pass" if start == "try:" else ""
    [operation] = reading.read("alembic", text("alembic", f"{start}\n    {ADD}{end}"))
    assert not operation.sure


def test_only_the_way_forward_counts() -> None:
    content = text("alembic", "pass") + f"\n\ndef downgrade():\n    {ADD}\n".encode()
    assert reading.read("alembic", content) == ()


@pytest.mark.parametrize(
    ("column", "required"),
    [
        ("nullable=False", True),
        ("nullable=True", False),
        ("nullable=False, server_default='0'", False),
        ("sa.Identity(), nullable=False", False),
    ],
)
def test_a_required_column(column: str, *, required: bool) -> None:
    body = f'op.add_column("book", sa.Column("t", sa.Integer(), {column}))'
    [operation] = reading.read("alembic", text("alembic", body))
    assert operation.required is required


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"def upgrade(", "it cannot be read as Python"),
        (b"\0", "it cannot be read as Python"),
        (b"from steps import upgrade", "its `upgrade` is no function of it"),
        (
            b"def upgrade():\n    op.execute(" + b"(" * 5000 + b")" * 5000 + b")",
            "it cannot be read as Python",
        ),
        (b"def upgrade():\n    x" + b".x" * 3000 + b"\n", ""),
        (b"def upgrade():\n    op.drop_table(" + b"-" * 3000 + b"x)", ""),
        (b"def upgrade():\n    upgrade()\n", ""),
    ],
)
def test_odd_texts_end(content: bytes, why: str) -> None:
    operations = reading.read("alembic", content)
    assert not why or [operation.why for operation in operations] == [why]


def test_no_more_than_so_many() -> None:
    operations = reading.read("alembic", text("alembic", "\n".join([ADD] * 600)))
    assert len(operations) == 501
    assert operations[-1].why == "it has more than 500 operations"
