"""A run that is stopped in the middle, that nobody reads, or beside another one: nothing is left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import run_gate, snapshot

import gate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Says that it has come that far, and goes on only when told.
_BLOCKS = """\
case " $* " in
*" {word} "*) echo here > {ready}; read go < {going} ;;
esac
exec "$REAL_GIT" "$@"
"""


@pytest.fixture
def pipes(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """Two named pipes: what the stand-in writes when it is reached, and what it waits for."""
    ready, going = tmp_path / "ready", tmp_path / "going"
    os.mkfifo(ready)
    os.mkfifo(going)
    yield ready, going
    # Stopped while it was being started, a stand-in may be waiting still.
    with contextlib.suppress(OSError):
        handle = os.open(going, os.O_WRONLY | os.O_NONBLOCK)
        os.write(handle, b"go\n")
        os.close(handle)


def _heed() -> None:
    """Take the signals that this run of the tests was perhaps told to ignore (`nohup`, a job in the background)."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def _start(folder: Path, *arguments: str, before: Callable[[], None] = _heed) -> subprocess.Popen[str]:
    env = os.environ | {"PYTHONPATH": str(Path(gate.__file__).parents[1])}
    command = [sys.executable, "-m", "gate", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, cwd=folder, env=env, stdout=pipe, stderr=pipe, text=True, preexec_fn=before
    )


@pytest.mark.parametrize("word", ["for-each-ref", "log", "diff-tree", "status", "merge-tree", "cat-file"])
@pytest.mark.parametrize(
    ("number", "code", "says"),
    [
        (signal.SIGINT, 130, "error: interrupted\n"),
        (signal.SIGTERM, 143, "error: ended by SIGTERM\n"),
        (signal.SIGHUP, 129, "error: ended by SIGHUP\n"),
    ],
)
def test_stopped_in_the_middle(
    repo: Path,
    tmp_path: Path,
    stand_in: Callable[[str], None],
    pipes: tuple[Path, Path],
    word: str,
    number: signal.Signals,
    code: int,
    says: str,
) -> None:
    ready, going = pipes
    worktree = tmp_path / "open"
    subprocess.run(["git", "worktree", "add", "-q", worktree, "agent/ops/free"], cwd=repo, check=True)
    before = snapshot(repo, worktree)
    stand_in(_BLOCKS.format(word=word, ready=ready, going=going))
    run = _start(repo, "check")
    assert ready.read_text() == "here\n"
    assert list((tmp_path / "tmp").glob("git-gate-*")), "the quarantine is open"
    run.send_signal(number)
    out, err = run.communicate()
    assert (run.returncode, out, err) == (code, "", says)
    assert not list((tmp_path / "tmp").iterdir())
    assert snapshot(repo, worktree) == before


def test_ctrl_c_twice(
    repo: Path, tmp_path: Path, stand_in: Callable[[str], None], pipes: tuple[Path, Path]
) -> None:
    ready, going = pipes
    stand_in(_BLOCKS.format(word="for-each-ref", ready=ready, going=going))
    run = _start(repo, "check")
    ready.read_text()
    run.send_signal(signal.SIGINT)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate()
    assert (run.returncode, out, err) == (130, "", "error: interrupted\n")
    assert not list((tmp_path / "tmp").iterdir())


def test_a_signal_to_ignore_stays_ignored(
    repo: Path, stand_in: Callable[[str], None], pipes: tuple[Path, Path]
) -> None:
    ready, going = pipes
    stand_in(_BLOCKS.format(word="for-each-ref", ready=ready, going=going))

    def nohup() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    run = _start(repo, "check", before=nohup)
    ready.read_text()
    run.send_signal(signal.SIGHUP)
    going.write_text("go\n")
    _, err = run.communicate()
    assert (run.returncode, err) == (1, "")


def test_two_runs_at_once(
    repo: Path, tmp_path: Path, stand_in: Callable[[str], None], pipes: tuple[Path, Path]
) -> None:
    command = ("check", "--no-cache", "-f", "json")
    alone = run_gate(*command, cwd=repo)
    ready, going = pipes
    path = os.environ["PATH"]
    stand_in(_BLOCKS.format(word="log", ready=ready, going=going))
    slow = _start(repo, *command)
    ready.read_text()
    assert run_gate(*command, cwd=repo, env={"PATH": path}) == alone
    going.write_text("go\n")
    out, err = slow.communicate()
    assert (slow.returncode, out, err) == (alone.exit, alone.out, alone.err)
    assert not list((tmp_path / "tmp").iterdir())


@pytest.mark.parametrize("arguments", [["check"], ["check", "-v"], ["check", "-f", "json"]])
def test_a_reader_that_has_gone_does_not_change_the_verdict(repo: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    env = os.environ | {"PYTHONPATH": str(Path(gate.__file__).parents[1])}
    command = [sys.executable, "-m", "gate", *arguments]
    done = subprocess.run(command, cwd=repo, env=env, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_help_into_a_closed_pipe() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    env = os.environ | {"PYTHONPATH": str(Path(gate.__file__).parents[1])}
    command = [sys.executable, "-m", "gate", "--help"]
    done = subprocess.run(command, env=env, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_standard_output_that_is_full(repo: Path) -> None:
    env = os.environ | {"PYTHONPATH": str(Path(gate.__file__).parents[1])}
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "gate", "check"]
        done = subprocess.run(command, cwd=repo, env=env, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr == b"error: cannot write standard output: No space left on device\n"


def test_standard_output_that_is_closed(repo: Path) -> None:
    env = os.environ | {"PYTHONPATH": str(Path(gate.__file__).parents[1])}
    script = f'exec "{sys.executable}" -m gate check >&-'
    done = subprocess.run(["sh", "-c", script], cwd=repo, env=env, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr == b"error: standard output is closed\n"
