"""Two branches that left one commit, from literals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gate.git.merges import Merger
from gate.git.repository import Repository

if TYPE_CHECKING:
    from gate.demo.repository_builder import Content, RepositoryBuilder
    from gate.model.git import Merge

Open = Callable[[Path], Repository]
"""The fixture `opened`: opens the repository in a folder for the time of the test."""


@dataclass(frozen=True)
class Side:
    """What one branch does to the common commit: renames, then files."""

    files: dict[str, Content] = field(default_factory=dict)
    renames: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fork:
    """The commits of the branches `ours` and `theirs`, and the one they left (`main`, checked out)."""

    folder: Path
    base: str
    ours: str
    theirs: str


def fork(repo: RepositoryBuilder, base: dict[str, Content], ours: Side, theirs: Side) -> Fork:
    """Build it."""
    start = repo.commit("main", base)
    one, other = (
        repo.commit(name, side.files, renames=side.renames, parents=[start])
        for name, side in (("ours", ours), ("theirs", theirs))
    )
    repo.write("main")
    return Fork(repo.folder, start, one, other)


def merge(repository: Repository, made: Fork) -> Merge:
    """The gate's merge of its branches."""
    with Merger(repository) as merger:
        return merger.merge(made.ours, made.theirs)
