"""The folders from which modules are imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gate.languages.base.tree import Tree
from gate.languages.python.linker.roots import (
    PythonRoots,
    is_manifest,
    is_module,
    is_recent,
    of_state,
    root_of,
    survey,
)
from gate.model.source import UNSETTLED, FileFacts

if TYPE_CHECKING:
    from collections.abc import Mapping


def tree(*paths: str) -> Tree:
    return Tree({path: path for path in paths})


def settings(*pairs: tuple[str, str]) -> FileFacts:
    return FileFacts("full", settings=pairs)


def surveyed(*paths: str, facts: Mapping[str, FileFacts] | None = None) -> PythonRoots:
    by_path = facts or {}
    return survey(tree(*paths, *by_path), by_path.get)


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("a/b/c.py", "a"),
        ("a/x.py", "a"),
        ("y.py", ""),
        ("d/e/f.py", ""),
        ("d/e/g/h.py", "d/e/g"),
    ],
)
def test_the_root_of_a_file(path: str, root: str) -> None:
    files = tree("a/b/__init__.py", "a/b/c.py", "d/__init__.py", "d/e/__init__.pyi", "d/e/g/h.py")

    assert root_of(files, path) == root


def test_a_repository_that_is_a_package_is_the_root_of_its_files() -> None:
    assert root_of(tree("__init__.py", "m.py"), "m.py") == ""


def test_a_manifest_that_cannot_be_read_declares_nothing() -> None:
    assert surveyed("pyproject.toml") == PythonRoots(manifests=("pyproject.toml",))


def test_known_roots_are_taken_and_kept() -> None:
    roots = {"a/b": "kept"}

    assert root_of(tree("a/b/c.py"), "a/b/c.py", roots) == "kept"
    assert root_of(tree("a/d/e.py"), "a/d/e.py", roots) == "a/d"
    assert roots == {"a/b": "kept", "a/d": "a/d"}


def test_a_survey_of_paths() -> None:
    roots = surveyed("app/__init__.py", "app/m.py", "back/app/run.py", "one.py", "stubs/two.pyi")

    assert roots.tops == {"app": {""}, "one": {""}, "run": {"back/app"}, "two": {"stubs"}}
    assert roots.folder_names == {"app", "back", "stubs"}


def test_django_apps_are_folders_with_models() -> None:
    roots = surveyed("a/shop/models.py", "b/shop/models/__init__.py", "b/shop/models/order.py", "models.py")

    assert roots.apps == {"shop": {"a/shop", "b/shop"}}


def test_declared_folders_are_seen_from_their_manifest() -> None:
    facts = {
        "pyproject.toml": settings(("root", "lib"), ("other", "no")),
        "w/setup.cfg": settings(("root", "back"), ("root", "lib")),
    }

    assert surveyed("m.py", facts=facts).declared_folders == ("lib", "w/back", "w/lib")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"pyproject.toml": settings(("dependency python", ">=3.14"))}, {"": True}),
        ({"w/pyproject.toml": settings(("dependency python", ">=3.9"))}, {"w": False}),
        ({"pyproject.toml": settings(("root", "lib"))}, {}),
        ({"pyproject.toml": UNSETTLED}, {"": True}),
        (
            {"setup.py": settings(("dependency python", ">=3.14"), ("dependency python", ">=3.9"))},
            {"": False},
        ),
        (
            {
                "pyproject.toml": settings(("dependency python", ">=3.9")),
                "setup.cfg": settings(("dependency python", ">=3.14")),
            },
            {"": True},
        ),
    ],
)
def test_manifests_that_postpone_annotations(
    facts: Mapping[str, FileFacts], expected: dict[str, bool]
) -> None:
    assert surveyed(facts=facts).postponing == expected


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        (">=3.14", True),
        (">=3.14.1,<4", True),
        ("<4, >= 3.15", True),
        ("~=3.14", True),
        ("^3.14", True),
        ("==3.14.*", True),
        (">=4", True),
        (">=3.13", False),
        ("<3.14", False),
        ("!=3.14", False),
        (">=3", False),
        (">=3.14 || >=3.9", False),
        ("", False),
    ],
)
def test_specifiers_of_interpreters(specifier: str, expected: bool) -> None:
    assert is_recent(specifier) is expected


def test_a_state_adds_top_level_names_and_forgets_none() -> None:
    before = surveyed("app/__init__.py", "old.py")
    files = tree("app/__init__.py", "old.py").with_changes({"old.py": "", "new/part.py": "1"})
    roots = of_state(files, before, lambda _path: None)

    assert roots.tops == {"app": {""}, "old": {""}, "part": {"new"}}
    assert before.tops == {"app": {""}, "old": {""}}


def test_manifests_are_read_again_only_where_a_state_changes_one() -> None:
    before = PythonRoots(manifests=("pyproject.toml",), declared_folders=("lib",))
    facts = {"pyproject.toml": settings(("root", "src2")), "w/setup.py": settings(("root", "back"))}
    unchanged = tree("pyproject.toml").with_changes({"m.py": "1"})
    changed = tree("pyproject.toml").with_changes({"w/setup.py": "1"})

    assert of_state(unchanged, before, facts.get).declared_folders == ("lib",)
    assert of_state(changed, before, facts.get).declared_folders == ("src2", "w/back")


def test_where_a_name_is_looked_for() -> None:
    roots = PythonRoots(declared_folders=("back",), tops={"app": {"z", "a", "src"}})

    assert roots.of("app", "tests") == ["tests", "back", "", "src", "lib", "python", "a", "z"]
    assert roots.of("none", "") == ["", "back", "src", "lib", "python"]


def test_modules_and_manifests() -> None:
    assert [path for path in ("a.py", "a.pyi", "a.pyx", "py") if is_module(path)] == ["a.py", "a.pyi"]
    assert [path for path in ("w/setup.py", "tox.ini", "w/tox.toml") if is_manifest(path)] == [
        "w/setup.py",
        "tox.ini",
    ]
