"""`pre-push`: the branches of a push, as they will be on the remote.

git writes a line a ref to standard input, `LOCAL-REF LOCAL-OID REMOTE-REF REMOTE-OID`, with zeros for a deletion or a
new branch (githooks(5)). pre-commit reads that itself and hands on one ref in `PRE_COMMIT_*` variables
(pre-commit.com, "pre-push"); without `PRE_COMMIT_TO_REF` (a first push of a whole history) the local branch tells.
"""

from __future__ import annotations

import os
import sys

from gate.cli.events.judging import judge, removed_branches
from gate.cli.writing import note
from gate.errors import Exit, UsageError
from gate.git import refs

WAY_OUT = "git push --no-verify, or GATE_SKIP=1"
_LARGEST = 16 << 20


def run(words: tuple[str, ...]) -> Exit:
    """Judge what is pushed; `words` are the remote's name, or its URL, and its URL."""
    updates = lines(4, 2, 1) or _from_pre_commit()
    remote = f"{refs.REMOTES}{words[0]}/" if words else refs.REMOTES
    return judge(updates, WAY_OUT, [ref.replace(refs.HEADS, remote, 1) for ref in removed_branches(updates)])


def lines(width: int, ref: int, commit: int) -> list[tuple[str, str]]:
    """The refs and commits that git writes to standard input, a line each of so many words.

    Raises:
        UsageError: it is a terminal, or something else than git wrote it.
    """
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError(
            "git writes to this hook what is pushed; nobody did", "git gate check BRANCH judges a branch"
        )
    raw = sys.stdin.buffer.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise UsageError("more than 16 MiB of refs are moved at once", "push them in parts")
    text = raw.decode("utf-8", "surrogateescape")
    updates = [line.split(" ") for line in text.split("\n") if line]
    for parts in updates:
        if len(parts) != width or set(parts[commit]) - set("0123456789abcdef"):
            raise UsageError(f"{' '.join(parts)!r} is no line that git writes to this hook")
    return [(parts[ref], parts[commit]) for parts in updates]


def _from_pre_commit() -> list[tuple[str, str]]:
    ref = os.environ.get("PRE_COMMIT_REMOTE_BRANCH", "")
    if not ref:
        return []
    note(
        "git-gate: pre-commit hands on the first branch of a push only; `git gate hooks install` sees all of them"
    )
    return [
        (ref, _commit(os.environ.get("PRE_COMMIT_TO_REF") or os.environ.get("PRE_COMMIT_LOCAL_BRANCH", "")))
    ]


def _commit(name: str) -> str:
    from gate.git.objects import Objects
    from gate.git.repository import open_repository

    with open_repository() as repository, Objects(repository) as objects:
        info = objects.info(f"{name}^{{commit}}")
    if info is None:
        raise UsageError(f"pre-commit names {name!r}, which is no commit here")
    return info.oid
