"""Django's migrations, in every form they come in."""

from __future__ import annotations

import pytest

from gate.migrations.tools import tool
from gate.model.migrations import File, Migration

DJANGO = tool("django")

START = "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n"


def read(body: str, start: str = START) -> Migration:
    migration = DJANGO.read((start + body).encode())
    assert migration is not None
    return migration


def pairs(migration: Migration, role: str) -> list[tuple[str, str]]:
    return [(mark.app, mark.text) for mark in migration.marks if mark.role == role]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("[]", []),
        ("()", []),
        ('[("app", "0001_initial")]', [("app", "0001_initial")]),
        ('[\n    ("app", "0001"),\n    (\n        "b",\n        "0002",\n    ),\n]', [("app", "0001"), ("b", "0002")]),
        ('(("app", "0001_initial"),)', [("app", "0001_initial")]),
        ('[["app", "0001_initial"]]', [("app", "0001_initial")]),
        ('[("app", "0001"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]', [("app", "0001")]),
        ('[("app", "0001_initial"), ("b", "__first__"), ("c", "__latest__")]', [("app", "0001_initial")]),
        ('[("app", "0001")] + [("b", "0002")]', [("app", "0001"), ("b", "0002")]),
    ],
)  # fmt: skip
def test_every_form_of_dependencies(value: str, expected: list[tuple[str, str]]) -> None:
    migration = read(f"    dependencies = {value}\n    operations = []\n")
    assert (migration.parse, pairs(migration, "parent")) == ("full", expected)


def test_all_that_it_names() -> None:
    migration = read(
        '    replaces = [("app", "0001_initial"), ("app", "0002_x")]\n    initial = True\n'
        '    dependencies = []\n    operations = []\n    run_before = [("b", "0003")]\n'
    )
    assert pairs(migration, "replaces") == [("app", "0001_initial"), ("app", "0002_x")]
    assert pairs(migration, "run_before") == [("b", "0003")]


def test_names_beside_the_class() -> None:
    migration = read('    dependencies = [(APP, "0001")]\n', f'APP = "app"\n{START}')
    assert (migration.parse, pairs(migration, "parent")) == ("full", [("app", "0001")])


def test_the_bytes_of_a_name() -> None:
    content = f"# ü\r\n{START}    dependencies = [('app', '0001_x')]\r\n".encode()
    migration = DJANGO.read(content)
    assert migration is not None
    [mark] = migration.marks_of("parent")
    assert content[mark.start : mark.end] == b"'0001_x'"


def test_operations_are_not_parsed_where_they_come_last() -> None:
    assert read('    dependencies = [("app", "0001")]\n\n    operations = [\n        x(\n').parse == "full"


def test_dependencies_after_the_operations() -> None:
    migration = read('    operations = [\n        f(),\n    ]\n    dependencies = [("app", "0001")]\n')
    assert pairs(migration, "parent") == [("app", "0001")]


def test_old_python_around_the_class() -> None:
    start = f"def forwards(apps, editor):\n    print 'ü'\n\n\n{START}"
    content = f'{start}    dependencies = [("app", "0001")]\n    operations = []\n'.encode()
    migration = DJANGO.read(content)

    assert migration is not None
    [mark] = migration.marks_of("parent")
    assert (migration.parse, content[mark.start : mark.end]) == ("full", b'"0001"')


def test_operations_alone() -> None:
    assert read("    operations = []\n").parse == "full"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("    dependencies = needed()\n", "it computes its dependencies"),
        ('    dependencies = [("app", NAME)]\n', "it computes one of its dependencies"),
        ('    dependencies = [latest("app"), ("app", "0001")]\n', "it computes one of its dependencies"),
        ('    dependencies = [("app",)]\n', "it computes one of its dependencies"),
        ("    dependencies = [x for x in y]\n", "it computes its dependencies"),
        ("    dependencies = dependencies + dependencies\n", "it computes its dependencies"),
    ],
)
def test_what_may_name_more(body: str, why: str) -> None:
    migration = read(body)
    assert (migration.parse, migration.why) == ("partial", why)


def test_what_inherits() -> None:
    migration = read("    operations = []\n", "class Migration(other.Base):\n")
    assert (migration.parse, migration.why) == ("partial", "it inherits from another migration")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("    dependencies = [(\n", "it cannot be read as Python"),
        ("<<<<<<< ours\n    dependencies = []\n=======\n>>>>>>> theirs\n", "it holds conflict markers"),
        ("    dependencies = []\n    print 'x'\n", "it cannot be read as Python"),
        ("    dependencies = []\n\0", "it cannot be read as Python"),
        (f"    dependencies = {'[' * 500}\n", "it cannot be read as Python"),
    ],
)
def test_what_cannot_be_placed(body: str, why: str) -> None:
    migration = read(body)
    assert (migration.parse, migration.why) == ("none", why)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "from south.v2 import SchemaMigration\nclass Migration(SchemaMigration):\n    pass\n",
        "class Other:\n    pass\n",
        "# class Migration\n",
        "class MigrationX: pass\n",
    ],
)
def test_what_is_no_migration(text: str) -> None:
    assert DJANGO.read(text.encode()) is None


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("app/migrations/0001_initial.py", "app/migrations"),
        ("dojo/db_migrations/0001.py", "dojo/db_migrations"),
        ("app/migrations/__init__.py", None),
        ("app/migrations/_helper.py", None),
        ("app/migrations/~x.py", None),
        ("app/migrations/max_migration.txt", None),
        ("app/migrations/sub/0001.py", None),
        ("app/models.py", None),
    ],
)
def test_where_migrations_are(path: str, folder: str | None) -> None:
    assert DJANGO.folder(path) == folder


def files(folder: str, **named: str) -> list[File]:
    return [
        File(f"{folder}/{name}.py", f"blob of {name}", read(f"    dependencies = {needed}\n"))
        for name, needed in named.items()
    ]


CHAIN = {"m1": "[]", "m2": '[("shop", "m1"), ("auth", "m9")]', "m3": '[("shop", "m2")]'}


@pytest.mark.parametrize(
    ("folder", "named", "apps", "label"),
    [
        ("orders/migrations", CHAIN, "", "shop"),
        ("orders/migrations", {"m1": "[]"}, "", "orders"),
        ("orders/db_migrations", {"m1": "[]"}, "", "db_migrations"),
        (
            "orders/migrations",
            {"m1": "[]"},
            "class A(AppConfig):\n    name = 'x.orders'\n    label = 'shop'\n",
            "shop",
        ),
        ("orders/migrations", {"m1": "[]"}, "class A(apps.AppConfig):\n    name = 'x.buy'\n", "buy"),
        ("orders/migrations", CHAIN, "class A(apps.AppConfig):\n    name = 'x.other'\n", "shop"),
        ("orders/migrations", {"m1": "[]"}, "class A(AppConfig:\n", "orders"),
        ("sso/migrations", {"m1": '[("other", "m1")]', "m2": '[("sso", "m1")]'}, "", "sso"),
        ("sso/migrations", {"m1": "[]", "m2": '[("sso", "m1"), ("other", "m1")]'}, "", "sso"),
        ("migrations", {"m1": "[]"}, "", "migrations"),
        # another app's migration of the same name says nothing of this one's label
        ("shop/migrations", {"m1": '[("auth", "m1")]'}, "", "shop"),
        ("shop/migrations", {"m1": "[]", "m2": '[("auth", "m1"), ("shop", "m1")]'}, "", "shop"),
    ],
)
def test_the_label_of_an_app(folder: str, named: dict[str, str], apps: str, label: str) -> None:
    [beside] = DJANGO.evidence_paths(folder)
    [store] = DJANGO.stores({folder: files(folder, **named)}, {beside: apps.encode()})
    assert (store.name, store.folders) == (label, (folder,))


def test_apps_of_one_label_are_told_apart() -> None:
    folders = {name: files(name, **CHAIN) for name in ("one/migrations", "two/migrations")}
    stores = DJANGO.stores(folders, {})

    assert [store.name for store in stores] == ["shop@one/migrations", "shop@two/migrations"]
    node = DJANGO.nodes(stores[0], folders["one/migrations"])[2]
    assert node.parents == (("shop@one/migrations", "m2"),)


def test_a_node() -> None:
    [store] = DJANGO.stores({"shop/migrations": files("shop/migrations", **CHAIN)}, {})
    [node] = DJANGO.nodes(store, files("shop/migrations", **{"0012_x": '[("shop", "m1"), ("auth", "m9")]'}))

    assert node.key == ("shop", "0012_x")
    assert node.parents == (("shop", "m1"), ("auth", "m9"))
    assert node.own_parents == (("shop", "m1"),)
    assert node.order_key == (12,)
    assert "shop/migrations/max_migration.txt" in DJANGO.head_files(store)
