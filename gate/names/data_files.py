"""Data files both streams change: merged text that cannot be read any more, or that repeats a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.names import BrokenText
from gate.names.facts import TOO_LARGE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from gate.model.source import FileFacts
    from gate.names.facts import Sources
    from gate.names.states import Work


def shared(first: Work, second: Work) -> list[str]:
    """The data files both change, each in its own way, and keep."""
    return sorted(
        path
        for path, blob in first.over.items()
        if blob and second.over.get(path) not in (None, "", blob) and registry.form(path)
    )


def spoilt(
    sources: Sources, first: Work, second: Work, merged: Mapping[str, str], unsettled: Collection[str]
) -> Iterator[BrokenText]:
    """What the merge of data files both change came to; `merged` has the blobs of what the merge changed.

    The streams' own versions are read only where something is wrong with the merged one.
    """
    for path in shared(first, second):
        blob = merged.get(path)
        if not blob or path in unsettled:
            continue
        both = sources.data(blob, path)
        if both.why == TOO_LARGE or (both.parse == "full" and not both.repeated):
            continue
        sides = (sources.data(first.over[path], path), sources.data(second.over[path], path))
        if all(side.parse == "full" for side in sides):
            yield from _spoilt(first.name, second.name, path, both, sides)


def _spoilt(
    first: str, second: str, path: str, both: FileFacts, sides: tuple[FileFacts, FileFacts]
) -> Iterator[BrokenText]:
    if both.parse == "none":
        yield BrokenText(first, second, path, both.why)
        return
    known = {key for side in sides for key, _ in side.repeated}
    for key, line in dict(reversed(both.repeated)).items():
        if key not in known:
            lines = (_line(sides[0], key), _line(sides[1], key))
            yield BrokenText(first, second, path, f"line {line} repeats the key", key, lines)


def _line(side: FileFacts, key: str) -> int | None:
    """The line of a key, when there is only one of it."""
    found = [one.line for one in side.definitions if one.path == key]
    return found[0] if len(found) == 1 else None
