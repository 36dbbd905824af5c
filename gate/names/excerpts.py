"""Both versions of what breaks, as text: a few lines around each place that a collision of names names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gate.git import hunks
from gate.model.names import BrokenUse, Excerpt, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gate.model.names import BrokenText, DuplicateDefinition, NameFacts, SidePlace
    from gate.names.states import Work, World

MOST = 1_000
"""Places whose lines are kept; of more collisions nobody reads the text."""
LINES = 8
BEFORE = 1
"""Lines of an excerpt that come before its place: a decorator, the head of a block."""
LONGEST = 400
"""Characters kept of a line."""

_NO_FILE = "(this file is gone)"


def excerpts(world: World, works: Mapping[str, Work], found: NameFacts) -> dict[SidePlace, Excerpt]:
    """The lines at each place that is told, by the stream ("" for the target) and the place."""

    @cache
    def lines(blob: str) -> list[str]:
        return hunks.lines_of(world.sources.text(blob))

    told: tuple[BrokenUse | DuplicateDefinition | BrokenText, ...] = (
        *found.broken_uses,
        *found.duplicates,
        *found.broken_texts,
    )
    wanted = [aside for one in told for aside in _asides(one)]
    made: dict[SidePlace, Excerpt] = {}
    for branch, place in [*dict.fromkeys(wanted)][:MOST]:
        work = works.get(branch)
        blob = work.over.get(place.path) if work is not None else None
        if blob == "":
            made[branch, place] = Excerpt(None, _NO_FILE)
            continue
        line = place.line or (min(work.added(place.path), default=None) if work is not None else None)
        text = lines(world.blob(place.path) if blob is None else blob)
        if line is not None and line <= len(text):
            made[branch, place] = _excerpt(text, line)
    return made


def _asides(one: BrokenUse | DuplicateDefinition | BrokenText) -> Iterator[SidePlace]:
    """The places of one collision, those of the target among them."""
    if isinstance(one, BrokenUse):
        if one.old_place is not None:
            yield "", one.old_place
        if one.change_place.line is not None or one.kind == "module":
            yield one.producer, one.change_place
        yield one.consumer, one.use_place
    else:
        paths = (one.path, getattr(one, "second_path", "") or one.path)
        for branch, path, line in zip((one.first, one.second), paths, one.lines, strict=True):
            yield branch, Place(path, line)


def _excerpt(lines: list[str], line: int) -> Excerpt:
    start = max(line - BEFORE, 1)
    kept = (_short(text) for text in lines[start - 1 : start - 1 + LINES])
    return Excerpt(start, "".join(kept))


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 3]}...\n"
