"""Where Django's settings say migrations lie."""

from __future__ import annotations

import time

import pytest

from gate.migrations.tools.django import configuration
from gate.model.migrations import Home, Store

FOLDERS = {"shop/schema", "src/shop/schema", "back/shop/schema", "contrib/sites"}


def named(path: str, text: str) -> dict[str, str]:
    return {home.folder: home.store for home in configuration.homes({path: text.encode()}, FOLDERS)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MIGRATION_MODULES = {'buy': 'shop.schema'}", {"shop/schema": "buy"}),
        ("MIGRATION_MODULES: dict = {'buy': 'shop.schema'}", {"shop/schema": "buy"}),
        (
            "import os\nMIGRATION_MODULES = {'buy': 'shop.schema', 'sites': 'contrib.sites', 'x': None}",
            {"shop/schema": "buy", "contrib/sites": "sites"},
        ),
        ("MIGRATION_MODULES = {'buy': 'shop.schema', 'x': made()}", {"shop/schema": "buy"}),
        ("MIGRATION_MODULES = {'buy': 'shop.nowhere'}", {}),
        ("MIGRATION_MODULES = {'buy': None}", {}),
        ("MIGRATION_MODULES = {'buy': 'shop.schema', **MORE}", {}),
        ("MIGRATION_MODULES = {name(): 'shop.schema'}", {}),
        ("MIGRATION_MODULES = Disabled()", {}),
        ("if DEBUG:\n    MIGRATION_MODULES = {'buy': 'shop.schema'}", {}),
        ("MIGRATION_MODULES = {'buy': 'shop.schema'", {}),
        ("MIGRATION_MODULES = {'buy': 'shop.schema'}\0", {}),
        ("MIGRATION_MODULES = " + "{'a':" * 5000, {}),
        ("MIGRATION_MODULES = {'buy': '" + "x." * 50_000 + "'}", {}),
        ("MIGRATION_MODULES = {'buy': '../../etc', 'x': '/etc', 'y': '', 'z': '..'}", {}),
    ],
)
def test_what_settings_name(text: str, expected: dict[str, str]) -> None:
    assert named("config/settings.py", text) == expected


def test_settings_without_end_end_quickly() -> None:
    text = b"MIGRATION_MODULES = {'shop': 'shop.schema'}\n"
    says = {f"app{at}/settings.py": text + b"x = [1, 2, 3]\n" * 4_000 for at in range(500)}
    started = time.process_time()
    assert configuration.homes(says, FOLDERS) == (Home("shop/schema", "shop"),)
    assert configuration.homes({"settings.py": text * 100_000}, FOLDERS) == ()
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("settings.py", "shop/schema"),
        ("back/conf/settings/base.py", "back/shop/schema"),
        ("src/conf/settings.py", "src/shop/schema"),
    ],
)
def test_packages_are_found_from_above_the_settings(path: str, folder: str) -> None:
    assert named(path, "MIGRATION_MODULES = {'shop': 'shop.schema'}") == {folder: "shop"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("settings.py", True),
        ("app/settings_prod.py", True),
        ("app/settings/base.py", True),
        ("config/settings/sub/base.py", False),
        ("app/settings/test.py", False),
        ("app/settings_test.py", False),
        ("tests/settings.py", False),
        ("app/latest/settings.py", True),
        ("app/settings.txt", False),
        ("app/models.py", False),
    ],
)
def test_which_files_configure(path: str, expected: bool) -> None:
    assert configuration.is_config(path) == expected


@pytest.mark.parametrize(
    ("stores", "homes", "names"),
    [
        pytest.param(["schema"], [Home("0", "shop")], ["shop"], id="the label"),
        pytest.param(["shop", "x"], [Home("1", "shop")], ["shop@0", "shop"], id="another folder gives way"),
        pytest.param(
            ["a", "b"], [Home("0", "shop"), Home("1", "shop")], ["shop@0", "shop@1"], id="two projects"
        ),
        pytest.param(["a", "b"], [], ["a", "b"], id="nothing said"),
    ],
)
def test_how_stores_are_named(stores: list[str], homes: list[Home], names: list[str]) -> None:
    apart = [Store("django", name, (str(at),)) for at, name in enumerate(stores)]
    assert [store.name for store in configuration.placed(apart, homes)] == names
