"""Which files tags and release branches have that the target lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import MakeRepo, git

from gate.git import published
from gate.git.objects import Objects
from gate.git.repository import open_repository

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repo(make_repo: MakeRepo) -> Path:
    """A branch with a file of its own; the target's is on `main`."""
    made = make_repo()
    base = made.commit("main", {"old.py": "1\n"})
    made.commit("agent/a", {"new.py": "2\n"}, parents=[base])
    made.write("main")
    return made.folder


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("", set()),
        ("refs/tags/v1", {"new.py"}),
        ("refs/heads/release", {"new.py"}),
        ("refs/heads/release-1", {"new.py"}),
        ("refs/heads/release/1", {"new.py"}),
        ("refs/heads/releases/1/x", {"new.py"}),
        ("refs/remotes/origin/release-1", {"new.py"}),
        ("refs/remotes/origin/release/1", {"new.py"}),
        ("refs/heads/topic", set()),
        ("refs/heads/kept/x", {"new.py"}),
        ("refs/remotes/origin/kept/x", {"new.py"}),
        ("refs/remotes/origin/prod", {"new.py"}),
        ("refs/remotes/other/prod", set()),
    ],
)
def test_what_is_published(repo: Path, ref: str, expected: set[str]) -> None:
    if ref:
        git(repo, "update-ref", ref, "agent/a")
    blob = git(repo, "rev-parse", "agent/a:new.py")
    with open_repository(str(repo)) as repository, Objects(repository) as objects:
        refs = published.refs(repository, "main", ("kept/*", "origin/prod"))
        found = published.holding(objects, refs, [("new.py", blob), ("old.py", "0" * 40)])
    assert found == expected
