"""The rules M-OP-01 to M-OP-12 of the reference, with what resembles them and is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from migrations.operations.acts import clash, two

from gate.migrations.operations import rules
from gate.migrations.operations.clashes import clashes

ADD = 'op.add_column("book", sa.Column("title", sa.String(20)))'
DROP = 'op.drop_column("book", "title")'
RENAME = 'op.alter_column("book", "title", new_column_name="name")'
ALTER = 'op.alter_column("book", "title", type_=sa.Text())'
INDEX = 'op.create_index("ix_title", "book", ["title"])'
CREATE = 'op.create_table("book", sa.Column("id", sa.Integer()))'
DROP_TABLE = 'op.drop_table("book")'
TITLE = "title", "book"

ALEMBIC = [
    # rule, one, other, weight, table, name
    ("M-OP-01", CREATE, CREATE, "hard", "book", ""),
    ("M-OP-01", CREATE, 'op.rename_table("tome", "book")', "hard", "book", ""),
    ("M-OP-02", DROP_TABLE, ADD, "hard", "book", ""),
    ("M-OP-02", 'op.rename_table("book", "tome")', ALTER, "hard", "book", ""),
    (
        "M-OP-02",
        DROP_TABLE,
        'op.create_foreign_key("fk", "loan", "book", ["book_id"], ["id"])',
        "hard",
        "book",
        "",
    ),
    (
        "M-OP-02",
        DROP_TABLE,
        'op.create_table("loan", sa.Column("book_id", sa.Integer(), sa.ForeignKey("book.id")))',
        "hard",
        "book",
        "",
    ),
    ("M-OP-02", DROP_TABLE, "op.execute(\"UPDATE book SET title = 'x'\")", "warn", "book", ""),
    ("M-OP-03", ADD, ADD.replace("20", "30"), "hard", "book", "title"),
    ("M-OP-03", ADD, ADD.replace("sa.", ""), "same", "book", "title"),
    ("M-OP-03", ADD, 'op.alter_column("book", "head", new_column_name="title")', "hard", "book", "title"),
    ("M-OP-04", DROP, ALTER, "hard", "book", "title"),
    ("M-OP-04", DROP, DROP, "hard", "book", "title"),
    ("M-OP-04", RENAME, DROP, "hard", "book", "title"),
    ("M-OP-04", INDEX, DROP, "hard", "book", "title"),
    ("M-OP-04", DROP, 'op.create_unique_constraint("u", "book", ["title"])', "hard", "book", "title"),
    ("M-OP-05", ALTER, 'op.alter_column("book", "title", type_=sa.String(9))', "order", "book", "title"),
    ("M-OP-05", ALTER, ALTER, "same", "book", "title"),
    ("M-OP-06", INDEX, 'op.create_index("ix_title", "book", ["id"])', "hard", "book", "ix_title"),
    ("M-OP-06", INDEX, 'op.drop_index("ix_title", table_name="book")', "hard", "book", "ix_title"),
    (
        "M-OP-06",
        'op.create_unique_constraint("u", "book", ["a"])',
        'op.drop_constraint("u", "book", type_="unique")',
        "hard",
        "book",
        "u",
    ),
    ("M-OP-08", DROP, 'op.execute("UPDATE book SET name = upper(title)")', "warn", "book", "title"),
    (
        "M-OP-09",
        'op.add_column("book", sa.Column("isbn", sa.String(), nullable=False))',
        "op.execute(\"INSERT INTO book (title) VALUES ('x')\")",
        "warn",
        "book",
        "isbn",
    ),
    (
        "M-OP-10",
        'op.create_unique_constraint("u", "book", ["title"])',
        "op.execute(\"UPDATE book SET title = 'x'\")",
        "warn",
        "book",
        "u",
    ),
    ("M-OP-12", 'op.execute(f"ALTER TABLE book {x}")', ALTER, "unknown", "book", ""),
    ("M-OP-12", "helper(op)", ALTER, "unknown", "", ""),
]

D_ADD = "migrations.AddField('Book', 'title', models.CharField(max_length=20))"
D_DROP = "migrations.RemoveField('book', 'title')"
D_ALTER = "migrations.AlterField(model_name='book', name='title', field=models.CharField(max_length=20))"
D_CREATE = "migrations.CreateModel(name='Book', fields=[])"
D_DELETE = "migrations.DeleteModel('Book')"
FILL = """
def fill(apps, editor):
    Book = apps.get_model("library", "Book")
    Book.objects.filter(title="").update(title="x")


def make(apps, editor):
    apps.get_model("library.Book").objects.create(title="x")


def elsewhere(apps, editor):
    apps.get_model("shop", "Book").objects.create(title="x")


def computed(apps, editor):
    apps.get_model(APP, "Book").objects.all()
"""

DJANGO = [
    ("M-OP-01", D_CREATE, D_CREATE, "hard", "library.book", ""),
    ("M-OP-01", D_CREATE, "migrations.RenameModel('Tome', 'Book')", "hard", "library.book", ""),
    ("M-OP-02", D_DELETE, D_ADD, "hard", "library.book", ""),
    (
        "M-OP-02",
        D_DELETE,
        "migrations.AddField('loan', 'book', models.ForeignKey('library.book', models.CASCADE))",
        "hard",
        "library.book",
        "",
    ),
    (
        "M-OP-02",
        D_DELETE,
        "migrations.CreateModel('Loan', [('books', models.ManyToManyField(to='Book'))])",
        "hard",
        "library.book",
        "",
    ),
    ("M-OP-02", D_DELETE, "migrations.RunPython(fill)", "warn", "library.book", ""),
    ("M-OP-03", D_ADD, D_ADD.replace("20", "30"), "hard", "library.book", "title"),
    ("M-OP-03", D_ADD, D_ADD, "same", "library.book", "title"),
    ("M-OP-04", D_DROP, D_ALTER, "hard", "library.book", "title"),
    ("M-OP-04", D_DROP, "migrations.RenameField('Book', 'title', 'name')", "hard", "library.book", "title"),
    (
        "M-OP-04",
        D_DROP,
        "migrations.AddIndex('book', models.Index(fields=['-title'], name='ix'))",
        "hard",
        "library.book",
        "title",
    ),
    (
        "M-OP-04",
        D_DROP,
        "migrations.AlterUniqueTogether('book', {('title', 'shelf')})",
        "hard",
        "library.book",
        "title",
    ),
    ("M-OP-05", D_ALTER, D_ALTER.replace("20", "20, null=True"), "order", "library.book", "title"),
    ("M-OP-05", D_ALTER, D_ALTER, "same", "library.book", "title"),
    (
        "M-OP-06",
        "migrations.AddIndex('book', models.Index(fields=['a'], name='ix'))",
        "migrations.RemoveIndex('book', 'ix')",
        "hard",
        "library.book",
        "ix",
    ),
    (
        "M-OP-07",
        "migrations.AlterUniqueTogether('book', {('a', 'b')})",
        "migrations.AlterUniqueTogether(name='book', unique_together={('a', 'c')})",
        "order",
        "library.book",
        "unique_together",
    ),
    (
        "M-OP-07",
        "migrations.AlterModelOptions('book', {'ordering': ['a']})",
        "migrations.AlterModelOptions('book', {'ordering': ['b']})",
        "order",
        "library.book",
        "options",
    ),
    ("M-OP-08", D_DROP, "migrations.RunPython(fill)", "warn", "library.book", "title"),
    (
        "M-OP-08",
        D_DROP,
        "migrations.RunSQL(\"UPDATE library_book SET title = 'x'\")",
        "warn",
        "library.book",
        "title",
    ),
    (
        "M-OP-09",
        "migrations.AddField('book', 'isbn', models.IntegerField())",
        "migrations.RunPython(make, migrations.RunPython.noop)",
        "warn",
        "library.book",
        "isbn",
    ),
    (
        "M-OP-10",
        "migrations.AddConstraint('book', models.UniqueConstraint(fields=['title'], name='u'))",
        "migrations.RunPython(fill)",
        "warn",
        "library.book",
        "u",
    ),
    ("M-OP-12", "migrations.RunSQL(f'ALTER TABLE library_book {x}')", D_ALTER, "unknown", "library.book", ""),
    ("M-OP-12", "migrations.RunPython(computed)", D_ALTER, "unknown", "library.book", ""),
    ("M-OP-12", "make_it()", D_ALTER, "unknown", "", ""),
]

S_CREATE = "CREATE TABLE book (id int);"
S_DROP = "ALTER TABLE book DROP COLUMN title;"
S_ADD = "ALTER TABLE book ADD COLUMN title varchar(20);"
S_ALTER = "ALTER TABLE book ALTER COLUMN title TYPE text;"
S_INDEX = "CREATE INDEX ix ON book (title);"
S_UNIQUE = "ALTER TABLE book ADD CONSTRAINT u UNIQUE (title);"

SQL = [
    ("M-OP-01", S_CREATE, S_CREATE, "hard", "book", ""),
    ("M-OP-01", S_CREATE, "ALTER TABLE tome RENAME TO book;", "hard", "book", ""),
    (
        "M-OP-01",
        S_CREATE.replace("TABLE", "TABLE IF NOT EXISTS"),
        S_CREATE.replace("TABLE", "TABLE IF NOT EXISTS"),
        "same",
        "book",
        "",
    ),
    ("M-OP-02", "DROP TABLE IF EXISTS book;", "DROP TABLE IF EXISTS book;", "same", "book", ""),
    ("M-OP-02", "DROP TABLE IF EXISTS book;", "DROP TABLE book;", "hard", "book", ""),
    ("M-OP-02", "DROP TABLE book;", S_ADD, "hard", "book", ""),
    ("M-OP-02", "DROP TABLE book;", "ALTER TABLE book ENABLE ROW LEVEL SECURITY;", "hard", "book", ""),
    (
        "M-OP-02",
        "DROP TABLE book;",
        "CREATE TABLE loan (book_id int REFERENCES book (id));",
        "hard",
        "book",
        "",
    ),
    ("M-OP-02", "DROP TABLE book;", "UPDATE book SET title = 'x';", "warn", "book", ""),
    (
        "M-OP-02",
        "CREATE TABLE new_book (id int); DROP TABLE book; ALTER TABLE new_book RENAME TO book;",
        S_ADD,
        "hard",
        "book",
        "",
    ),
    ("M-OP-03", S_ADD, S_ADD.replace("20", "30"), "hard", "book", "title"),
    ("M-OP-03", S_ADD, S_ADD.lower(), "same", "book", "title"),
    ("M-OP-04", S_DROP, S_ALTER, "hard", "book", "title"),
    ("M-OP-04", S_DROP, S_INDEX, "hard", "book", "title"),
    (
        "M-OP-04",
        S_DROP.replace("COLUMN", "COLUMN IF EXISTS"),
        S_DROP.replace("COLUMN", "COLUMN IF EXISTS"),
        "same",
        "book",
        "title",
    ),
    ("M-OP-04", S_DROP, S_UNIQUE, "hard", "book", "title"),
    ("M-OP-04", "ALTER TABLE book RENAME COLUMN title TO name;", S_DROP, "hard", "book", "title"),
    ("M-OP-04", "ALTER TABLE `book` CHANGE `title` `name` text;", S_DROP, "hard", "book", "title"),
    ("M-OP-05", S_ALTER, S_ALTER.replace("text", "char(9)"), "order", "book", "title"),
    ("M-OP-05", S_ALTER, S_ALTER, "same", "book", "title"),
    (
        "M-OP-05",
        "ALTER TABLE book ALTER COLUMN title SET NOT NULL;",
        "ALTER TABLE book ALTER COLUMN title DROP NOT NULL;",
        "order",
        "book",
        "title",
    ),
    ("M-OP-06", S_INDEX, "CREATE INDEX ix ON book (id);", "hard", "book", "ix"),
    ("M-OP-06", S_INDEX, "DROP INDEX ix;", "hard", "book", "ix"),
    ("M-OP-06", "DROP INDEX ix;", "DROP INDEX ix;", "hard", "", "ix"),
    ("M-OP-06", "DROP INDEX IF EXISTS ix;", "DROP INDEX IF EXISTS ix;", "same", "", "ix"),
    (
        "M-OP-06",
        S_INDEX.replace("INDEX", "INDEX IF NOT EXISTS"),
        S_INDEX.replace("INDEX", "INDEX IF NOT EXISTS").replace("title", "id"),
        "hard",
        "book",
        "ix",
    ),
    ("M-OP-06", S_UNIQUE, "ALTER TABLE book DROP CONSTRAINT u;", "hard", "book", "u"),
    (
        "M-OP-07",
        "ALTER TABLE book OWNER TO a;",
        "ALTER TABLE book OWNER TO b;",
        "order",
        "book",
        "owner to",
    ),
    ("M-OP-08", S_DROP, "UPDATE book SET name = upper(title);", "warn", "book", "title"),
    ("M-OP-08", S_DROP, "CREATE VIEW v AS SELECT title FROM book;", "warn", "book", "title"),
    (
        "M-OP-09",
        "ALTER TABLE book ADD COLUMN isbn text NOT NULL;",
        "INSERT INTO book (title) VALUES ('x');",
        "warn",
        "book",
        "isbn",
    ),
    (
        "M-OP-10",
        S_UNIQUE,
        "INSERT INTO book (title) VALUES ('x') ON CONFLICT DO NOTHING;",
        "warn",
        "book",
        "u",
    ),
    ("M-OP-12", "DO $$ BEGIN ALTER TABLE book DROP title; END $$;", S_ALTER, "unknown", "book", ""),
    ("M-OP-12", "ALTER TABLE book (((;", "ALTER TABLE book )));", "unknown", "book", ""),
]


def _id(case: tuple[str, ...]) -> str:
    return f"{case[0]}-{case[3]}"


@pytest.mark.parametrize("case", ALEMBIC, ids=_id)
def test_alembic(case: tuple[str, str, str, str, str, str]) -> None:
    rule, first, second, *expected = case
    assert clash("alembic", first, second) == [(rule, *expected)]
    assert clash("alembic", second, first) == [(rule, *expected)]


@pytest.mark.parametrize("case", DJANGO, ids=_id)
def test_django(case: tuple[str, str, str, str, str, str]) -> None:
    rule, first, second, *expected = case
    assert clash("django", first, second, before=FILL) == [(rule, *expected)]
    assert clash("django", second, first, before=FILL) == [(rule, *expected)]


@pytest.mark.parametrize("case", SQL, ids=_id)
def test_sql(case: tuple[str, str, str, str, str, str]) -> None:
    rule, first, second, *expected = case
    assert clash("goose", first, second) == [(rule, *expected)]
    assert clash("goose", second, first) == [(rule, *expected)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(S_DROP, "ALTER TABLE book ADD CONSTRAINT title CHECK (id > 0);", id="M-OP-04, a name"),
        pytest.param(
            "ALTER TABLE book DROP COLUMN id;",
            "ALTER TABLE book ADD FOREIGN KEY (shelf) REFERENCES shelf (id);",
            id="M-OP-04, a column of the other table",
        ),
        pytest.param(
            S_ALTER, "ALTER TABLE book ALTER COLUMN title SET NOT NULL;", id="M-OP-05, another part"
        ),
        pytest.param("DROP INDEX ix;", S_INDEX.replace("ix", "iy"), id="M-OP-06, another index"),
        pytest.param(
            "ALTER TABLE book ADD COLUMN n serial NOT NULL;",
            "INSERT INTO book (title) VALUES ('x');",
            id="M-OP-09, it counts by itself",
        ),
        pytest.param(
            "CREATE TEMP TABLE t (id int); DROP TABLE t;",
            "CREATE TEMP TABLE t (id int); DROP TABLE t;",
            id="M-OP-01, temporary",
        ),
        pytest.param(
            "CREATE TABLE t (id int); DROP TABLE t;",
            "CREATE TABLE t (id int); DROP TABLE t;",
            id="M-OP-01, gone at the end",
        ),
        pytest.param("DO $$ BEGIN ALTER TABLE loan DROP x; END $$;", S_ALTER, id="M-OP-12, another table"),
        pytest.param("ALTER TABLE loan (((;", "ALTER TABLE book )));", id="M-OP-12, both, other tables"),
        pytest.param("-- book\nDO $$ BEGIN END $$;", S_ALTER, id="M-OP-12, in a comment"),
    ],
)
def test_sql_is_silent(first: str, second: str) -> None:
    assert clash("goose", first, second) == clash("goose", second, first) == []


@pytest.mark.parametrize(
    ("cases", "lacking"),
    [
        # Options of models are Django's alone, and models without migrations (M-OP-11) are not of two migrations.
        pytest.param(ALEMBIC, {"M-OP-07"}, id="alembic"),
        pytest.param(DJANGO, set(), id="django"),
        pytest.param(SQL, set(), id="sql"),
    ],
)
def test_every_rule_has_a_case(cases: list[tuple[str, ...]], lacking: set[str]) -> None:
    assert {case[0] for case in cases} == {*rules.RULES, "M-OP-12"} - lacking


def test_what_is_unknown_is_said_once() -> None:
    opaque = "DO $$ BEGIN ALTER TABLE book DROP x; END $$; DO $$ BEGIN ALTER TABLE loan DROP y; END $$;"
    assert clash("goose", opaque, f"{S_ALTER} ALTER TABLE loan ADD COLUMN n int;") == [
        ("M-OP-12", "unknown", "book", "")
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(ADD, ADD.replace("title", "year"), id="M-OP-03, another column"),
        pytest.param(ADD, ADD.replace("book", "loan"), id="M-OP-03, another table"),
        pytest.param(DROP, ALTER.replace("title", "year"), id="M-OP-04, another column"),
        pytest.param(
            ALTER, 'op.alter_column("book", "title", nullable=True)', id="M-OP-05, another property"
        ),
        pytest.param(INDEX, INDEX.replace("ix_title", "ix_other"), id="M-OP-06, another name"),
        pytest.param(
            'op.create_index(None, "book", ["a"])',
            'op.create_index(None, "book", ["b"])',
            id="M-OP-06, no name",
        ),
        pytest.param(DROP, 'op.execute("UPDATE book SET year = 1")', id="M-OP-08, another column"),
        pytest.param(DROP, 'op.execute("UPDATE loan SET title = 1")', id="M-OP-08, another table"),
        pytest.param(
            'op.add_column("book", sa.Column("n", sa.Integer(), nullable=False, server_default="0"))',
            "op.execute(\"INSERT INTO book (title) VALUES ('x')\")",
            id="M-OP-09, with a default",
        ),
        pytest.param(
            'op.create_unique_constraint("u", "book", ["title"])',
            'op.execute("INSERT INTO loan SELECT id FROM author")',
            id="M-OP-10, another table",
        ),
        pytest.param('op.execute("CREATE EXTENSION hstore")', ALTER, id="M-OP-12, no table"),
        pytest.param(DROP_TABLE, CREATE.replace("book", "loan"), id="M-OP-02, another table"),
        pytest.param(DROP_TABLE, "bind = op.get_bind()\nprint(bind)", id="nothing is done"),
    ],
)
def test_alembic_is_silent(first: str, second: str) -> None:
    assert clash("alembic", first, second) == clash("alembic", second, first) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(D_ADD, D_ADD.replace("title", "year"), id="M-OP-03, another field"),
        pytest.param(D_ALTER, D_ALTER.replace("book", "loan"), id="M-OP-05, another model"),
        pytest.param(
            "migrations.AlterModelOptions('book', {})",
            "migrations.AlterModelOptions('loan', {})",
            id="M-OP-07",
        ),
        pytest.param(D_DROP, "migrations.RunPython(elsewhere)", id="M-OP-08, a model of another app"),
        pytest.param(
            D_DROP, "migrations.RunPython(migrations.RunPython.noop)", id="M-OP-08, nothing is done"
        ),
        pytest.param(
            "migrations.AddField('book', 'isbn', models.IntegerField(null=True))",
            "migrations.RunPython(make)",
            id="M-OP-09, may be empty",
        ),
        pytest.param(
            "migrations.AddIndex('book', models.Index(fields=['title'], name='ix'))",
            "migrations.RunPython(fill)",
            id="M-OP-10, not unique",
        ),
        pytest.param("migrations.AlterModelManagers('book', [])", D_ALTER, id="managers"),
    ],
)
def test_django_is_silent(first: str, second: str) -> None:
    assert clash("django", first, second, before=FILL) == clash("django", second, first, before=FILL) == []


def test_apps_of_one_project_share_their_tables() -> None:
    deltas, _, steps = two(
        "django",
        "migrations.DeleteModel('book')",
        "migrations.AddField('loan', 'book', models.ForeignKey('library.Book', models.CASCADE))",
    )
    [first, second] = deltas
    [node] = second.added
    shop = replace(node, key=node.key._replace(store="shop"))
    assert [clash.rule for clash in clashes([first, replace(second, added=(shop,))], [], steps)] == [
        "M-OP-02"
    ]


def test_alembic_environments_do_not() -> None:
    deltas, _, steps = two("alembic", ALTER, DROP)
    [first, second] = deltas
    [node] = second.added
    elsewhere = replace(node, key=node.key._replace(store="other"))
    assert clashes([first, replace(second, added=(elsewhere,))], [], steps) == ()


def test_what_both_streams_or_the_target_have_does_not_count() -> None:
    deltas, _, steps = two("alembic", ALTER, DROP)
    [first, second] = deltas
    assert clashes(deltas, first.added, steps) == ()
    assert clashes([first, replace(second, added=(*first.added, *second.added))], [], steps) == ()


def test_a_squash_repeats_what_was_there() -> None:
    deltas, _, steps = two("django", D_CREATE, D_CREATE)
    [first, second] = deltas
    [node] = first.added
    squash = replace(node, replaces=(node.key._replace(id="0001"),))
    assert clashes([replace(first, added=(squash,)), second], [], steps) == ()
