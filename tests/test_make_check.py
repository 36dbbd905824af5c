"""What `make check` runs: the tests that belong to what changed."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support import git

if TYPE_CHECKING:
    from support import MakeRepo

CHECKOUT = Path(__file__).parents[1]
FILES = (
    "gate/a/b.py",
    "gate/a/c.py",
    "gate/alone.py",
    "gate/a/deep/__init__.py",
    "gate/a/deep/d.py",
    "tests/conftest.py",
    "tests/a/conftest.py",
    "tests/a/test_b.py",
    "tests/a/test_more.py",
    "tests/a/deep/test_d.py",
    "tests/a/deep/test_e.py",
    "tests/scenarios/one/expected.json",
    "tests/test_alone.py",
    "tests/test_scenarios.py",
)


@pytest.fixture
def check() -> Any:
    """A copy of the module, whose checkout can be another one."""
    spec = importlib.util.spec_from_file_location("check", CHECKOUT / ".ci" / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("path", "tests"),
    [
        ("gate/a/b.py", {"tests/a/test_b.py"}),
        ("gate/a/c.py", {"tests/a"}),
        ("gate/a/removed.py", {"tests/a"}),
        ("gate/a", {"tests/a"}),
        ("gate/a/deep/d.py", {"tests/a/deep/test_d.py"}),
        ("gate/a/deep/__init__.py", {"tests/a/deep"}),
        ("gate/a/deep/f.py", {"tests/a/deep"}),
        ("gate/alone.py", {"tests/test_alone.py"}),
        ("gate/__init__.py", set()),
        ("tests/a/test_b.py", {"tests/a/test_b.py"}),
        ("tests/a/test_removed.py", set()),
        ("tests/a/conftest.py", {"tests/a"}),
        ("tests/scenarios/one/expected.json", {"tests/test_scenarios.py"}),
        ("README.md", {"tests/test_lock.py", "tests/test_package.py", "tests/test_readme.py"}),
    ],
)
def test_the_tests_of_a_path(
    check: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, tests: set[str]
) -> None:
    for file in FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    monkeypatch.setattr(check, "ROOT", tmp_path)

    assert check.tests_of(path) == tests


def test_what_changed_is_what_this_branch_and_the_worktree_change(
    check: Any, make_repo: MakeRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = make_repo()
    repo.commit("main", {"gate/a.py": "1", "gate/b.py": "1", "gate/c.py": "1", "gate/d.py": "1"})
    repo.commit("work", {"gate/a.py": "2", "gate/b.py": None}, parents=["main"])
    repo.commit("main", {"gate/d.py": "2"})
    repo.write("work")
    (repo.folder / "gate" / "c.py").write_text("2")
    (repo.folder / "gate" / "ü.py").write_text("2")
    monkeypatch.setattr(check, "ROOT", repo.folder)

    assert sorted(check.changed()) == ["gate/a.py", "gate/b.py", "gate/c.py", "gate/ü.py"]
    git(repo.folder, "update-ref", "refs/remotes/origin/main", "work")
    assert sorted(check.changed()) == ["gate/c.py", "gate/ü.py"]
