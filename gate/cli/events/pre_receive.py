"""`pre-receive`, on a server: the branches of a push, before any of their refs moves.

git writes a line a ref to standard input, `OLD-OID NEW-OID REF`. What was pushed lies in a quarantine of git's own,
which its variables point to (git-receive-pack(1)); nothing is taken from the server's worktree, as it has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.cli.events.judging import judge, removed_branches
from gate.cli.events.pre_push import lines

if TYPE_CHECKING:
    from gate.errors import Exit

WAY_OUT = "whoever runs the server can set `git config gate.hook false` there"


def run(words: tuple[str, ...]) -> Exit:  # noqa: ARG001 (git passes none)
    """Judge what is received."""
    updates = lines(3, 2, 1)
    return judge(updates, WAY_OUT, removed_branches(updates))
