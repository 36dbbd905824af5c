"""The line at which a stream has its own copy of what is defined twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Placed(Protocol):
    """A line, and a digest of the text that stands there."""

    @property
    def line(self) -> int:
        """The number of the line, from 1."""

    @property
    def digest(self) -> str:
        """The same for the same text."""


def added_line(side: Sequence[Placed], opposite: Sequence[Placed]) -> int:
    """Return the line of what one side adds; what the opposite side has too comes last."""
    digests = {placed.digest for placed in opposite}
    return min(side, key=lambda placed: (placed.digest in digests, placed.line)).line
