"""Open worktrees: which branch each has checked out, and its uncommitted work as a commit in the quarantine."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gate.git import process
from gate.git.process import decode
from gate.git.quarantine import writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gate.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Worktree:
    """One open worktree. `ref` is the full name of its branch, "" when its HEAD is detached."""

    folder: str
    commit: str
    ref: str
    main: bool
    nested: tuple[str, ...] = ()
    """Other worktrees inside it, relative to its folder: git would take them for submodules."""


def open_worktrees(repository: Repository) -> list[Worktree]:
    """The worktrees whose folder is there, the main one first, then by folder; bare and pruned ones left out."""
    blocks = list(_blocks(repository.git("worktree", "list", "--porcelain", "-z")))
    folders = [block.get("worktree", "") for block in blocks]
    trees = [
        Worktree(
            folder=folder,
            commit=block["HEAD"],
            ref=block.get("branch", ""),
            main=number == 0,
            nested=tuple(
                nested.removeprefix(f"{folder}/") for nested in folders if nested.startswith(f"{folder}/")
            ),
        )
        for number, (folder, block) in enumerate(zip(folders, blocks, strict=True))
        if _is_open(block) and Path(folder).is_dir()
    ]
    return sorted(trees, key=lambda worktree: (not worktree.main, worktree.folder))


def _is_open(block: dict[str, str]) -> bool:
    """Return whether it has files of a commit: it is not bare, not pruned, and its branch is born."""
    return "bare" not in block and "prunable" not in block and bool(set(block.get("HEAD", "")) - {"0"})


def _blocks(raw: bytes) -> Iterator[dict[str, str]]:
    block: dict[str, str] = {}
    for record in process.records(raw):
        key, _, value = record.partition(" ")
        if not key:
            yield block
            block = {}
        else:
            block[key] = value


def uncommitted(repository: Repository, worktree: Worktree) -> str | None:
    """A commit of everything the worktree holds beyond its HEAD, untracked files included; None when it holds nothing.

    It is made with a copy of the worktree's index, so the index itself stays as it is, byte for byte.

    Raises:
        GitFailed: git cannot read the worktree.
    """
    env = process.environment(repository.quarantine.variables_on_disk)
    index = _index(worktree, env)
    if not index.exists() or not _dirty(worktree, env):  # without an index nothing was ever checked out
        return None
    copy = repository.quarantine.disk / "index"
    try:
        with writing(repository.quarantine.disk):
            # With its time: git looks into a file whose time is not before the index's, and trusts all others.
            shutil.copy2(index, copy)
        env["GIT_INDEX_FILE"] = str(copy)
        _git(worktree, env, "add", "--all", "--sparse", *_paths(worktree))
        tree = decode(_git(worktree, env, "write-tree")).strip()
    finally:
        copy.unlink(missing_ok=True)
    return repository.quarantine.commit(tree, (worktree.commit,), "git-gate: uncommitted work")


def _dirty(worktree: Worktree, env: Mapping[str, str]) -> bool:
    words = ("status", "--porcelain", "-z", "--untracked-files=normal", "--ignore-submodules=dirty")
    return bool(_git(worktree, env, *words, *_paths(worktree)))


def _paths(worktree: Worktree) -> list[str]:
    """Return pathspecs of everything except other worktrees."""
    if not worktree.nested:
        return []
    return ["--", ".", *(f":(exclude,top,literal){folder}" for folder in worktree.nested)]


def _index(worktree: Worktree, env: Mapping[str, str]) -> Path:
    words = ("rev-parse", "--path-format=absolute", "--git-path", "index")
    return Path(decode(_git(worktree, env, *words)).removesuffix("\n"))


def _git(worktree: Worktree, env: Mapping[str, str], *words: str) -> bytes:
    return process.run([*process.SAFE, *words], env=env, cwd=worktree.folder)
