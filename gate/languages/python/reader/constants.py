"""The strings of a module that others may repeat: messages, keys, paths."""

from __future__ import annotations

SHORTEST = 8
"""Characters; what is shorter says too little about where it comes from."""
LONGEST = 200
MOST = 1_000
"""Strings of one file; more are data."""


class Strings:
    """Each once, at its first line."""

    def __init__(self) -> None:
        self._found: dict[str, int] = {}

    def add(self, value: object, line: int) -> None:
        """A constant, if it is a string that says something."""
        if isinstance(value, str) and len(value) >= SHORTEST and len(self._found) < MOST:
            text = value[:LONGEST].strip()
            if len(text) >= SHORTEST:
                self._found.setdefault(text, line)

    def listed(self) -> tuple[tuple[str, int], ...]:
        """All of them, with their lines."""
        return tuple(self._found.items())
