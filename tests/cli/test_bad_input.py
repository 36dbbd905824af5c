"""What a repository, a machine or a name can have wrong with it: one error, one hint, the right exit code."""

from __future__ import annotations

import json
import os
import resource
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli.small import FREE, ONE, complaint
from support import MakeRepo, Result, git, run_gate, run_here, snapshot

import gate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHECKOUT = Path(gate.__file__).parents[1]
_NEEDS_A_REPOSITORY = (
    *(["check"], ["report"], ["order"], ["pair", "a", "b"], ["owners", "x"], ["owners", "--lint"]),
    ["init"],
)


@pytest.mark.parametrize("arguments", _NEEDS_A_REPOSITORY)
def test_not_a_repository(tmp_path: Path, arguments: list[str]) -> None:
    said, way_out = complaint(run_here(*arguments, cwd=tmp_path))
    assert said == f"{tmp_path} is not in a git repository"
    assert "-C DIR" in way_out


@pytest.mark.parametrize("arguments", [["check"], ["order"], ["owners", "x"], ["owners", "--lint"]])
def test_an_empty_repository(make_repo: MakeRepo, arguments: list[str]) -> None:
    said, way_out = complaint(run_here(*arguments, cwd=make_repo().folder))
    assert "no commits" in said
    assert "first commit" in way_out


def test_a_target_that_is_missing(repo: Path) -> None:
    said, way_out = complaint(run_here("check", "--target", "mian", cwd=repo))
    assert (said, way_out) == ("there is no branch or commit named mian", "did you mean main?")


def test_a_target_that_cannot_be_told(make_repo: MakeRepo) -> None:
    made = make_repo(branch="odd")
    made.commit("odd", {"a": "1\n"})
    made.commit("even", {"a": "2\n"})
    made.write("odd")
    said, way_out = complaint(run_here("check", cwd=made.folder))
    assert said == "cannot tell which branch is merged into"
    assert "--target REF" in way_out
    git(made.folder, "config", "gate.target", "odd")
    assert run_here("check", cwd=made.folder).exit != 2


@pytest.mark.parametrize(
    "arguments", [["check"], ["report"], ["order"], ["pair", FREE], ["owners", "--branch"]]
)
def test_a_branch_that_is_missing(repo: Path, arguments: list[str]) -> None:
    said, way_out = complaint(run_here(*arguments, "agent/engine/onne", cwd=repo))
    assert said == "there is no branch or commit named agent/engine/onne"
    assert way_out == f"did you mean {ONE}?"


def test_a_branch_that_is_ambiguous(repo: Path) -> None:
    git(repo, "remote", "add", "here", ".")
    git(repo, "remote", "add", "there", ".")
    for remote in ("here", "there"):
        git(repo, "update-ref", f"refs/remotes/{remote}/twice", ONE)
    said, way_out = complaint(run_here("check", "twice", cwd=repo))
    assert said == "twice is ambiguous: refs/remotes/here/twice, refs/remotes/there/twice"
    assert "refs/remotes/here/twice" in way_out


@pytest.mark.parametrize("name", ["-x", "--help", "-C", "--target=main", "-"])
def test_a_branch_whose_name_looks_like_an_option(repo: Path, name: str) -> None:
    git(repo, "update-ref", f"refs/heads/{name}", FREE)
    for asked in (["--", name], [f"refs/heads/{name}"]):
        result = run_here("check", "-f", "json", *asked, cwd=repo)
        assert (result.exit, result.err) == (0, "")
        (stream,) = json.loads(result.out)["streams"]
        assert (stream["name"], stream["ref"]) == (asked[-1], f"refs/heads/{name}")
    assert run_here("pair", "--", name, ONE, cwd=repo).exit == 0
    assert run_here("owners", f"--branch={name}", cwd=repo).exit == 0


def test_such_a_branch_among_all(without_policy: Path) -> None:
    git(without_policy, "update-ref", "refs/heads/--upload-pack=touch$IFS$PWD/pwned", "feature")
    result = run_here("check", "-f", "json", cwd=without_policy)
    names = [stream["name"] for stream in json.loads(result.out)["streams"]]
    assert names == ["--upload-pack=touch$IFS$PWD/pwned", "feature"]
    assert not (without_policy / "pwned").exists()


@pytest.mark.parametrize("name", ["", "a\nb", "a..b", "@{nonsense", ":/", "agent/*", "x" * 5000, "\x1b[31m"])
def test_a_word_that_is_no_branch(repo: Path, name: str) -> None:
    said, _ = complaint(run_here("check", "--", name, cwd=repo))
    assert len(said) <= 500
    assert said.isprintable()


def test_a_bare_repository(repo: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "-q", "--bare", str(repo), str(bare))
    before = snapshot(bare)
    here, there = run_here("check", "-f", "json", cwd=repo), run_here("check", "-f", "json", cwd=bare)
    assert json.loads(there.out)["findings"] == json.loads(here.out)["findings"]
    assert run_here("owners", "engine/a.py", cwd=bare).out.startswith("engine/a.py: ENGINE\n")
    assert run_here("doctor", cwd=bare).exit == 0
    assert snapshot(bare) == before


def test_a_detached_head(repo: Path) -> None:
    git(repo, "checkout", "-q", "--detach", ONE)
    result = run_here("check", "-f", "json", ONE, "HEAD~1", cwd=repo)
    assert result.err == ""
    assert [one["name"] for one in json.loads(result.out)["streams"]] == ["HEAD~1", ONE]


def test_a_policy_with_mistakes_on_the_target(make_repo: MakeRepo) -> None:
    made = make_repo()
    text = 'mode = "strict"\nbranchs = []\n[[domains]]\npaths = []\ncoordinator = "X"\n'
    made.commit("main", {"gate.toml": text})
    made.write("main")
    for arguments in (["check"], ["owners", "x"], ["owners", "--lint"], ["order"]):
        result = run_here(*arguments, cwd=made.folder)
        *mistakes, error, hint = result.err.splitlines()
        assert (result.exit, result.out) == (2, "")
        assert [line.split()[0] for line in mistakes] == [
            "gate.toml:1:",
            "gate.toml:2:",
            "gate.toml:4:",
            "gate.toml:5:",
        ]
        assert error == "error: gate.toml has 4 mistakes"
        assert hint.startswith("hint: `git gate owners --lint --config FILE`")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.toml", None, "cannot read missing.toml: No such file or directory"),
        ("bytes.toml", b"\xff", "bytes.toml has 1 mistake"),
        (".", None, "cannot read .: Is a directory"),
    ],
)
def test_a_policy_file_that_cannot_be_read(repo: Path, name: str, content: bytes | None, says: str) -> None:
    if content is not None:
        (repo / name).write_bytes(content)
    result = run_here("check", "--config", name, cwd=repo)
    assert result.exit == 2
    assert f"error: {says}" in result.err.splitlines()


# The machine


def test_no_git(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said, way_out = complaint(run_gate("check", cwd=repo, env={"PATH": str(tmp_path / "empty")}))
    assert said == "git was not found"
    assert way_out.startswith("install git 2.")


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("git version 2.30.0", "git 2.30.0 is too old"),
        ("git version 1.9", "git 1.9 is too old"),
        ("not git at all", "git not git at all is too old"),
    ],
)
def test_git_is_too_old(repo: Path, stand_in: Callable[[str], None], version: str, says: str) -> None:
    stand_in(f"echo '{version}'")
    said, way_out = complaint(run_here("check", cwd=repo))
    assert said.startswith(says)
    assert way_out.startswith("install a newer git")


def test_git_fails(repo: Path, stand_in: Callable[[str], None]) -> None:
    stand_in(
        'case " $* " in *" for-each-ref "*) echo "fatal: no luck" >&2; exit 128 ;; esac\nexec "$REAL_GIT" "$@"'
    )
    said, way_out = complaint(run_here("check", cwd=repo), exit=3)
    assert said == "git for-each-ref failed: no luck"
    assert "git fsck" in way_out


_NO_TMPDIR = ("no folder for temporary files can be written", "set TMPDIR to a folder with room")


def test_tmpdir_is_missing(repo: Path) -> None:
    """Python then takes another place, so there has to be none: not /tmp, not the current folder."""
    script = (
        "import tempfile; tempfile._candidate_tempdir_list = lambda: ['/nowhere'];"
        "import sys; sys.argv = ['git-gate', 'check'];"
        "from gate.cli.main import main; main()"
    )
    env = os.environ | {"PYTHONPATH": str(_CHECKOUT)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=repo, env=env, capture_output=True, text=True, check=False
    )
    assert complaint(Result(done.returncode, done.stdout, done.stderr)) == _NO_TMPDIR


@pytest.mark.parametrize("room", [0, 64])
def test_a_full_disk_in_the_quarantine(repo: Path, tmp_path: Path, room: int) -> None:
    before = snapshot(repo)

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    command = [sys.executable, "-B", "-m", "gate", "check", "--no-worktrees"]
    env = os.environ | {"PYTHONPATH": str(_CHECKOUT)}
    done = subprocess.run(
        command, cwd=repo, env=env, capture_output=True, text=True, check=False, preexec_fn=no_room
    )
    said = complaint(Result(done.returncode, done.stdout, done.stderr))
    full = (f"no room is left for the quarantine in {tmp_path / 'tmp'}", "set TMPDIR to a folder with room")
    assert said == (full if room else _NO_TMPDIR)
    assert snapshot(repo) == before
    assert not list((tmp_path / "tmp").iterdir())


@pytest.fixture
def read_only(repo: Path) -> Iterator[list[str]]:
    """How to begin a command line for which the repository is read-only: root needs a mount of its own for that."""
    if os.getuid() == 0:
        mount = (
            f'mount --bind "{repo}" "{repo}" && mount -o remount,ro,bind "{repo}" && cd "{repo}" && exec "$@"'
        )
        begin = ["unshare", "--mount", "sh", "-c", mount, "sh"]
        if (
            not shutil.which("unshare")
            or subprocess.run([*begin, "true"], capture_output=True, check=False).returncode
        ):
            pytest.skip("root writes everywhere, and may not mount anything here")
        yield begin
        return
    modes = {path: path.stat().st_mode for path in (repo, *repo.rglob("*"))}
    for path, mode in modes.items():
        path.chmod(mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    yield []
    for path, mode in modes.items():
        path.chmod(mode)


def test_a_read_only_repository(repo: Path, read_only: list[str]) -> None:
    expected = run_here("check", "-f", "json", cwd=repo)
    for words in (["check", "-f", "json"], ["init", "--force"]):
        command = [*read_only, sys.executable, "-m", "gate", *words]
        env = os.environ | {"PYTHONPATH": str(_CHECKOUT)}
        done = subprocess.run(command, cwd=repo, env=env, capture_output=True, text=True, check=False)
        result = Result(done.returncode, done.stdout, done.stderr)
        if words[0] == "check":
            assert result == expected
        else:
            said, _ = complaint(result)
            assert said.startswith("cannot write gate.toml: ")
