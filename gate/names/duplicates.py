"""Files both streams change: names defined twice in the merged text, and text that cannot be read any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages import registry
from gate.languages.base.merged_file import MergedFile
from gate.model.names import BrokenText, DuplicateDefinition
from gate.model.source import NO_FACTS, UNSETTLED
from gate.names.facts import TOO_LARGE
from gate.names.package_duplicates import across

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.state import State
    from gate.names.states import Work


def shared(first: Work, second: Work) -> list[str]:
    """The files both change and keep, under one name."""
    return sorted(
        path
        for path, blob in first.over.items()
        if blob and second.over.get(path) and registry.language(path)
    )


def doubled(
    first: Work, second: Work, one: State, other: State, together: State
) -> Iterator[DuplicateDefinition | BrokenText]:
    """What the merge of files both change came to."""
    for path in shared(first, second):
        merged, sides = together.facts(path), (one.facts(path), other.facts(path))
        if merged in (NO_FACTS, UNSETTLED) or any(side.parse != "full" for side in sides):
            continue
        language = registry.language(path)
        if language is None:
            continue
        if merged.parse == "none" or (language.needs_whole_parse and merged.parse != "full"):
            # Data files are judged by their own readers.
            if merged.why != TOO_LARGE and not registry.form(path):
                yield BrokenText(first.name, second.name, path, merged.why or "it does not parse")
        elif merged.parse == "full":
            yield from language.duplicates(MergedFile(first.name, second.name, path, merged, sides))
    yield from across(first, second, one, other, together)
