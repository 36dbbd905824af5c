"""Files that both sides change: names defined twice in the merged text, and text that cannot be read any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages import registry
from gate.languages.base.merged_file import MergedFile
from gate.model.names import BrokenText
from gate.model.source import NO_FACTS, UNSETTLED
from gate.names.package_duplicates import package_duplicates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.names import DuplicateDefinition
    from gate.names.compared_pair import ComparedPair
    from gate.names.stream_changes import StreamChanges


def shared_sources(first: StreamChanges, second: StreamChanges) -> list[str]:
    """Return the source files that both sides change and keep, under one name."""
    return sorted(
        path
        for path, blob in first.changed_blobs.items()
        if blob and second.changed_blobs.get(path) and registry.language(path)
    )


def duplicates(pair: ComparedPair) -> Iterator[DuplicateDefinition | BrokenText]:
    """Yield what a pair defines twice in one file or package, and merged sources that cannot be read."""
    for path in shared_sources(pair.first.changes, pair.second.changes):
        yield from _in_file(pair, path)
    yield from package_duplicates(pair)


def _in_file(pair: ComparedPair, path: str) -> Iterator[DuplicateDefinition | BrokenText]:
    merged, sides = pair.merged.facts(path), pair.sides_of(path)
    language = registry.language(path)
    if language is None or merged in (NO_FACTS, UNSETTLED) or any(side.parse != "full" for side in sides):
        return
    if merged.parse == "none" or (language.needs_whole_parse and merged.parse != "full"):
        # Data files are judged by their own readers.
        if merged.why != registry.TOO_LARGE and not registry.form(path):
            yield BrokenText(pair.first.name, pair.second.name, path, merged.why or "it does not parse")
    elif merged.parse == "full":
        yield from language.duplicates(MergedFile(pair.first.name, pair.second.name, path, merged, sides))
