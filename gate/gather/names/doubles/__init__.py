"""Files both streams change: names defined twice in the merged text, and text that cannot be read any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate import source
from gate.gather.names.doubles import compiled, python, script
from gate.gather.names.neighbours import across
from gate.gather.names.sources import TOO_LARGE
from gate.model.names import BrokenText, Double
from gate.model.source import NO_FACTS, UNSETTLED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.gather.names.world import Work
    from gate.link.state import State


def shared(first: Work, second: Work) -> list[str]:
    """The files both change and keep, under one name."""
    return sorted(
        path for path, blob in first.over.items() if blob and second.over.get(path) and source.family(path)
    )


def doubled(
    first: Work, second: Work, one: State, other: State, together: State
) -> Iterator[Double | BrokenText]:
    """What the merge of files both change came to."""
    for path in shared(first, second):
        merged, sides = together.facts(path), (one.facts(path), other.facts(path))
        if merged in (NO_FACTS, UNSETTLED) or any(side.parse != "full" for side in sides):
            continue
        is_script = source.family(path) == "script"
        if merged.parse == "none" or (is_script and merged.parse != "full"):
            # Data files are judged by their own readers.
            if merged.why != TOO_LARGE and not source.form(path):
                yield BrokenText(first.name, second.name, path, merged.why or "it does not parse")
        elif merged.parse == "full":
            way = script if is_script else compiled if source.compiled(path) else python
            yield from way.doubles(first.name, second.name, path, merged, sides)
    yield from across(first, second, one, other, together)
