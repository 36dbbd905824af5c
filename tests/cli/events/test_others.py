"""`pre-merge-commit`, `commit-msg` and `post-checkout`, through real merges, commits and checkouts."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from cli.small import FREE, ONE, OTHER, complaint
from support import git, run_gate, run_here

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def hooked(clone: Path) -> Path:
    """The clone with all its hooks."""
    run_here("hooks", "install", cwd=clone)
    return clone


def run(folder: Path, *words: str, **env: str) -> tuple[int, str]:
    """The exit code of a git command and what it said on standard error."""
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=False, env=os.environ | env)
    return done.returncode, done.stderr.decode("utf-8", "surrogateescape")


def commit(folder: Path, *words: str, file: str = "note") -> str:
    """What is said of a commit that adds a file."""
    (folder / file).write_text("1\n")
    git(folder, "add", file)
    code, said = run(folder, "commit", "-q", *words)
    assert code == 0, said
    return said


# pre-merge-commit


def test_a_landing_waits_for_its_turn(hooked: Path) -> None:
    (hooked / "docs/more.md").write_text("1\n")
    git(hooked, "add", "-A")
    git(hooked, "commit", "-qm", "main moves on")
    code, said = run(hooked, "merge", "-q", "--no-edit", OTHER)
    assert code == 1
    assert f"git-gate: HOLD  {OTHER}" in said
    assert "G201" in said
    assert "git merge --no-verify" in said
    git(hooked, "merge", "--abort")
    code, said = run(hooked, "merge", "-q", "--no-edit", ONE)
    assert code == 0, said
    assert f"git-gate: LAND  {ONE}" in said
    assert run(hooked, "merge", "-q", "--no-edit", FREE, GATE_SKIP="1")[0] == 0


def test_a_merge_elsewhere_is_left_to_the_push(hooked: Path) -> None:
    git(hooked, "checkout", "-q", FREE)
    code, said = run(hooked, "merge", "-q", "--no-edit", OTHER)
    assert (code, "LAND" in said or "HOLD" in said) == (0, False)


def test_audit_lets_it_land(hooked: Path) -> None:
    git(hooked, "config", "gate.mode", "audit")
    code, said = run(hooked, "merge", "-q", "--no-ff", "--no-edit", OTHER)
    assert (code, f"git-gate: HOLD  {OTHER}" in said) == (0, True)


# commit-msg


def test_trailers(hooked: Path) -> None:
    git(hooked, "checkout", "-q", ONE)
    assert commit(hooked, "-m", "x") == ""
    assert commit(hooked, "-m", "x", "-m", "Coordinator: ENGINE", file="b") == ""
    said = commit(hooked, "-m", "x", "-m", "Coordinator: NOBODY", file="c")
    assert said == "git-gate: gate.toml knows no coordinator NOBODY; it knows ENGINE and OPS\n"
    said = commit(hooked, "-m", "x", "-m", "coordinator: OPS", file="d")
    assert "is ENGINE's by gate.toml, so the trailer that names OPS does not count" in said
    assert commit(hooked, "-m", "Coordinator: NOBODY is no trailer here\n\nbut a sentence", file="e") == ""


def test_a_stream_of_nobody_is_asked_for_one(hooked: Path) -> None:
    git(hooked, "checkout", "-q", "-b", "agent/new", "main")
    said = commit(hooked, "-m", "x")
    assert said == "git-gate: nothing says whose stream agent/new is; a trailer would: Coordinator: ENGINE\n"
    assert commit(hooked, "-m", "x", "-m", "Coordinator: OPS", file="b") == ""
    assert commit(hooked, "-m", "declared before", file="c") == ""


@pytest.mark.parametrize("branch", ["main", "mine"])
def test_what_is_no_stream_needs_none(hooked: Path, branch: str) -> None:
    git(hooked, "checkout", "-q", "-B", branch)
    assert commit(hooked, "-m", "x", "-m", "Coordinator: NOBODY") == ""


def test_it_never_fails(hooked: Path) -> None:
    git(hooked, "checkout", "-q", ONE)
    git(hooked, "config", "gate.target", "no-such")
    assert "commit-msg could not decide, and lets it pass" in commit(hooked, "-m", "x")
    git(hooked, "config", "gate.hookTimeout", "0.001")
    assert "commit-msg took more than 0.001 s" in commit(hooked, "-m", "x", file="b")
    assert run_gate("hook", "commit-msg", cwd=hooked).exit == 0


# post-checkout


def test_one_line_when_others_work_on_the_same_files(hooked: Path) -> None:
    code, said = run(hooked, "checkout", "-q", ONE)
    assert (code, said) == (0, f"git-gate: {ONE} shares 1 file with {OTHER}: engine/a.py\n")
    assert run(hooked, "checkout", "-q", FREE) == (0, "")
    assert run(hooked, "checkout", "-q", "main") == (0, "")
    assert run(hooked, "checkout", "-q", "--detach", ONE) == (0, "")
    assert run(hooked, "checkout", "-q", ONE, "--", "engine/a.py") == (0, "")


def test_a_new_worktree_is_told_too(hooked: Path, tmp_path: Path) -> None:
    code, said = run(hooked, "worktree", "add", "-q", str(tmp_path / "w"), OTHER)
    assert code == 0
    assert f"git-gate: {OTHER} shares 1 file with {ONE}: engine/a.py\n" in said


def test_a_hook_run_by_hand(hooked: Path) -> None:
    said, _ = complaint(run_gate("hook", "pre-commit", cwd=hooked))
    assert said == "the gate has no hook 'pre-commit'"
    assert run_gate("hook", "post-checkout", "a", "b", "1", cwd=hooked).exit == 0
    assert run_gate("hook", "pre-merge-commit", cwd=hooked).exit == 0
