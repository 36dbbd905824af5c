"""Alembic's headers, in every form they come in."""

from __future__ import annotations

import time

import pytest

from gate.migrations.tools import tool
from gate.model.migrations import File, Migration

ALEMBIC = tool("alembic")

HEAD = 'revision = "b1"\n'


def read(text: str | bytes) -> Migration:
    migration = ALEMBIC.read(text if isinstance(text, bytes) else text.encode())
    assert migration is not None
    return migration


def marks_by_role(migration: Migration) -> dict[str, list[str]]:
    """What it names, by role."""
    return {
        role: [mark.text for mark in migration.marks_of(role)] for role in ("id", "parent", "soft", "label")
    }


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ("None", []),
        ("'a9'", ["a9"]),
        ('"a9"', ["a9"]),
        ("u'a9'", ["a9"]),
        ("('a9',)", ["a9"]),
        ("('a9', 'a8')", ["a9", "a8"]),
        ("['a9', 'a8']", ["a9", "a8"]),
        ("(\n    'a9',  # one\n    'a8',\n)", ["a9", "a8"]),
        ("(  # noqa\n    'a9'\n)", ["a9"]),
        ("'a' 'b'", ["ab"]),
        ("BASE", ["base"]),
        ("(BASE, 'a8')", ["base", "a8"]),
        ("()", []),
        ("''", []),
    ],
)
def test_every_form_of_a_parent(parents: str, expected: list[str]) -> None:
    for name in ("down_revision", "down_revision: str | None", "down_revision: Union[str, None]"):
        migration = read(f'BASE = "base"\n{HEAD}{name} = {parents}\n')
        assert (migration.parse, marks_by_role(migration)["parent"]) == ("full", expected)


def test_all_that_it_names() -> None:
    migration = read(
        'revision: str = "b1"\ndown_revision = "a9"\nbranch_labels = ("pre", "x")\ndepends_on = ["o1", "post"]\n'
    )
    assert marks_by_role(migration) == {
        "id": ["b1"],
        "parent": ["a9"],
        "soft": ["o1", "post"],
        "label": ["pre", "x"],
    }
    assert migration.line == 1


@pytest.mark.parametrize("start", ["", "\ufeff", "# -*- coding: utf-8 -*-\n", '"""Ünïcödé\r\n\r\n"""\r\n'])
@pytest.mark.parametrize("quoted", ['"a9"', "'a9'", 'u"a9"'])
def test_the_bytes_of_a_constant(start: str, quoted: str) -> None:
    content = f'{start}ü = 1; revision = "b1"\r\ndown_revision = {quoted}\n'.encode()
    [mark] = read(content).marks_of("parent")

    assert content[mark.start : mark.end] in (b'"a9"', b"'a9'")
    assert content[: mark.start].count(b"\n") + 1 == mark.line


@pytest.mark.parametrize("quoted", ['"a" "9"', '"\\x619"', "'''a9'''", 'r"a9"'])
def test_no_bytes_where_a_constant_is_no_plain_literal(quoted: str) -> None:
    [mark] = read(f"{HEAD}down_revision = {quoted}\n").marks_of("parent")
    assert (mark.text, mark.start, mark.end) == ("a9", -1, -1)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "shift_jis"])
def test_bytes_in_other_encodings(encoding: str) -> None:
    letter = "あ" if encoding == "shift_jis" else "ü"
    text = f'# coding: {encoding}\n{letter} = 1; revision = "b1"; down_revision = "a9"  # {letter}\n'
    content = text.encode(encoding)
    [mark] = read(content).marks_of("parent")
    assert content[mark.start : mark.end] == b'"a9"'


def test_no_bytes_in_an_encoding_that_nobody_knows() -> None:
    migration = read(b'# coding: nonsense\nrevision = "b1"\ndown_revision = "a9"\n')
    assert [mark.start for mark in migration.marks_of("parent")] == [-1]


def test_the_parents_that_the_docstring_names() -> None:
    content = (
        f'"""Add.\n\nRevision ID: b1\nRevises: a9, a8\n"""\n{HEAD}down_revision = ("a9", "a8")\n'.encode()
    )
    marks = read(content).marks_of("comment")

    assert [(mark.text, mark.line, content[mark.start : mark.end]) for mark in marks] == [
        ("a9", 4, b"a9"),
        ("a8", 4, b"a8"),
    ]


def test_what_follows_the_header_is_not_parsed() -> None:
    assert read(f'{HEAD}down_revision = "a9"\n\n\ndef upgrade(:\n').parse == "full"


def test_old_python_is_read_by_lines() -> None:
    migration = read(f"{HEAD}down_revision = 'a9'  # the last\nprint 'x'\n")
    assert (migration.parse, migration.why) == ("partial", "only its header could be read")
    assert marks_by_role(migration)["parent"] == ["a9"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{HEAD}down_revision = last()\n", "it computes its down_revision"),
        (f'{HEAD}down_revision = f"{{x}}"\n', "it computes its down_revision"),
        (f"{HEAD}down_revision = down_revision\n", "it computes its down_revision"),
        (f"{HEAD}x = x + x\ndown_revision = x\n", "it computes its down_revision"),
        (f"{HEAD}down_revision = ('a9', other)\n", "it computes its down_revision"),
        ('revision = new()\ndown_revision = "a9"\n', "it computes its revision"),
        ('revision = None\ndown_revision = "a9"\n', "its revision is no text"),
        ('revision = 7\ndown_revision = "a9"\n', "it computes its revision"),
        ('down_revision = "a9"\n', "it has no revision"),
        (f'{HEAD}<<<<<<< ours\ndown_revision = "a9"\n=======\n>>>>>>> theirs\n', "it holds conflict markers"),
        (f"{HEAD}down_revision = 'a9\n", "it cannot be read as Python"),
        (f"{HEAD}down_revision = ('a9',\nprint 'x'\n", "it cannot be read as Python"),
        (f"{HEAD}down_revision = {'(' * 500}\n", "it cannot be read as Python"),
        (f"{HEAD}down_revision = {'-' * 5000}1\n", "it computes its down_revision"),
    ],
)
def test_what_cannot_be_placed(text: str, why: str) -> None:
    migration = read(text)
    assert migration.parse == "none"
    assert migration.why in (why, "it cannot be read as Python")


@pytest.mark.parametrize("text", ["depends_on = other()", "branch_labels = other()"])
def test_what_may_name_more(text: str) -> None:
    migration = read(f'{HEAD}down_revision = "a9"\n{text}\n')
    assert (migration.parse, marks_by_role(migration)["parent"]) == ("partial", ["a9"])


@pytest.mark.parametrize(
    "text",
    ["", "import x\n", "# down_revision\n", "def f():\n    down_revision = 1\n", "print(down_revision)\n"],
)
def test_what_is_no_revision(text: str) -> None:
    assert ALEMBIC.read(text.encode()) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Revises: x\n" * 80_000, id="many lines that look like parents"),
        pytest.param(f"x = {'[' * 90}{']' * 90}\n", id="nested"),
        pytest.param("down_revision" + "=" * 500_000, id="a long line"),
        pytest.param("x = " + "+".join(["1"] * 3000) + "\n", id="a long sum"),
    ],
)
def test_hostile_texts_end_quickly(text: str) -> None:
    started = time.process_time()
    read(f'{HEAD}down_revision = "a9"\n{text}')
    assert time.process_time() - started < 2


def test_null_bytes() -> None:
    assert read(f'{HEAD}down_revision = "a9"\n\0'.encode()).parse != "full"


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("alembic/versions/b1.py", "alembic/versions"),
        ("app/db/migrations/b1.py", "app/db/migrations"),
        ("versions/b1.py", "versions"),
        ("x/versions/2026/b1.py", "x/versions/2026"),
        ("x/versions/__init__.py", None),
        ("x/versions/.#b1.py", None),
        ("x/versions/b1.sql", None),
        ("app/models.py", None),
        ("b1.py", None),
    ],
)
def test_where_revisions_are(path: str, folder: str | None) -> None:
    assert ALEMBIC.folder(path) == folder


def file(path: str, text: str) -> File:
    return File(path, f"blob of {path}", read(text))


def test_locations_that_name_one_another_are_one_environment() -> None:
    first = file("db/one/a1.py", 'revision = "a1"\ndown_revision = None\n')
    second = file("db/two/a2.py", 'revision = "a2"\ndown_revision = "a1"\n')
    apart = file("other/versions/a1.py", 'revision = "a1"\ndown_revision = None\n')
    folders = {"db/one": [first], "db/two": [second], "other/versions": [apart]}

    assert [(store.name, store.folders) for store in ALEMBIC.stores(folders, {})] == [
        ("db/one", ("db/one", "db/two")),
        ("other/versions", ("other/versions",)),
    ]
    assert not ALEMBIC.needs_full_scan(folders)
    assert ALEMBIC.needs_full_scan({"db/two": [second]})


def test_a_node() -> None:
    [store] = ALEMBIC.stores({"db": []}, {})
    label = file("db/a1.py", 'revision = "a1"\ndown_revision = None\nbranch_labels = "pre"\n')
    migration = file("db/b1.py", 'revision = "b1"\ndown_revision = "a1"\ndepends_on = ("pre", "x1")\n')
    _, node = ALEMBIC.nodes(store, [label, migration])

    assert (node.id, node.path, node.parents, node.soft_parents) == (
        "b1",
        "db/b1.py",
        (("db", "a1"),),
        (("db", "x1"),),
    )
    assert "db/.current-alembic-head" in ALEMBIC.head_files(store)
