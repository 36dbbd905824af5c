"""What the checks of names show as evidence: both versions of what collides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.finding import Evidence
from gate.model.names import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.model.names import BrokenText, BrokenUse, DuplicateDefinition, NameFacts


def of_use(names: NameFacts, one: BrokenUse) -> tuple[Evidence, ...]:
    """The definition as the producer had it and has it now, and the use."""
    had = [("", one.old_place, f"{one.producer} had")] if one.old_place is not None else []
    places = [
        *had,
        (one.producer, one.change_place, f"{one.producer} has" if had else one.producer),
        (one.consumer, one.use_place, f"{one.consumer} uses it"),
    ]
    return tuple(_evidence(names, places, one.producer))


def of_both(
    names: NameFacts, one: DuplicateDefinition | BrokenText, paths: tuple[str, str]
) -> tuple[Evidence, ...]:
    """What each stream has."""
    places = (
        (branch, Place(path, line), branch)
        for branch, path, line in zip((one.first, one.second), paths, one.lines, strict=True)
    )
    return tuple(_evidence(names, places))


def _evidence(
    names: NameFacts, places: Iterable[tuple[str, Place, str]], target_as: str = ""
) -> Iterator[Evidence]:
    """The lines at each place there are any of; what the target has is shown as this stream's."""
    for branch, place, title in places:
        excerpt = names.excerpts.get((branch, place))
        if excerpt is not None:
            yield Evidence(
                f"{title}: {place.path}", excerpt.text, branch or target_as, place.path, excerpt.line
            )
