"""Tools in Python with the folders that configuration names."""

from __future__ import annotations

import pytest

from gate.migrations.tools import tool
from gate.model.migrations import File, Home, Migration

HOMES = [Home("db/one", "x"), Home("db/two", "x", recursive=True), Home("other", "y")]


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("db/one/b.py", "db/one"),
        ("db/one/sub/b.py", None),
        ("db/two/2026/b.py", "db/two/2026"),
        ("db/one/__init__.py", None),
        ("db/one/b.sql", None),
        ("db/oneself/b.py", None),
        ("app/versions/b.py", "app/versions"),
    ],
)
def test_where_migrations_are(path: str, folder: str | None) -> None:
    assert tool("alembic").in_homes(HOMES).folder(path) == folder


def test_other_names_hide_no_file_of_djangos() -> None:
    django = tool("django").in_homes([Home("shop/schema", "shop")])
    assert django.folder("shop/schema/0001_a.py") == "shop/schema"
    assert django.folder("shop/schema/_helper.py") is None


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        pytest.param(["db/one"], True, id="another location"),
        pytest.param(["db/one", "db/two"], False, id="all of them"),
        pytest.param(["other"], False, id="alone in its configuration"),
        pytest.param(["app/versions"], False, id="by its name"),
    ],
)
def test_which_other_folders_are_needed(folders: list[str], expected: bool) -> None:
    file = File("x.py", "blob", Migration("full"))
    assert tool("alembic").in_homes(HOMES).needs_full_scan({name: [file] for name in folders}) == expected


def test_what_nothing_configures() -> None:
    flyway = tool("flyway")
    assert not flyway.is_config("flyway.conf")
    assert not flyway.homes({"flyway.conf": b"x"}, ["db"])
    assert flyway.in_homes(HOMES) is flyway


def test_a_configured_tool_leaves_the_others_as_they_are() -> None:
    tool("alembic").in_homes(HOMES)
    assert tool("alembic").folder("db/one/b.py") is None
