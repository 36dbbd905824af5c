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
    """A document has more levels of nesting than anybody writes."""


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
class _Collection:
    """A mapping or list that is not complete yet."""

    mapping: bool
    path: str
    names: set[str] = field(default_factory=set)
    key: str | None = None
    """The key that waits for its value; None where a key comes next."""


@dataclass(slots=True)
class Keys:
    """Collects keys; the reader of a document calls it for every start, end, and scalar."""

    definitions: list[Definition] = field(default_factory=list)
    repeated: list[tuple[str, int]] = field(default_factory=list)
    """The dotted paths of keys that their mapping has already, with their lines."""
    _open: list[_Collection] = field(default_factory=list)
    """The collections that are not complete, the outermost first."""

    def start(self, *, mapping: bool) -> None:
        """Begin a mapping or a list.

        Raises:
            TooDeep: more than `DEEPEST` are open.
        """
        if len(self._open) >= DEEPEST:
            raise TooDeep
        self._open.append(_Collection(mapping, self._path()))

    def end(self) -> None:
        """End the innermost collection."""
        if self._open:
            self._open.pop()
        self._complete_value()

    def scalar(self, key: str | None, line: int) -> None:
        """Add a scalar. Where it stands for a key, that is `key`, or None for one that cannot be compared."""
        inner = self._open[-1] if self._open else None
        if inner is None or not inner.mapping or inner.key is not None:
            self._complete_value()
            return
        inner.key = key or ""
        if key is not None:
            definition = Definition(key, inner.path, "key", line, line)
            if key in inner.names:
                self.repeated.append((definition.path, line))
            inner.names.add(key)
            self.definitions.append(definition)

    def facts(self) -> FileFacts:
        """Return everything that was collected."""
        return FileFacts("full", definitions=tuple(self.definitions), repeated=tuple(self.repeated))

    def _complete_value(self) -> None:
        """Note that a value, or a key that is a collection, is complete."""
        inner = self._open[-1] if self._open else None
        if inner is not None and inner.mapping:
            inner.key = "" if inner.key is None else None

    def _path(self) -> str:
        """Return the dotted path of what begins here."""
        if not self._open:
            return ""
        inner = self._open[-1]
        step = inner.key or "" if inner.mapping else "[]"
        return f"{inner.path}.{step}" if inner.path else step
