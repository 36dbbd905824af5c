"""Both versions of what breaks, as text: a few lines around each place that a collision of names names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.names import BrokenUse, Excerpt, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.model.names import BrokenText, DuplicateDefinition, NameFacts, SidePlace
    from gate.names.states import States
    from gate.names.stream_changes import StreamChanges

    Collision = BrokenUse | DuplicateDefinition | BrokenText

MOST = 1_000
"""Places whose lines are kept; of more collisions nobody reads the text."""
LINES = 8
BEFORE = 1
"""Lines of an excerpt that come before its place: a decorator, the head of a block."""
LONGEST = 400
"""Characters kept of a line."""

_NO_FILE = "(this file is gone)"


def excerpts(
    states: States, changes: Mapping[str, StreamChanges], facts: NameFacts
) -> dict[SidePlace, Excerpt]:
    """Return the lines at each place that the facts name; `changes` by side."""
    collisions: tuple[Collision, ...] = (*facts.broken_uses, *facts.duplicates, *facts.broken_texts)
    places = dict.fromkeys(place for collision in collisions for place in _places(collision))
    texts: dict[str, Sequence[str]] = {}
    kept: dict[SidePlace, Excerpt] = {}
    for side, place in [*places][:MOST]:
        side_changes = changes.get(side)
        blob = side_changes.changed_blobs.get(place.path) if side_changes is not None else None
        if blob == "":
            kept[side, place] = Excerpt(None, _NO_FILE)
            continue
        blob = states.base_blob(place.path) if blob is None else blob
        if blob not in texts:
            texts[blob] = states.blobs.lines(blob)
        excerpt = _excerpt(texts[blob], _line(side_changes, place))
        if excerpt is not None:
            kept[side, place] = excerpt
    return kept


def _places(collision: Collision) -> Iterator[SidePlace]:
    """Yield the places of one collision, those of the common base among them."""
    if isinstance(collision, BrokenUse):
        if collision.old_place is not None:
            yield "", collision.old_place
        if collision.change_place.line is not None or collision.kind == "module":
            yield collision.producer, collision.change_place
        yield collision.consumer, collision.use_place
    else:
        paths = (collision.path, getattr(collision, "second_path", "") or collision.path)
        sides = (collision.first, collision.second)
        for side, path, line in zip(sides, paths, collision.lines, strict=True):
            yield side, Place(path, line)


def _line(changes: StreamChanges | None, place: Place) -> int | None:
    """Return the line of a place; of a whole file, the first line that the side adds to it."""
    if place.line or changes is None:
        return place.line
    return min(changes.added_lines(place.path), default=None)


def _excerpt(lines: Sequence[str], line: int | None) -> Excerpt | None:
    """Return the lines around a line, None where the file has no such line."""
    if line is None or line > len(lines):
        return None
    start = max(line - BEFORE, 1)
    return Excerpt(start, "".join(map(_short, lines[start - 1 : start - 1 + LINES])))


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 3]}...\n"
