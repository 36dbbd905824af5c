"""A small repository with a policy and streams of every fate, and programs that stand in for git."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from cli.small import FREE, ONE, OTHER, POLICY, STALE
from support import CHECKOUT, git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support import MakeRepo


@pytest.fixture
def repo(make_repo: MakeRepo) -> Path:
    """`ONE` and `OTHER` collide in engine/a.py, `FREE` disturbs nobody, `STALE` conflicts with main by itself."""
    made = make_repo("repo")
    files = {"gate.toml": POLICY, "engine/a.py": "x = 1\n", "engine/rules.py": "", "docs/old.md": "1\n"}
    base = made.commit("main", files)
    made.commit(ONE, {"engine/a.py": "x = 2\n"}, parents=[base])
    made.commit(OTHER, {"engine/a.py": "x = 3\ny = 3\n"}, parents=[base])
    made.commit(FREE, {"docs/new.md": "new\n"}, parents=[base])
    made.commit(STALE, {"docs/old.md": "2\n"}, parents=[base])
    made.commit("main", {"docs/old.md": "3\n"})
    made.write("main")
    return made.folder


@pytest.fixture
def without_policy(make_repo: MakeRepo) -> Path:
    """One branch, one stream, no gate.toml."""
    made = make_repo("without-policy")
    base = made.commit("main", {"src/a.py": "x = 1\n"})
    made.commit("feature", {"src/b.py": "y = 1\n"}, parents=[base])
    made.write("main")
    return made.folder


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a shell script in git's place; `$REAL_GIT` is the real one."""
    folder = tmp_path / "stand-in"
    folder.mkdir()
    monkeypatch.setenv("REAL_GIT", shutil.which("git") or "")

    def put(script: str) -> None:
        program = folder / "git"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")

    return put


@pytest.fixture
def clone(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small repository with all that is pushed to `remote.git` but its streams; hooks run this checkout's gate."""
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "remote.git")
    git(repo, "remote", "add", "origin", str(tmp_path / "remote.git"))
    git(repo, "push", "-q", "origin", "main")
    git(repo, "branch", "-q", "-D", STALE)
    return repo
