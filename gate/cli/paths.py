"""Paths as people type them, as paths of the repository."""

from __future__ import annotations

import os
from pathlib import PurePath

from gate.errors import UsageError


def repository_path(typed: str, worktree: str | None) -> str:
    """A path, taken from the current folder, relative to the root of the repository. It need not exist.

    Outside a worktree (a bare repository, its git directory) it is taken from the root. A symbolic link within the
    repository is a path of its own and is not followed.

    Raises:
        UsageError: it lies outside the repository, or is its root.
    """
    here = PurePath(os.getcwd())  # noqa: PTH109 (git's worktree is a physical path, and so must this be)
    root = PurePath(worktree) if worktree else here
    inside = here if here.is_relative_to(root) else root
    place = _within(inside / typed, root) or _within(
        PurePath(os.path.realpath((inside / typed).parent), (inside / typed).name), root
    )
    if place is None:
        raise UsageError(f"{typed} is outside the repository", f"name a path in {root}")
    if place == PurePath():
        raise UsageError(
            f"{typed or 'an empty path'} is no file of the repository", "name files or folders in it"
        )
    return str(place)


def _within(path: PurePath, root: PurePath) -> PurePath | None:
    """The path below the root, with its `..` taken literally; None when it is not below it."""
    plain = PurePath(os.path.normpath(path))
    return plain.relative_to(root) if plain.is_relative_to(root) else None
