"""The tools of the tests, and the seal around every test."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from support import MakeRepo, git, run_gate, run_here, snapshot

from gate.demo.repository_builder import Executable


def test_every_test_is_alone(tmp_path: Path) -> None:
    assert Path.cwd() == tmp_path
    assert Path.home() == tmp_path / "home"
    assert Path(tempfile.gettempdir()) == tmp_path / "tmp"
    kept = {name for name in os.environ if name.startswith("GIT_")}
    person = {f"GIT_{role}_{what}" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL", "DATE")}
    assert kept == {*person, "GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"}


def test_git_made_by_hand_has_a_fixed_author_and_clock(make_repo: MakeRepo) -> None:
    folder = make_repo().folder
    git(folder, "commit", "--allow-empty", "--message", "empty")
    assert git(folder, "log", "--date=raw", "--format=%an %ae %ad %cn %cd") == (
        "Ada Example ada@example.org 1767225600 +0000 Ada Example 1767225600 +0000"
    )


def test_git_failing_fails_the_test(make_repo: MakeRepo) -> None:
    with pytest.raises(AssertionError, match="no-such"):
        git(make_repo().folder, "rev-parse", "--verify", "no-such")


def test_repositories_do_not_share_a_folder(make_repo: MakeRepo) -> None:
    assert make_repo().folder != make_repo().folder


@pytest.fixture
def checked_out(make_repo: MakeRepo) -> Path:
    repo = make_repo()
    repo.commit("main", {"a.py": "x = 1\n", "bin/run": Executable("#!/bin/sh\n")})
    repo.write("main")
    return repo.folder


def test_a_snapshot_is_the_same_as_long_as_nothing_is_written(checked_out: Path) -> None:
    before = snapshot(checked_out)
    git(checked_out, "log")
    assert snapshot(checked_out) == before
    seen = {str(Path(path).relative_to(checked_out)) for path in before}
    assert {".git/index", ".git/HEAD", "a.py", "bin"} <= seen


@pytest.mark.parametrize(
    "command",
    [
        "printf y > a.py",
        "chmod +x a.py",
        "touch new",
        "rm a.py",
        "ln -sf b a.py",
        "mkdir empty",
        "printf x > .git/objects/pack/tmp_pack",
        "git update-index --chmod=+x a.py",
        "git update-ref refs/heads/other HEAD",
    ],
)
def test_a_snapshot_tells_what_was_touched(checked_out: Path, command: str) -> None:
    before = snapshot(checked_out)
    assert os.system(f"cd {checked_out} && {command}") == 0
    assert snapshot(checked_out) != before


def test_a_snapshot_can_leave_out_a_folder(checked_out: Path) -> None:
    before = snapshot(checked_out, without=(".git/more",))
    (checked_out / ".git/more").mkdir()
    (checked_out / ".git/more/file").write_text("more")
    assert snapshot(checked_out, without=(".git/more",)) == before


def test_a_snapshot_leaves_out_the_store_and_nothing_beside_it(checked_out: Path) -> None:
    before = snapshot(checked_out)
    (checked_out / ".git/gate").mkdir()
    (checked_out / ".git/gate/facts.db").write_text("facts")
    assert snapshot(checked_out) == before
    (checked_out / ".git/gate/other").write_text("facts")
    assert snapshot(checked_out) != before
    (checked_out / "gate").mkdir()
    before = snapshot(checked_out)
    (checked_out / "gate/facts.db").write_text("facts")
    assert snapshot(checked_out) != before


def test_both_ways_to_run_it_say_the_same() -> None:
    outside, inside = run_gate("--help"), run_here("--help")
    assert outside.exit == 0
    assert outside == inside


def test_both_ways_to_run_it_give_the_exit_code(tmp_path: Path) -> None:
    outside, inside = run_gate("no-such-command", cwd=tmp_path), run_here("no-such-command", cwd=tmp_path)
    assert outside.exit == 2
    assert outside == inside
