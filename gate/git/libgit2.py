"""Small questions answered in process by libgit2: the one module that imports pygit2, and only when it is asked.

libgit2 cannot open every repository (reftable, sha256, partial clones); whoever asks has git to fall back on.
"""

from __future__ import annotations

from typing import NamedTuple


class Hunk(NamedTuple):
    """A changed range: first line and number of lines on both sides.

    Lines count from 1; an empty range has the line before it.
    """

    old_start: int
    old_lines: int
    new_start: int
    new_lines: int


class CannotOpen(Exception):
    """libgit2 cannot open this repository, or lacks an object of it."""


def merge_base(git_dir: str, left: str, right: str) -> str | None:
    """Return the best common ancestor of two commits; None where they share no history.

    Raises:
        CannotOpen: libgit2 cannot tell.
    """
    import pygit2

    try:
        base = pygit2.Repository(git_dir).merge_base(left, right)
    except (pygit2.GitError, KeyError, ValueError) as error:
        raise CannotOpen(str(error)) from error
    return str(base) if base is not None else None


def hunks(old: bytes, new: bytes) -> list[Hunk]:
    """Return the hunks between two contents, without lines of context."""
    import pygit2

    patch = pygit2.Patch.create_from(old, new, context_lines=0, interhunk_lines=0)
    return [Hunk(hunk.old_start, hunk.old_lines, hunk.new_start, hunk.new_lines) for hunk in patch.hunks]


def require_open(git_dir: str) -> None:
    """Return when libgit2 can open the repository.

    Raises:
        CannotOpen: it cannot.
    """
    import pygit2

    try:
        pygit2.Repository(git_dir)
    except (pygit2.GitError, KeyError, ValueError, OSError) as error:
        raise CannotOpen(str(error)) from error


def version() -> str:
    """Return the version of libgit2.

    Raises:
        ImportError: pygit2 cannot be loaded.
    """
    import pygit2

    return pygit2.LIBGIT2_VERSION
