"""A quick look at a repository, and at what other worktrees are editing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support import MakeRepo, git

from gate.errors import EnvironmentFault
from gate.git.worktree_status import editing, worktree_status

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(make_repo: MakeRepo) -> Path:
    """`main` with a file and a folder, `other` at the same commit."""
    made = make_repo("repo")
    base = made.commit("main", {"a": "1\n", "d/b": "1\n"})
    made.branch("other", base)
    made.write("main")
    return made.folder


def test_where_and_what(folder: Path) -> None:
    git(folder, "config", "gate.hookTimeout", "5")
    git(folder, "config", "--add", "gate.mode", "audit")
    seen = worktree_status(str(folder / "d"))
    assert (seen.top, seen.git_dir, seen.common_dir) == (str(folder), f"{folder}/.git", f"{folder}/.git")
    assert seen.head == "refs/heads/main"
    assert seen.config == {"gate.hooktimeout": "5", "gate.mode": "audit"}
    assert [line.split(b"\0")[0] for line in seen.refs.split(b"\n")] == [
        b"refs/heads/main",
        b"refs/heads/other",
    ]


def test_the_listing_is_the_same_in_every_worktree(folder: Path, tmp_path: Path) -> None:
    git(folder, "worktree", "add", "-q", str(tmp_path / "w"), "other")
    seen = worktree_status(str(tmp_path / "w"))
    assert seen.head == "refs/heads/other"
    assert seen.refs == worktree_status(str(folder)).refs
    git(tmp_path / "w", "checkout", "-q", "--detach")
    assert worktree_status(str(tmp_path / "w")).head == ""


def test_variables_of_another_repository_do_not_count(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/no/such")
    assert worktree_status(str(folder)).top == str(folder)


@pytest.mark.parametrize("place", ["", "missing", "repo/.git"])
def test_outside_of_a_worktree(folder: Path, place: str) -> None:
    with pytest.raises(EnvironmentFault):
        worktree_status(str(folder.parent / place))


def test_uncommitted_work_elsewhere(folder: Path, tmp_path: Path) -> None:
    git(folder, "worktree", "add", "-q", str(tmp_path / "w"), "other")
    seen = worktree_status(str(folder))
    assert editing(seen, "a") == []
    (tmp_path / "w/a").write_text("2\n")
    os.utime(tmp_path / "w/a", (4e9, 4e9))
    assert editing(seen, "a") == [("other", str(tmp_path / "w"))]
    assert editing(seen, "d/b") == []
    assert editing(worktree_status(str(tmp_path / "w")), "a") == []
    git(tmp_path / "w", "commit", "-qam", "done")
    assert editing(seen, "a") == []
    assert editing(seen, "no\0such") == []
