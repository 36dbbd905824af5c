"""The evidence of the checks of names: both versions of what collides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.finding import Evidence
from gate.model.names import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.model.names import BrokenText, BrokenUse, DuplicateDefinition, NameFacts


def of_use(names: NameFacts, use: BrokenUse) -> tuple[Evidence, ...]:
    """Return the definition as the producer had it and has it now, and the use."""
    old = [("", use.old_place, f"{use.producer} had")] if use.old_place is not None else []
    places = [
        *old,
        (use.producer, use.change_place, f"{use.producer} has" if old else use.producer),
        (use.consumer, use.use_place, f"{use.consumer} uses it"),
    ]
    return tuple(_evidence(names, places, use.producer))


def of_both(
    names: NameFacts, collision: DuplicateDefinition | BrokenText, paths: tuple[str, str]
) -> tuple[Evidence, ...]:
    """Return the version of each stream; `paths` are its file in the first and the second."""
    branches = (collision.first, collision.second)
    places = (
        (branch, Place(path, line), branch)
        for branch, path, line in zip(branches, paths, collision.lines, strict=True)
    )
    return tuple(_evidence(names, places))


def _evidence(
    names: NameFacts, places: Iterable[tuple[str, Place, str]], target_as: str = ""
) -> Iterator[Evidence]:
    """Yield the lines at each (side, place, title) that has any; those of the target are shown as `target_as`'s."""
    for branch, place, title in places:
        excerpt = names.excerpts.get((branch, place))
        if excerpt is not None:
            yield Evidence(
                f"{title}: {place.path}", excerpt.text, branch or target_as, place.path, excerpt.line
            )
