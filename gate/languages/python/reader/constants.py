"""The strings of a module that others may repeat: messages, keys, paths."""

from __future__ import annotations

SHORTEST = 8
"""Characters; shorter strings are too common to say where they come from."""
LONGEST = 200
MOST = 1_000
"""Strings of one file; more are data."""


class ConstantStrings:
    """The strings of one module, each with the first line it stands on."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}

    def add(self, value: object, line: int) -> None:
        """Add a constant, if it is a string of enough characters."""
        if isinstance(value, str) and len(value) >= SHORTEST and len(self._lines) < MOST:
            text = value[:LONGEST].strip()
            if len(text) >= SHORTEST:
                self._lines.setdefault(text, line)

    def with_lines(self) -> tuple[tuple[str, int], ...]:
        """Return (string, line) of each."""
        return tuple(self._lines.items())
