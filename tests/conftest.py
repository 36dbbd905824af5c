"""Seals every test: no configuration, identity, clock or temporary folder of this machine gets in."""

from __future__ import annotations

import itertools
import os
import tempfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from gate.demo import repository_builder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support import MakeRepo

# A fixture is not made anew for each example; `make_repo` gives a fresh folder at every call all the same.
settings.register_profile(
    "gate",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# The same examples for each mutant, and a failure is enough: the least example for it is not looked for.
settings.register_profile(
    "mutants",
    settings.get_profile("gate"),
    derandomize=True,
    database=None,
    max_examples=30,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile("gate")

_FOREIGN = ("GIT_", "GITHUB_", "GITLAB_", "GATE_")
_DISPLAY = ("CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "LANGUAGE", "LINES", "NO_COLOR", "PAGER")
_DATE = "2026-01-01T00:00:00+00:00"


@pytest.fixture(autouse=True)
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A world of its own for git and for us; the test fails when the gate leaves something in TMPDIR."""
    for name in list(os.environ):
        if name.startswith(_FOREIGN) or name in _DISPLAY:
            monkeypatch.delenv(name)
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    for name, value in _world(tmp_path, home, temporary).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    left = sorted(path.name for path in temporary.glob("git-gate*"))
    assert not left, f"left behind in TMPDIR: {left}"


def _world(root: Path, home: Path, temporary: Path) -> dict[str, str]:
    person = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Ada Example"), ("EMAIL", "ada@example.org"), ("DATE", _DATE))
    }
    return person | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(root),
        "LC_ALL": "C.UTF-8",
        "TMPDIR": str(temporary),
        "TZ": "UTC",
    }


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run property tests last when mutants are tested: the quick tests notice most of them."""
    if config.getoption("--hypothesis-profile", None) == "mutants":
        items.sort(key=lambda item: getattr(getattr(item, "obj", None), "is_hypothesis_test", False))


@pytest.fixture
def make_repo(tmp_path: Path) -> Iterator[MakeRepo]:
    """Make repositories: `repo = make_repo()`, commits, `repo.write()`; the folder is `repo.folder`."""
    numbers = itertools.count(1)
    made: list[repository_builder.RepositoryBuilder] = []

    def make(name: str = "", **options: Any) -> repository_builder.RepositoryBuilder:
        history = repository_builder.repository(tmp_path / (name or f"repo{next(numbers)}"), **options)
        made.append(history)
        return history

    yield make
    for history in made:
        history.close()
