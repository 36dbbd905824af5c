"""Branch -> the coordinator it works for, by the coordinators' `streams` patterns."""

from __future__ import annotations

import fnmatch
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.model.policy import Policy


def coordinator_of_stream(name: str, ref: str, policy: Policy) -> str | None:
    """Return the coordinator whose `streams` patterns match a branch; None when none does, or it is unsure.

    Both the name as typed and the branch's name within `ref` are tried; the most specific pattern decides. Two
    coordinators that tie leave the stream undeclared: that asks for more review, never for less.
    """
    ranked = [
        (stream_specificity(pattern), coordinator.name)
        for coordinator in policy.coordinators
        for pattern in coordinator.streams
        if stream_matches(name, ref, (pattern,))
    ]
    best = max((rank for rank, _ in ranked), default=None)
    names = {coordinator for rank, coordinator in ranked if rank == best}
    return names.pop() if len(names) == 1 else None


def stream_matches(name: str, ref: str, patterns: Iterable[str]) -> bool:
    """Return whether any pattern matches the branch: shell globs; `*` crosses `/`, letter case counts."""
    names = {name, branch_name(ref)}
    return any(_glob(pattern).match(branch) for pattern in patterns for branch in names)


def stream_specificity(pattern: str) -> tuple[bool, int]:
    """Return whether a stream pattern has no wildcard, then the count of its literal characters."""
    literal = re.sub(r"\[[!^]?\]?[^\]]*\]|[*?]", "", pattern)
    return (literal == pattern, len(literal))


def branch_name(ref: str) -> str:
    """Return a full ref without `refs/heads/`, or without `refs/remotes/` and the remote's name."""
    if ref.startswith("refs/remotes/"):
        return ref.split("/", 3)[-1]
    return ref.removeprefix("refs/heads/")


@lru_cache(maxsize=1024)
def _glob(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern))
