"""The branch that is checked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gate.git.repository import Repository


def current_branch(repository: Repository) -> str:
    """The full ref of the branch that is checked out, "" when HEAD is detached."""
    answer = repository.git("symbolic-ref", "--quiet", "HEAD", allowed=(0, 1))
    return answer.decode("utf-8", "surrogateescape").removesuffix("\n")
