"""The time of the last fetch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.git.repository import Repository


def newest(repository: Repository, remotes: Iterable[str]) -> float:
    """Return when the remote-tracking branches were last fetched, in seconds since 1970; 0 for never.

    Every fetch writes `FETCH_HEAD`, in the worktree's own folder; a clone writes only the remote's `HEAD`.
    """
    files = [Path(folder, "FETCH_HEAD") for folder in (repository.git_dir, repository.common_dir)]
    files += [Path(repository.common_dir, "refs", "remotes", remote, "HEAD") for remote in remotes]
    return max(map(_changed, files))


def _changed(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0
