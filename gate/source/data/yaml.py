"""YAML, by the events of libyaml's parser: aliases are never followed, so none can swell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.source import FileFacts
from gate.source.data.keys import Keys, TooDeep

if TYPE_CHECKING:
    import yaml
    from yaml import Event

NAME = "yaml"
VERSION = 1

_MERGE = "<<"


class _NoAnchor(ValueError):
    """An alias of nothing."""


def read(content: bytes, _ending: str) -> FileFacts:
    """The facts of a file with any number of documents."""
    import yaml  # here, for few runs meet such a file

    if b"{%" in content:
        return FileFacts("none", "it is a template")
    keys, anchors = Keys(), set[str]()
    try:
        for event in yaml.parse(content, Loader=yaml.CSafeLoader):
            _take(event, keys, anchors)
    except yaml.MarkedYAMLError as error:
        line = f" (line {error.problem_mark.line + 1})" if error.problem_mark is not None else ""
        return FileFacts("none", f"it is no YAML: {error.problem}{line}")
    except TooDeep:
        return FileFacts("none", "it is nested too deeply")
    except _NoAnchor as error:
        return FileFacts("none", f"it is no YAML: nothing is anchored as {error}")
    except (yaml.YAMLError, ValueError):
        return FileFacts("none", "it is no YAML")
    return keys.facts()


def _take(event: Event, keys: Keys, anchors: set[str]) -> None:
    import yaml

    line = event.start_mark.line + 1
    if isinstance(event, yaml.DocumentStartEvent):
        anchors.clear()
    elif isinstance(event, yaml.AliasEvent):
        if event.anchor not in anchors:
            raise _NoAnchor(f"{event.anchor} (line {line})")
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
    """A key as it is compared: a quoted one only with quoted ones, for a plain `1` is no text."""
    if event.value == _MERGE or event.tag is not None:
        return None
    return f'"{event.value}"' if event.style in ("'", '"') else event.value
