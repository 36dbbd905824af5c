"""Changelogs in YAML and JSON, which say the same in the same shape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from gate.model.migrations import Migration
from gate.source.data.keys import DEEPEST, TooDeep
from gate.source.migrations.liquibase.changeset import includes, part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yaml import Event

    from gate.model.migrations import Mark, Part

_ROOT = "databaseChangeLog"
_DOES = ("changes", "modifySql")
"""What checksums cover."""
_LINE = "\0line"
"""Where a mapping says the line it starts on: no key of a file is so named, for neither format has that character."""
_CHANGESET = re.compile(rb'"changeSet"\s*:')


def read_json(content: bytes) -> Migration | None:
    """What a JSON changelog says; None when it is something else."""
    try:
        said = msgspec.json.decode(content)
        lines = iter([content.count(b"\n", 0, one.start()) + 1 for one in _CHANGESET.finditer(content)])
        return _changelog(said, lines)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Migration("none", "it is no JSON")
    except RecursionError:
        return Migration("none", "it is nested too deeply")


def read_yaml(content: bytes) -> Migration | None:
    """What a YAML changelog says; None when it is something else."""
    import yaml  # here, for few runs meet such a file

    try:
        return _changelog(_document(yaml.parse(content, Loader=yaml.CSafeLoader)), iter(()))
    except yaml.MarkedYAMLError as error:
        line = f" (line {error.problem_mark.line + 1})" if error.problem_mark is not None else ""
        return Migration("none", f"it is no YAML: {error.problem}{line}")
    except TooDeep:
        return Migration("none", "it is nested too deeply")
    except (yaml.YAMLError, ValueError):
        return Migration("none", "it is no YAML")


def _changelog(said: object, lines: Iterator[int]) -> Migration | None:
    """`lines` are those of the changeSets in turn, where their mappings do not say them."""
    top = said.get(_ROOT) if isinstance(said, dict) else None
    if not isinstance(top, list):
        return None
    items = [one for one in top if isinstance(one, dict)]
    file = next((_text(one["logicalFilePath"]) for one in items if "logicalFilePath" in one), "")
    parts: list[Part] = []
    marks: list[Mark] = []
    for item in items:
        for name, value in item.items():
            if name == "changeSet" and isinstance(value, dict):
                parts += _parts(value, value.get(_LINE) or next(lines, 1), file)
            elif isinstance(value, dict):
                marks += includes(name, _scalars(value), value.get(_LINE, 1))
    return Migration("full", marks=tuple(marks), parts=tuple(parts))


def _parts(value: dict[str, Any], line: int, file: str) -> Iterator[Part]:
    said = _scalars(value)
    if any(key.startswith("validCheckSum") for key in value):
        said["validCheckSum"] = "any"
    words = [word for key in _DOES if key in value for word in (key, *_words(value[key]))]
    found = part(said, words, line, file)
    if found:
        yield found


def _scalars(value: dict[str, Any]) -> dict[str, str]:
    return {
        key: _text(one) for key, one in value.items() if not isinstance(one, dict | list) and key != _LINE
    }


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _words(value: object) -> Iterable[str]:
    """Everything in a value, with what keeps its shape."""
    if isinstance(value, dict):
        yield "{"
        for key in sorted(value):
            if key != _LINE:
                yield key
                yield from _words(value[key])
        yield "}"
    elif isinstance(value, list):
        yield "["
        for one in value:
            yield from _words(one)
        yield "]"
    else:
        yield _text(value)


def _document(events: Iterable[Event]) -> object:
    """The first document: mappings, lists and texts. An alias is a text too, so that none can swell.

    Raises:
        TooDeep: there are more levels than anybody writes.
    """
    import yaml

    top: list[Any] = []
    inside: list[Any] = [top]
    keys: list[str | None] = [None]
    """The key that waits for its value, for each level."""
    for event in events:
        if isinstance(event, yaml.DocumentEndEvent):
            break
        if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            text = event.value if isinstance(event, yaml.ScalarEvent) else f"*{event.anchor}"
            if isinstance(inside[-1], dict) and keys[-1] is None:
                keys[-1] = text
            else:
                _put(inside, keys, text)
        elif isinstance(event, yaml.CollectionStartEvent):
            mapping = isinstance(event, yaml.MappingStartEvent)
            value: Any = {_LINE: event.start_mark.line + 1} if mapping else []
            _put(inside, keys, value)
            inside.append(value)
            keys.append(None)
            if len(inside) > DEEPEST:
                raise TooDeep
        elif isinstance(event, yaml.CollectionEndEvent):
            inside.pop()
            keys.pop()
    return top[0] if top else None


def _put(inside: list[Any], keys: list[str | None], value: object) -> None:
    """A value in its place. A key that is no text has none, and what follows it neither."""
    if isinstance(inside[-1], list):
        inside[-1].append(value)
    elif keys[-1] is None:
        keys[-1] = ""
    else:
        inside[-1][keys[-1]] = value
        keys[-1] = None
