"""A large repository with many streams, the same for the same sizes and seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.demo import repository_builder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES_PER_FOLDER = 50
LINES = 30

POLICY = """\
version = 1
branches = ["agent/*"]

[coordinators.COORD_ALL]
streams = ["agent/*"]

[[domains]]
name = "all"
paths = ["src/*"]
coordinator = "COORD_ALL"
"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """`files` on the target; `streams` that each change `changes` of them, one line a file."""

    files: int = 50_000
    streams: int = 200
    changes: int = 10
    seed: int = 1


def write(folder: Path, sizes: Sizes) -> tuple[str, ...]:
    """Write the repository and return the names of its streams. Some meet in a file, and some of these in a line."""
    chance = random.Random(sizes.seed)
    with repository_builder.repository(folder) as repo:
        target = {path(number): text(number) for number in range(sizes.files)}
        base = repo.commit("main", {**target, "gate.toml": POLICY}, message="Begin\n")
        names = tuple(f"agent/{number:03}" for number in range(sizes.streams))
        for name in names:
            repo.commit(name, dict(_changes(chance, sizes)), parents=[base], message=f"Work of {name}\n")
    return names


def path(number: int) -> str:
    """Where a file lies: folders of 50, twenty to a package."""
    folder = number // FILES_PER_FOLDER
    return f"src/package_{folder // 20:03}/part_{folder % 20:02}/module_{number:05}.py"


def text(number: int, line: int | None = None, word: str = "") -> str:
    """A file's text, with one line changed if `line` is given."""
    lines = [f"value_{at} = {number * LINES + at}" for at in range(LINES)]
    if line is not None:
        lines[line] += f"  # {word}"
    return "\n".join([*lines, ""])


def _changes(chance: random.Random, sizes: Sizes) -> Iterator[tuple[str, str]]:
    for number in chance.sample(range(sizes.files), sizes.changes):
        yield path(number), text(number, chance.randrange(LINES), f"{chance.random()}")
