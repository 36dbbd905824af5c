"""Commits that carry the same patch, by git's own patch id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.git.process import decode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.git.repository import Repository


def patch_ids(repository: Repository, commits: Iterable[str]) -> dict[str, str]:
    """The stable patch id of each commit that has one; two processes in all."""
    wanted = list(dict.fromkeys(commits))
    if not wanted:
        return {}
    words = (
        "diff-tree",
        "-p",
        "-r",
        "--no-renames",
        "--full-index",
        "--no-ext-diff",
        "--no-textconv",
        "--root",
        "--stdin",
    )
    patches = repository.git(*words, stdin="".join(f"{oid}\n" for oid in wanted).encode())
    ids = {}
    for line in decode(repository.git("patch-id", "--stable", stdin=patches)).splitlines():
        patch, _, oid = line.partition(" ")
        ids[oid] = patch
    return ids
