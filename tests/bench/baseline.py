"""What git alone takes to find every conflict: the merge of all pairs of landed states, in one process."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Baseline:
    """Seconds for all pairs, and the pairs that conflict."""

    seconds: float
    pairs: int
    conflicting: frozenset[tuple[str, str]]


class Git:
    """git in a repository, writing its objects to a folder of their own."""

    def __init__(self, folder: Path, store: Path) -> None:
        store.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._env = os.environ | {
            "GIT_OBJECT_DIRECTORY": str(store),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(folder / ".git" / "objects"),
            **{
                f"GIT_{role}_{what}": "bench"
                for role in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        }

    def __call__(self, *arguments: str, stdin: str = "") -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self._folder,
            env=self._env,
            input=stdin,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return done.stdout

    def landed(self, streams: Sequence[str]) -> dict[str, str]:
        """A commit of the state each stream makes of the target when it lands alone."""
        answers = merges(self.merge_all([("main", name) for name in streams]))
        return {
            name: self("commit-tree", tree, "-p", "main", "-p", name, "-m", "landed").strip()
            for name, (_, tree) in zip(streams, answers, strict=True)
        }

    def merge_all(self, pairs: Sequence[tuple[str, str]]) -> str:
        """One process for all merges."""
        return self(
            "merge-tree", "--write-tree", "--stdin", stdin="".join(f"{one} {other}\n" for one, other in pairs)
        )


def measure(folder: Path, store: Path, streams: Sequence[str]) -> Baseline:
    """Merge all pairs; only that is timed, neither the landed states nor the reading of the answer."""
    git = Git(folder, store)
    landed = git.landed(streams)
    pairs = list(combinations(streams, 2))
    asked = [(landed[one], landed[other]) for one, other in pairs]
    start = time.perf_counter()
    answer = git.merge_all(asked)
    seconds = time.perf_counter() - start
    found = (pair for pair, (clean, _) in zip(pairs, merges(answer), strict=True) if not clean)
    return Baseline(seconds, len(pairs), frozenset(found))


def merges(answer: str) -> Iterator[tuple[bool, str]]:
    """Each answer of `merge-tree --stdin`: whether it is clean, and the tree."""
    fields = iter(answer.split("\0"))
    for status in fields:
        if not status.strip():
            continue
        clean, tree = status == "1", next(fields)
        _skip_entries(fields)
        if not clean:
            _skip_messages(fields)
        yield clean, tree


def _skip_entries(fields: Iterator[str]) -> None:
    while next(fields):
        pass


def _skip_messages(fields: Iterator[str]) -> None:
    """Each is a number of paths, the paths, a kind and a text."""
    while count := next(fields):
        for _ in range(int(count) + 2):
            next(fields)
