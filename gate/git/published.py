"""What has been published apart from the target: tags and release branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.git.process import decode

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def holding(
    repository: Repository, objects: Objects, target: str, files: Iterable[tuple[str, str]]
) -> frozenset[str]:
    """Which of these files (path and blob) a tag or release branch has that is no part of the target."""
    words = (
        "--sort=-creatordate",
        f"--count={_MOST}",
        f"--no-merged={target}",
        "--format=%(refname)",
        *_REFS,
    )
    refs = decode(repository.git("for-each-ref", *words)).split("\n")[:-1]
    wanted = list(files) if refs else []
    found = ((path, blob, objects.info(f"{ref}:{path}")) for ref in refs for path, blob in wanted)
    return frozenset(path for path, blob, info in found if info is not None and info.oid == blob)
