"""Where Alembic's configuration says revisions lie."""

from __future__ import annotations

import time

import pytest

from gate.migrations.tools.alembic import configuration
from gate.model.migrations import Home, Store

FOLDERS = {
    "", "db", "db/versions", "db/one", "db/two", "db/two/2026", "src/app/db/versions", "app/more", "back/db/versions",
    "back", "migrations", "migrations/versions", "(odd) %", "(odd) %/versions",
}  # fmt: skip


def named(configs: dict[str, str]) -> dict[str, str]:
    """The folders that are named, by what names them."""
    contents = {path: text.encode() for path, text in configs.items()}
    return {home.folder: home.store for home in configuration.homes(contents, FOLDERS)}


def ini(*lines: str) -> str:
    return "\n".join(("[alembic]", *lines, ""))


@pytest.mark.parametrize(
    ("path", "value", "folders"),
    [
        ("alembic.ini", ("script_location = db",), ["db/versions"]),
        ("alembic.ini", ("script_location = ./db/",), ["db/versions"]),
        ("alembic.ini", ("script_location = %(here)s/db",), ["db/versions"]),
        ("alembic.ini", ("script_location = app.db:",), ["src/app/db/versions"]),
        ("alembic.ini", ("script_location = app:db",), ["src/app/db/versions"]),
        ("alembic.ini", ("script_location = db", "version_locations = db/one db/two"), ["db/one", "db/two"]),
        ("alembic.ini", ("script_location = db", "version_locations = db/one, db/two"), ["db/one", "db/two"]),
        ("alembic.ini", ("script_location = db", "version_locations = app:more"), ["app/more"]),
        ("alembic.ini", ("script_location = db", "version_locations =\n    db/one\n    db/two"), ["db/one", "db/two"]),
        ("alembic.ini", ("script_location = db", "version_locations = %(script_location)s/one"), ["db/one"]),
        ("alembic.ini", ("script_location = %(here)s/db", "version_locations = %(script_location)s/one"), ["db/one"]),
        ("alembic.ini", ("script_location = nowhere",), []),
        ("alembic.ini", ("script_location = /srv/db",), []),
        ("alembic.ini", ("script_location = ../db",), []),
        ("alembic.ini", ("script_location = %(root)s/db",), []),
        ("alembic.ini", ("sqlalchemy.url = x",), []),
        ("back/alembic.ini", ("script_location = db",), ["back/db/versions"]),
        ("back/alembic.ini", ("script_location = %(here)s/../db",), ["db/versions"]),
        ("back/alembic.ini", ("script_location = migrations",), ["migrations/versions"]),
        ("back/alembic.ini", ("script_location = %(here)s/migrations",), []),
        ("migrations/alembic.ini", ("file_template = x",), ["migrations/versions"]),
        ("(odd) %/alembic.ini", ("script_location = %(here)s",), ["(odd) %/versions"]),
        ("alembic.ini", ("script_location = (odd) %%",), ["(odd) %/versions"]),
    ],
)  # fmt: skip
def test_what_an_ini_names(path: str, value: tuple[str, ...], folders: list[str]) -> None:
    assert sorted(named({path: ini(*value)})) == folders


@pytest.mark.parametrize(
    ("key", "separator", "value"),
    [
        ("version_path_separator", "os", "db/one:db/two"),
        ("version_path_separator", "space", "db/one db/two"),
        ("version_path_separator", ":", "db/one:db/two"),
        ("version_path_separator", ";", "db/one;db/two"),
        ("path_separator", "newline", "\n    db/one\n    db/two"),
        ("path_separator", "os", "%(here)s/db/one:%(here)s/db/two"),
    ],
)
def test_what_parts_locations(key: str, separator: str, value: str) -> None:
    text = ini("script_location = db", f"{key} = {separator}", f"version_locations = {value}")
    assert list(named({"alembic.ini": text})) == ["db/one", "db/two"]


def test_sections_are_environments_of_their_own() -> None:
    text = "[DEFAULT]\nscript_location = no\n[one]\nversion_locations = db/one\n[two]\nversion_locations = db/two\n"
    assert named({"alembic.ini": text}) == {"db/one": "alembic.ini:one", "db/two": "alembic.ini:two"}


def test_what_all_sections_say_is_said_of_the_main_one() -> None:
    text = (
        "[DEFAULT]\nscript_location = db\n[loggers]\nkeys = root\n[private]\nscript_location = back/db\n"
        "version_locations = %(script_location)s/versions\n"
    )
    assert named({"alembic.ini": text}) == {
        "db/versions": "alembic.ini:alembic",
        "back/db/versions": "alembic.ini:private",
    }


@pytest.mark.parametrize(
    ("value", "folders"),
    [
        ('script_location = "%(here)s/db"', ["db/versions"]),
        ('script_location = "db"\nversion_locations = ["%(here)s/db/one", "app:more", 7]', ["db/one", "app/more"]),
        ('script_location = "db"\nversion_locations = 7', ["db/versions"]),
        ("script_location = 7", []),
        ("file_template = 'x'", []),
    ],
)  # fmt: skip
def test_what_a_pyproject_names(value: str, folders: list[str]) -> None:
    assert list(named({"pyproject.toml": f"[tool.alembic]\n{value}\n"})) == folders


def test_the_topmost_configuration_counts() -> None:
    says = {"back/alembic.ini": ini("script_location = ../db"), "alembic.ini": ini("script_location = db")}
    assert named(says) == {"db/versions": "alembic.ini:alembic"}


@pytest.mark.parametrize("value", ["true", "True", "1"])
def test_what_lies_below_counts_where_it_is_asked_for(value: str) -> None:
    text = ini("script_location = db", "version_locations = db/two", f"recursive_version_locations = {value}")
    [home] = configuration.homes({"alembic.ini": text.encode()}, FOLDERS)
    assert [home.includes(folder) for folder in ("db/two", "db/two/2026", "db/twofold")] == [
        True,
        True,
        False,
    ]
    [home] = configuration.homes({"alembic.ini": text.replace(value, "no").encode()}, FOLDERS)
    assert not home.includes("db/two/2026")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"script_location = db\n", id="no section"),
        pytest.param(b"[alembic\nscript_location", id="broken"),
        pytest.param(b"[alembic]\nscript_location\n", id="no value"),
        pytest.param(b"[alembic]\nscript_location = \xff\0\n", id="bytes"),
        pytest.param(b"[alembic]\nscript_location = " + b"%(here)s" * 9000, id="substitutions"),
        pytest.param(b"[alembic]\nscript_location = " + b"../" * 30_000, id="a long way up"),
        pytest.param(b"[alembic]\n" + b"x = 1\n" * 10_000_000, id="huge"),
        pytest.param(b"alembic = " + b"[" * 100_000, id="nested"),
        pytest.param(b"tool = 'alembic'\n", id="another shape"),
        pytest.param(b"[tool]\nalembic = 7\n", id="another shape below"),
    ],
)
def test_hostile_texts_name_nothing_and_end_quickly(content: bytes) -> None:
    started = time.process_time()
    for path in ("alembic.ini", "pyproject.toml"):
        assert configuration.homes({path: content}, FOLDERS) == ()
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("alembic.ini", True),
        ("a/alembic_tenants.ini", True),
        ("pyproject.toml", True),
        ("a/pyproject.toml", True),
        ("alembic/setup.ini", False),
        ("setup.cfg", False),
    ],
)
def test_which_files_configure(path: str, expected: bool) -> None:
    assert configuration.is_config(path) == expected


def test_folders_of_one_configuration_are_one_store() -> None:
    apart = [Store("alembic", name, (name,)) for name in ("db/one", "db/two", "other")]
    homes = [Home("db/one", "x"), Home("db/two", "x"), Home("more", "x")]

    assert [(store.name, store.folders) for store in configuration.placed(apart, homes)] == [
        ("db/one", ("db/one", "db/two")),
        ("other", ("other",)),
    ]


def test_a_store_that_has_folders_of_two_joins_both() -> None:
    apart = [Store("alembic", "a", ("a",)), Store("alembic", "b", ("b", "c")), Store("alembic", "d", ("d",))]
    homes = [Home("a", "x"), Home("b", "x"), Home("c", "y"), Home("d", "y")]

    for order in (apart, apart[::-1], [apart[0], apart[2], apart[1]]):
        [store] = configuration.placed(order, homes)
        assert (store.name, store.folders) == ("a", ("a", "b", "c", "d"))
