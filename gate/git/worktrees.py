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
    from collections.abc import Iterator

    from gate.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Worktree:
    """One open worktree. `ref` is the full name of its branch, "" when its HEAD is detached."""

    folder: str
    commit: str
    ref: str
    main: bool


def listed(repository: Repository) -> list[Worktree]:
    """The worktrees whose folder is there, the main one first; bare and pruned ones left out."""
    raw = repository.git("worktree", "list", "--porcelain", "-z")
    found = []
    for number, block in enumerate(_blocks(raw)):
        folder = block.get("worktree", "")
        if "bare" in block or "prunable" in block or "HEAD" not in block or not Path(folder).is_dir():
            continue
        if set(block["HEAD"]) == {"0"}:
            continue
        found.append(Worktree(folder, block["HEAD"], block.get("branch", ""), main=number == 0))
    return found


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
    if not _dirty(repository, worktree):
        return None
    env = process.environment(repository.quarantine.variables_on_disk)
    index = repository.quarantine.disk / "index"
    with writing(repository.quarantine.disk):
        _copy_index(worktree, index, env)
    try:
        env["GIT_INDEX_FILE"] = str(index)
        process.run(
            [*process.SAFE, "add", "--all", "--ignore-errors"], env=env, cwd=worktree.folder, allowed=(0, 1)
        )
        tree = decode(process.run([*process.SAFE, "write-tree"], env=env, cwd=worktree.folder)).strip()
    finally:
        index.unlink(missing_ok=True)
    return repository.quarantine.commit(tree, (worktree.commit,), "git-gate: uncommitted work")


def _dirty(repository: Repository, worktree: Worktree) -> bool:
    status = ("status", "--porcelain", "-z", "--untracked-files=normal", "--ignore-submodules=dirty")
    env = process.environment(repository.quarantine.variables)
    return bool(process.run([*process.SAFE, *status], env=env, cwd=worktree.folder))


def _copy_index(worktree: Worktree, copy: Path, env: dict[str, str]) -> None:
    asked = ["rev-parse", "--path-format=absolute", "--git-path", "index"]
    own = Path(decode(process.run(asked, env=env, cwd=worktree.folder)).removesuffix("\n"))
    if own.exists():
        shutil.copyfile(own, copy)
    else:
        process.run(
            ["read-tree", worktree.commit], env=env | {"GIT_INDEX_FILE": str(copy)}, cwd=worktree.folder
        )
