"""The program, timed as users run it: from the start of its process to the end."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PASSED_OR_BLOCKED = (0, 1)
_NAMES = "G21,G220,G223,G402"
_MIGRATIONS = "G24,G301"
NO_NAMES = ("--ignore", f"{_NAMES},{_MIGRATIONS}")
"""Git merges texts: what is compared with it must do no more, and read no file for names or migrations."""


def check(folder: Path) -> tuple[float, frozenset[tuple[str, str]]]:
    """Seconds of `check -f json` with nothing remembered and no names asked for, and the pairs whose files collide."""
    shutil.rmtree(folder / ".git" / "gate", ignore_errors=True)
    seconds, out = timed([sys.executable, "-m", "gate", "check", "-f", "json", *NO_NAMES], folder)
    findings = json.loads(out)["findings"]
    pairs = (sorted(finding["branches"]) for finding in findings if finding["code"] == "G201")
    return seconds, frozenset((one, other) for one, other in pairs)


@dataclass(frozen=True, slots=True)
class Names:
    """Seconds of a whole `check`: without names, with them and nothing remembered, once one stream has moved on after
    that, and the very same again.
    """

    without: float
    cold: float
    moved: float
    again: float


def names(folder: Path) -> Names:
    """What reading source files adds to a check."""
    command = [sys.executable, "-m", "gate", "check", "-f", "json"]
    shutil.rmtree(folder / ".git" / "gate", ignore_errors=True)
    without = timed([*command, *NO_NAMES, "--no-cache"], folder)[0]
    cold = timed(command, folder)[0]
    _move_on(folder)
    moved, again = (timed(command, folder)[0] for _ in range(2))
    return Names(without, cold, moved, again)


@dataclass(frozen=True, slots=True)
class Migrations:
    """Seconds of a whole `check`: without migrations, with them and nothing remembered, after one stream moved on."""

    without: float
    cold: float
    warm: float


def migrations(folder: Path) -> Migrations:
    """What comparing migrations adds to a check."""
    command = [sys.executable, "-m", "gate", "check", "-f", "json", "--ignore", _NAMES]
    shutil.rmtree(folder / ".git" / "gate", ignore_errors=True)
    without = timed([*command, "--ignore", _MIGRATIONS, "--no-cache"], folder)[0]
    cold = timed(command, folder)[0]
    _move_on(folder)
    return Migrations(without, cold, timed(command, folder)[0])


def _move_on(folder: Path) -> None:
    """Let one stream have one more commit, which changes nothing."""
    ref = _git(folder, "for-each-ref", "--count=1", "--format=%(refname)", "refs/heads/agent")
    identity = ("-c", "user.name=bench", "-c", "user.email=bench@example.org")
    commit = _git(folder, *identity, "commit-tree", "-p", ref, "-m", "Go on", f"{ref}^{{tree}}")
    _git(folder, "update-ref", ref, commit)


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=True, text=True)
    return done.stdout.strip()


def hooks(folder: Path, runs: int) -> tuple[float, float]:
    """Median seconds of a `pre-push` of one branch, and of an agent's question before an edit, both warm."""
    ref = "refs/heads/agent/000"
    oid = timed(["git", "rev-parse", ref], folder)[1].decode().strip()
    changed = timed(["git", "diff", "--name-only", "main", "agent/001"], folder)[1].decode().split()[0]
    asked = {"cwd": str(folder), "tool_name": "Edit"}
    given = {"tool_input": {"file_path": str(folder / changed), "old_string": "value_1 "}}
    runner = [sys.executable, "-P", "-m", "gate"]
    questions = (
        ([*runner, "hook", "pre-push", "origin", "url"], f"{ref} {oid} {ref} {'0' * len(oid)}\n"),
        ([*runner, "agent-hook", "--agent", "claude"], json.dumps(asked | given)),
    )
    medians = []
    for command, said in questions:
        timed(command, folder, said.encode())
        medians.append(statistics.median(timed(command, folder, said.encode())[0] for _ in range(runs)))
    return medians[0], medians[1]


def start_up(runs: int, folder: Path) -> tuple[float, float]:
    """Median seconds of `--help`, and of an interpreter that does nothing."""
    commands = ([sys.executable, "-m", "gate", "--help"], [sys.executable, "-c", "pass"])
    times: list[list[float]] = [[], []]
    for _ in range(runs):
        for measured, command in zip(times, commands, strict=True):
            measured.append(timed(command, folder)[0])
    return statistics.median(times[0]), statistics.median(times[1])


def timed(command: Sequence[str], folder: Path, stdin: bytes = b"") -> tuple[float, bytes]:
    """Seconds a command takes, and what it says.

    Raises:
        RuntimeError: it ended with a code that is no verdict.
    """
    # As installed: a program that is translated anew each time is nobody's.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=env, input=stdin, capture_output=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in PASSED_OR_BLOCKED:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()}")
    return seconds, done.stdout
