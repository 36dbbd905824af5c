"""A quick look at a repository: where we are and what its branches are, in three git processes side by side.

For answers that must not keep anybody waiting. It opens no quarantine, so nothing can be merged from it.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gate.errors import EnvironmentFault
from gate.git import process

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WHERE = ("rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir", "--show-toplevel")
_REFS = (
    "for-each-ref",
    "--format=%(HEAD)%(refname)%00%(objectname)%00%(symref)",
    "refs/heads/",
    "refs/remotes/",
)
_CONFIG = ("config", "-z", "--get-regexp", r"^gate\.")


@dataclass(frozen=True, slots=True)
class Glance:
    """A worktree. `head` is the full ref of its branch, "" when there is none; `refs` all branches, as git lists them.

    `config` is all of `gate.*`, keys in lower case; a key without a value is "true".
    """

    top: str
    git_dir: str
    common_dir: str
    head: str
    refs: bytes
    config: dict[str, str]


def glance(folder: str) -> Glance:
    """Look at the worktree `folder` is in.

    Raises:
        EnvironmentFault: it is in none.
    """
    env = process.environment()
    try:
        asked = [_start(folder, env, words) for words in (_WHERE, _REFS, _CONFIG)]
    except OSError as error:
        raise process.no_git(error) if isinstance(error, FileNotFoundError) else _nowhere(folder) from error
    where, refs, config = (git.communicate()[0] for git in asked)
    places = process.decode(where).split("\n")[:-1]
    if asked[0].returncode or len(places) != 3:
        raise _nowhere(folder)
    lines = refs.split(b"\n")[:-1]
    head = next((line[1:].partition(b"\0")[0] for line in lines if line.startswith(b"*")), b"")
    git_dir, common_dir, top = places
    listing = b"\n".join(line[1:] for line in lines)
    return Glance(top, git_dir, common_dir, process.decode(head), listing, dict(_pairs(config)))


def editing(found: Glance, path: str) -> list[tuple[str, str]]:
    """The other open worktrees in which a path holds uncommitted work: the branch (or folder) and the folder.

    git is asked only where the file was written after the worktree was made.
    """
    env = process.environment()
    asked = []
    for top, git_dir, made in _worktrees(found.common_dir):
        if Path(git_dir) != Path(found.git_dir) and _written(Path(top, path)) > made + 1:
            words = ("diff", "--quiet", "--no-ext-diff", "HEAD", "--", f":(literal,top){path}")
            asked.append((top, git_dir, _start(top, env, words)))
    return [
        (_head(git_dir) or top, top)
        for top, git_dir, git in asked
        if (git.communicate(), git.returncode)[1] == 1
    ]


def _start(folder: str, env: Mapping[str, str], words: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["git", *process.SAFE, *words],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _nowhere(folder: str) -> EnvironmentFault:
    return EnvironmentFault(f"{folder} is in no worktree of a git repository", "run it inside one")


def _pairs(raw: bytes) -> Iterator[tuple[str, str]]:
    for record in process.records(raw):
        key, found, value = record.partition("\n")
        yield key, value if found else "true"


def _worktrees(common_dir: str) -> Iterator[tuple[str, str, float]]:
    """Each worktree's folder, its git directory, and when it was made (gitrepository-layout(5))."""
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
