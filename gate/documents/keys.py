"""The keys of mappings, while a document is read from start to end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate

from gate.model.source import Definition, FileFacts

DEEPEST = 200
"""Levels of nesting; nobody writes more, and parsers slow down, recurse or end at limits that change with versions."""

_NO_BRACKETS = re.compile(r"[^\[\]{}]+")
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


class TooDeep(ValueError):
    """There are more levels than anybody writes."""


def opened(text: str) -> int:
    """Return how many brackets are open at once where most are, whatever they stand in."""
    return max(accumulate(map(_STEPS.__getitem__, _NO_BRACKETS.sub("", text)), initial=0))


def limit_depth(text: str, quoted: re.Pattern[str]) -> None:
    """Refuse a text before its parser meets a limit of its own. `quoted` matches its strings and comments.

    Raises:
        TooDeep: more than `DEEPEST` brackets are open at once.
    """
    if text.count("[") + text.count("{") > DEEPEST and opened(quoted.sub("", text)) > DEEPEST:
        raise TooDeep


@dataclass(slots=True)
class _Open:
    mapping: bool
    path: str
    names: set[str] = field(default_factory=set)
    key: str | None = None
    """The key that waits for its value; None where a key comes next."""


@dataclass(slots=True)
class Keys:
    """Collects keys; who reads a document tells it of every start, end, and scalar."""

    found: list[Definition] = field(default_factory=list)
    repeated: list[tuple[str, int]] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)

    def start(self, *, mapping: bool) -> None:
        """A mapping or a list begins.

        Raises:
            TooDeep: there are too many in one another.
        """
        if len(self._open) >= DEEPEST:
            raise TooDeep
        self._open.append(_Open(mapping, self._path()))

    def end(self) -> None:
        """The innermost one ends."""
        if self._open:
            self._open.pop()
        self._valued()

    def scalar(self, key: str | None, line: int) -> None:
        """A scalar, which may be a key: then it is `key`, or None where it cannot be compared."""
        inner = self._open[-1] if self._open else None
        if inner is None or not inner.mapping or inner.key is not None:
            self._valued()
            return
        inner.key = key or ""
        if key is not None:
            one = Definition(key, inner.path, "key", line, line)
            if key in inner.names:
                self.repeated.append((one.path, line))
            inner.names.add(key)
            self.found.append(one)

    def facts(self) -> FileFacts:
        """Everything that was collected."""
        return FileFacts("full", definitions=tuple(self.found), repeated=tuple(self.repeated))

    def _valued(self) -> None:
        """A value, or a key that is none of a scalar, is complete."""
        inner = self._open[-1] if self._open else None
        if inner is not None and inner.mapping:
            inner.key = "" if inner.key is None else None

    def _path(self) -> str:
        if not self._open:
            return ""
        inner = self._open[-1]
        step = inner.key or "" if inner.mapping else "[]"
        return f"{inner.path}.{step}" if inner.path else step
