"""Parts of sentences that messages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def series(things: Sequence[str], most: int = 3) -> str:
    """Return the words as a series: `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`."""
    if len(things) > most:
        return f"{', '.join(things[:most])} and {len(things) - most} more"
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 path`, `2 paths`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def ago(seconds: float) -> str:
    """Return a duration in the largest unit it fills: `3 hours`, `a moment`."""
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            return counted(int(seconds // size), unit)
    return "a moment"
