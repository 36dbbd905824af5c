"""Where each stream has its own of what stands twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Placed(Protocol):
    """A line, and a digest of what stands there."""

    @property
    def line(self) -> int:
        """From 1."""

    @property
    def digest(self) -> str:
        """The same for the same text."""


def added_line(own: Sequence[Placed], others: Sequence[Placed]) -> int:
    """The line of what this side adds; what the other has too comes last."""
    texts = {each.digest for each in others}
    return min(own, key=lambda each: (each.digest in texts, each.line)).line
