"""Talking to git: the environment, the error wrapper, and long-lived processes."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.errors import EnvironmentFault, GitFailed
from gate.git import process
from gate.git.process import Conversation, decode, encode, records

if TYPE_CHECKING:
    from pathlib import Path


@given(st.binary())
def test_any_bytes_survive_as_text(raw: bytes) -> None:
    assert encode(decode(raw)) == raw


def test_records_are_what_nul_ends() -> None:
    assert list(records(b"a\nb\0\0\xff\0")) == ["a\nb", "", "\udcff"]
    assert list(records(b"")) == []


def test_the_environment_keeps_what_finds_things_and_drops_what_leads_astray(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = [
        "GIT_SSH_COMMAND",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_KEY_0",
        "GIT_CONFIG_VALUE_0",
    ]
    dropped = ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_TRACE", "GIT_NEW"]
    for name in (*kept, *dropped, "OTHER"):
        monkeypatch.setenv(name, "x")
    made = process.environment({"GIT_DIR": "ours"})
    assert {name: made.get(name) for name in (*kept, "OTHER")} == dict.fromkeys([*kept, "OTHER"], "x")
    assert {name: made.get(name) for name in dropped} == {**dict.fromkeys(dropped), "GIT_DIR": "ours"}
    assert (made["LC_ALL"], made["GIT_OPTIONAL_LOCKS"]) == ("C", "0")


def git(folder: Path, script: str) -> dict[str, str]:
    """The environment in which `git` is this shell script."""
    (folder / "git").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "git").chmod(0o755)
    return process.environment({"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"})


def found(monkeypatch: pytest.MonkeyPatch, env: dict[str, str]) -> dict[str, str]:
    """Programs are looked up in our own PATH, not in the one handed on."""
    monkeypatch.setenv("PATH", env["PATH"])
    return env


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo 'warning: x' >&2; echo 'fatal: first' >&2; echo 'fatal: second' >&2; exit 128", "first"),
        ("echo 'something' >&2; echo 'last words' >&2; exit 1", "last words"),
        ("exit 3", "exit code 3"),
        ("echo 'error: \\377' >&2; exit 1", "\udcff"),
    ],
)
def test_a_failure_says_what_git_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, said: str
) -> None:
    env = found(monkeypatch, git(tmp_path, script))
    with pytest.raises(GitFailed) as raised:
        process.run(["-c", "a=b", "--git-dir=x", "log", "--all"], env=env)
    assert raised.value.message == f"git log failed: {said}"
    assert raised.value.exit == 3


def test_an_allowed_code_is_no_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env = found(monkeypatch, git(tmp_path, "echo out; exit 1"))
    assert process.run(["x"], env=env, allowed=(0, 1)) == b"out\n"
    assert process.completed(["x"], env=env, allowed=(0, 1)).returncode == 1


def test_no_git_and_no_folder_are_told_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="there is no folder"):
        process.run(["version"], env=process.environment(), cwd=str(tmp_path / "no-such"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFault, match="git was not found"):
        process.run(["version"], env=process.environment())
    with pytest.raises(EnvironmentFault, match="git was not found"):
        Conversation(["version"], process.environment())


def test_a_conversation_takes_answers_in_any_pieces(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env = found(monkeypatch, git(tmp_path, "read -r line; printf 'a,bb,'; printf '12345%s;' \"$line\""))
    with Conversation(["x"], env) as talk:
        talk.say(b"6\n")
        assert talk.until(b",") == b"a"
        assert talk.until(b",") == b"bb"
        assert talk.exactly(3) == b"123"
        assert talk.exactly(0) == b""
        assert talk.exactly(2) == b"45"
        assert talk.until(b";") == b"6"


def test_a_conversation_that_ends_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env = found(monkeypatch, git(tmp_path, "read -r line; printf half; echo 'fatal: no more' >&2; exit 128"))
    with Conversation(["merge-tree"], env) as talk:
        talk.say(b"go\n")
        with pytest.raises(GitFailed, match="git merge-tree failed: no more"):
            talk.until(b"\n")
        with pytest.raises(GitFailed, match="git merge-tree failed: no more"):
            talk.say(b"again\n")
        assert talk.close() == 128


def test_complaints_never_fill_a_pipe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env = found(monkeypatch, git(tmp_path, "head -c 1000000 /dev/zero | tr '\\0' 'x' >&2; echo done"))
    with Conversation(["x"], env) as talk:
        assert talk.until(b"\n") == b"done"


def test_a_conversation_leaves_no_process_behind(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path / "r")], check=True)
    talk = Conversation(["cat-file", "--batch"], process.environment(), cwd=str(tmp_path / "r"))
    with talk:
        talk.say(b"HEAD\n")
        assert talk.until(b"\n") == b"HEAD missing"
    assert talk.close() == 0
