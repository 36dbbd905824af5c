"""YAML, by the events of libyaml's parser: aliases are never followed, so that none can swell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.documents.keys import DEEPEST, Keys, opened
from gate.documents.paths import FormatPaths
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml
    from yaml import Event

NAME = "yaml"
VERSION = 1
PATHS = FormatPaths((".yml", ".yaml"), (".clang-format", ".prettierrc"))

_MERGE = "<<"


class Unreadable(Exception):
    """A text is no YAML, or is nested too deeply; the message says which."""


def read(content: bytes, _ending: str) -> FileFacts:
    """Return the facts of a file with any number of documents."""
    if b"{%" in content:
        return FileFacts("none", "it is a template")
    keys, anchors = Keys(), set[str]()
    try:
        for event in events(content):
            _take(event, keys, anchors)
    except Unreadable as error:
        return FileFacts("none", str(error))
    return keys.facts()


def events(content: bytes) -> Iterator[Event]:
    """Yield the events of a text, from its start to its end.

    Raises:
        Unreadable: it is no YAML, or is nested too deeply.
    """
    import yaml  # loaded here, as few runs read such a file

    depth, end = 0, 0
    try:
        for event in yaml.parse(content, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            end = event.end_mark.index
            if depth > DEEPEST:
                break
            yield event
    except yaml.MarkedYAMLError as error:
        raise Unreadable(_reason(error, content, depth, end)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable("it is no YAML") from error
    if depth > DEEPEST:
        raise Unreadable("it is nested too deeply")


def _reason(error: yaml.MarkedYAMLError, content: bytes, depth: int, end: int) -> str:
    """Return why a text is not read. `depth` and `end` are of the last event; the parser has read ahead since."""
    mark = error.problem_mark
    if mark is None:
        return f"it is no YAML: {error.problem}"
    if depth + opened(content.decode("utf-8", "replace")[end : mark.index + 1]) > DEEPEST:
        return "it is nested too deeply"
    return f"it is no YAML: {error.problem} (line {mark.line + 1})"


def _take(event: Event, keys: Keys, anchors: set[str]) -> None:
    """Add an event to the keys, and the name it is anchored by to `anchors`."""
    import yaml

    line = event.start_mark.line + 1
    if isinstance(event, yaml.DocumentStartEvent):
        anchors.clear()
    elif isinstance(event, yaml.AliasEvent):
        if event.anchor not in anchors:
            raise Unreadable(f"it is no YAML: nothing is anchored as {event.anchor} (line {line})")
        keys.scalar(None, line)
    elif isinstance(event, yaml.NodeEvent):
        if event.anchor is not None:
            anchors.add(event.anchor)
        if isinstance(event, yaml.ScalarEvent):
            keys.scalar(_key(event), line)
        elif isinstance(event, yaml.CollectionStartEvent):
            keys.start(mapping=isinstance(event, yaml.MappingStartEvent))
    elif isinstance(event, yaml.CollectionEndEvent):
        keys.end()


def _key(event: yaml.ScalarEvent) -> str | None:
    """Return a key as it is compared: quoted ones with quoted ones only, for a plain `1` is no text."""
    if event.value == _MERGE or event.tag is not None:
        return None
    return f'"{event.value}"' if event.style in ("'", '"') else event.value
