"""Each recipe of CONTRIBUTING.md, followed on a toy example in a copy of the project.

A folder here holds the files its recipe adds, at their places, and `edits.toml`: the lines it inserts elsewhere, and
the tests that have to pass afterwards.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import gate

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(gate.__file__).parents[1]
HERE = Path(__file__).parent
RECIPES = sorted(path.parent.name for path in HERE.glob("*/edits.toml"))
CONTRIBUTING = (CHECKOUT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
COPIED = (
    "gate",
    "hooks",
    "templates",
    "tests",
    ".ci",
    ".github",
    "Makefile",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "action.yml",
)
LEFT_OUT = shutil.ignore_patterns("__pycache__", "scenarios", "recipes", "bench", ".*_cache")


def edits(recipe: str) -> dict[str, Any]:
    return tomllib.loads((HERE / recipe / "edits.toml").read_text("utf-8"))


def added(recipe: str) -> list[str]:
    folder = HERE / recipe
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(path.relative_to(folder).as_posix() for path in files if path.name != "edits.toml")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project, without what no recipe touches."""
    root = tmp_path / "project"
    root.mkdir()
    for name in COPIED:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=LEFT_OUT)
        elif source.exists():
            shutil.copy(source, root / name)
    return root


def follow(recipe: str, root: Path) -> None:
    for path in added(recipe):
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / recipe / path, place)
    for edit in edits(recipe).get("edits", ()):
        file = root / edit["file"]
        text = file.read_text("utf-8")
        anchor = edit.get("before") or edit["after"]
        assert text.count(anchor) == 1, f"{edit['file']} has {anchor!r} {text.count(anchor)} times"
        lines = (edit["insert"], anchor) if "before" in edit else (anchor, edit["insert"])
        file.write_text(text.replace(anchor, "\n".join(lines)), "utf-8")


def run(root: Path, *words: str) -> None:
    env = os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *words], cwd=root, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_leads_to_passing_tests(recipe: str, copy: Path) -> None:
    follow(recipe, copy)
    steps = edits(recipe)
    run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *steps["tests"])
    if steps.get("contracts"):
        run(copy, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())")


@pytest.mark.parametrize("recipe", RECIPES)
def test_without_its_files_the_tests_fail(recipe: str, copy: Path) -> None:
    """What a recipe proves is the work of the files it adds."""
    for path in added(recipe):
        if path.startswith("tests/"):
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(HERE / recipe / path, copy / path)
    with pytest.raises(AssertionError):
        run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *_new_tests(recipe))


def _new_tests(recipe: str) -> Iterator[str]:
    return (path for path in added(recipe) if path.startswith("tests/"))


@pytest.mark.parametrize("recipe", RECIPES)
def test_the_newcomers_map_names_the_files_of_a_recipe(recipe: str) -> None:
    table = re.search(rf"<!-- recipe {recipe} -->\n(.*?)\n<!-- /recipe -->", CONTRIBUTING, re.DOTALL)

    assert table is not None
    named = set(re.findall(r"^\| `([^`]+)` \|", table[1], re.MULTILINE))
    assert named == {*added(recipe), *(edit["file"] for edit in edits(recipe).get("edits", ()))}


def test_every_recipe_of_the_map_is_followed_here() -> None:
    assert sorted(re.findall(r"<!-- recipe (\w+) -->", CONTRIBUTING)) == RECIPES
