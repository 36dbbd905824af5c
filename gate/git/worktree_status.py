"""The state of a worktree for answers that must be quick: its place, branches and settings, by three git processes.

They run side by side. No quarantine is opened, so nothing can be merged from it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gate.errors import EnvironmentFault
from gate.git import process

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHERE = ("rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir", "--show-toplevel")
_REFS = (
    "for-each-ref",
    "--format=%(HEAD)%(refname)%00%(objectname)%00%(symref)",
    "refs/heads/",
    "refs/remotes/",
)
_CONFIG = ("config", "-z", "--get-regexp", r"^gate\.")


@dataclass(frozen=True, slots=True)
class WorktreeStatus:
    """A worktree. `head` is the full ref of its branch, "" when there is none; `refs` all branches, as git lists them.

    `config` is all of `gate.*`, keys in lower case; a key without a value is "true".
    """

    top: str
    git_dir: str
    common_dir: str
    head: str
    refs: bytes
    config: dict[str, str]


def worktree_status(folder: str) -> WorktreeStatus:
    """Return the state of the worktree that `folder` is in.

    Raises:
        EnvironmentFault: the folder is in no worktree.
    """
    env = process.environment()
    try:
        processes = [process.start(folder, env, words) for words in (_WHERE, _REFS, _CONFIG)]
    except OSError as error:
        raise process.no_git(error) if isinstance(error, FileNotFoundError) else _nowhere(folder) from error
    where, refs, config = (git.communicate()[0] for git in processes)
    places = process.decode(where).split("\n")[:-1]
    if processes[0].returncode or len(places) != 3:
        raise _nowhere(folder)
    lines = refs.split(b"\n")[:-1]
    head = next((line[1:].partition(b"\0")[0] for line in lines if line.startswith(b"*")), b"")
    git_dir, common_dir, top = places
    listing = b"\n".join(line[1:] for line in lines)
    return WorktreeStatus(top, git_dir, common_dir, process.decode(head), listing, dict(_pairs(config)))


def editing(status: WorktreeStatus, path: str) -> list[tuple[str, str]]:
    """Return the other open worktrees in which a path holds uncommitted work: branch (or folder), and folder.

    git is asked only where the file was written after the worktree was made.
    """
    env = process.environment()
    pending = []
    for top, git_dir, created in _worktrees(status.common_dir):
        if Path(git_dir) != Path(status.git_dir) and _written(Path(top, path)) > created + 1:
            words = ("diff", "--quiet", "--no-ext-diff", "HEAD", "--", f":(literal,top){path}")
            pending.append((top, git_dir, process.start(top, env, words)))
    return [
        (_head(git_dir) or top, top)
        for top, git_dir, git in pending
        if (git.communicate(), git.returncode)[1] == 1
    ]


def _nowhere(folder: str) -> EnvironmentFault:
    return EnvironmentFault(f"{folder} is in no worktree of a git repository", "run it inside one")


def _pairs(raw: bytes) -> Iterator[tuple[str, str]]:
    for record in process.records(raw):
        key, separator, value = record.partition("\n")
        yield key, value if separator else "true"


def _worktrees(common_dir: str) -> Iterator[tuple[str, str, float]]:
    """Yield each worktree's folder, its git directory, and when it was made (gitrepository-layout(5))."""
    if Path(common_dir).name == ".git":
        yield str(Path(common_dir).parent), common_dir, 0.0
    for entry in sorted(Path(common_dir, "worktrees").glob("*/gitdir")):
        try:
            top = Path(os.fsdecode(entry.read_bytes()).strip()).parent
        except OSError:
            continue
        yield str(top), str(entry.parent), _written(entry.parent / "commondir")


def _written(file: Path) -> float:
    try:
        return file.lstat().st_mtime
    except (OSError, ValueError):
        return 0.0


def _head(git_dir: str) -> str:
    """The branch a git directory's HEAD names, by its short name."""
    try:
        text = Path(git_dir, "HEAD").read_text("utf-8", "surrogateescape").strip()
    except OSError:
        return ""
    return text.removeprefix("ref: refs/heads/") if text.startswith("ref: refs/heads/") else ""
