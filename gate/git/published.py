"""What has been published apart from the target: tags and release branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.git.process import decode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gate.git.objects import Objects
    from gate.git.repository import Repository

_REFS = (
    "refs/tags",
    "refs/heads/release*",
    "refs/heads/release*/**",
    "refs/remotes/*/release*",
    "refs/remotes/*/release*/**",
)
_MOST = 300
"""Of more refs than these, only the newest are looked at."""


def refs(repository: Repository, target: str) -> tuple[str, ...]:
    """Tags and release branches that hold commits the target lacks, the newest first."""
    words = ("--sort=-creatordate", f"--count={_MOST}", f"--no-merged={target}", "--format=%(refname)")
    return tuple(decode(repository.git("for-each-ref", *words, *_REFS)).split("\n")[:-1])


def holding(objects: Objects, refs: Iterable[str], files: Collection[tuple[str, str]]) -> frozenset[str]:
    """Which of these files (path and blob) one of the refs has."""
    found = ((path, blob, objects.info(f"{ref}:{path}")) for ref in refs for path, blob in files)
    return frozenset(path for path, blob, info in found if info is not None and info.oid == blob)
