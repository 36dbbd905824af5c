"""Changelogs in YAML and JSON, which say the same in the same shape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from gate.documents.json import check_depth
from gate.documents.keys import TooDeep
from gate.documents.yaml import Unreadable, events
from gate.migrations.tools.liquibase.changeset import includes, part
from gate.model.migrations import Migration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yaml import Event

    from gate.model.migrations import Mark, MigrationPart

_ROOT = "databaseChangeLog"
_DOES = ("changes", "modifySql")
"""What checksums cover."""
_CHANGESET = re.compile(rb'"changeSet"\s*:')


class _Mapping(dict[str, Any]):
    """A mapping in YAML, which knows the line it starts on."""

    __slots__ = ("line",)

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def read_json(content: bytes) -> Migration | None:
    """Return what a JSON changelog says; None when it is something else."""
    try:
        check_depth(content.decode())
        return _changelog(msgspec.json.decode(content), _lines(content))
    except TooDeep:
        return Migration("none", "it is nested too deeply")
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Migration("none", "it is no JSON")


def _lines(content: bytes) -> Iterator[int]:
    """Yield the lines on which changeSets start."""
    line, counted = 1, 0
    for match in _CHANGESET.finditer(content):
        line += content.count(b"\n", counted, match.start())
        counted = match.start()
        yield line


def read_yaml(content: bytes) -> Migration | None:
    """Return what a YAML changelog says; None when it is something else."""
    try:
        return _changelog(_document(events(content)), iter(()))
    except Unreadable as error:
        return Migration("none", str(error))


def _changelog(document: object, lines: Iterator[int]) -> Migration | None:
    """Return a document's changeSets; `lines` are theirs one after the other, where their mappings have none."""
    top = document.get(_ROOT) if isinstance(document, dict) else None
    if not isinstance(top, list):
        return None
    items = [item for item in top if isinstance(item, dict)]
    file = next((_text(item["logicalFilePath"]) for item in items if "logicalFilePath" in item), "")
    parts: list[MigrationPart] = []
    marks: list[Mark] = []
    for item in items:
        for name, value in item.items():
            if name == "changeSet" and isinstance(value, dict):
                parts += _parts(value, _line(value) or next(lines, 1), file)
            elif isinstance(value, dict):
                marks += includes(name, _scalars(value), _line(value) or 1)
    return Migration("full", marks=tuple(marks), parts=tuple(parts))


def _line(value: dict[str, Any]) -> int:
    return value.line if isinstance(value, _Mapping) else 0


def _parts(value: dict[str, Any], line: int, file: str) -> Iterator[MigrationPart]:
    attributes = _scalars(value)
    if any(key.startswith("validCheckSum") for key in value):
        attributes["validCheckSum"] = "any"
    words = [word for key in _DOES if key in value for word in (key, *_words(value[key]))]
    changeset = part(attributes, words, line, file)
    if changeset:
        yield changeset


def _scalars(value: dict[str, Any]) -> dict[str, str]:
    return {key: _text(scalar) for key, scalar in value.items() if not isinstance(scalar, dict | list)}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _words(value: object) -> Iterable[str]:
    """Yield everything in a value, with what keeps its shape."""
    if isinstance(value, dict):
        yield "{"
        for key in sorted(value):
            yield key
            yield from _words(value[key])
        yield "}"
    elif isinstance(value, list):
        yield "["
        for item in value:
            yield from _words(item)
        yield "]"
    else:
        yield _text(value)


def _document(stream: Iterable[Event]) -> object:
    """Return the first document: mappings, lists and texts. An alias is a text too, so that none can swell."""
    import yaml  # here, for few runs meet such a file

    builder = _Builder()
    for event in stream:
        if isinstance(event, yaml.DocumentEndEvent):
            break
        if isinstance(event, yaml.ScalarEvent):
            builder.text(event.value)
        elif isinstance(event, yaml.AliasEvent):
            builder.text(f"*{event.anchor}")
        elif isinstance(event, yaml.CollectionStartEvent):
            mapping = isinstance(event, yaml.MappingStartEvent)
            builder.start(_Mapping(event.start_mark.line + 1) if mapping else [])
        elif isinstance(event, yaml.CollectionEndEvent):
            builder.end()
    return builder.top[0] if builder.top else None


class _Builder:
    """Puts values where they belong, while a document is read from start to end."""

    def __init__(self) -> None:
        self.top: list[Any] = []
        self._inside: list[Any] = [self.top]
        self._keys: list[str | None] = [None]
        """The key that waits for its value, for each level."""

    def text(self, text: str) -> None:
        """Take a scalar: a key, or a value."""
        if isinstance(self._inside[-1], dict) and self._keys[-1] is None:
            self._keys[-1] = text
        else:
            self._put(text)

    def start(self, value: _Mapping | list[Any]) -> None:
        """Begin a mapping or a list."""
        self._put(value)
        self._inside.append(value)
        self._keys.append(None)

    def end(self) -> None:
        """End the innermost mapping or list."""
        self._inside.pop()
        self._keys.pop()

    def _put(self, value: object) -> None:
        """Put a value in its place. A key that is no text is "", whatever it is."""
        inner = self._inside[-1]
        if isinstance(inner, list):
            inner.append(value)
        elif self._keys[-1] is None:
            self._keys[-1] = ""
        else:
            inner[self._keys[-1]] = value
            self._keys[-1] = None
