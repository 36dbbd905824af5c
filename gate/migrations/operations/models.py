"""Models whose columns a stream changes, where nothing it brings migrates them (M-OP-11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gate.model.operations import ModelChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.model.operations import Model

Change = tuple[Literal["adds", "removes", "changes"], str]


@dataclass(frozen=True, slots=True)
class Side:
    """The models of the files that one stream changes: `before` on the target, `after` once it has landed, by path.

    `store` gives the migrations a model's file belongs to: (system, path) to (name, whether the stream, or one it is
    built on, touches them); None where there are none.
    """

    stream: str
    before: Mapping[str, Sequence[Model]]
    after: Mapping[str, Sequence[Model]]
    stores: Mapping[tuple[str, str], tuple[str, bool]]


def unmigrated(sides: Sequence[Side]) -> tuple[ModelChange, ...]:
    """The changes of each stream, by path and model."""
    return tuple(one for side in sorted(sides, key=lambda each: each.stream) for one in _of(side))


def _of(side: Side) -> Iterator[ModelChange]:
    before = _by_name(side, side.before)
    after = _by_name(side, side.after)
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        there = new or old
        changes = tuple(_changes(old[1] if old else None, new[1] if new else None))
        if there is not None and changes:
            path, model = there
            named = {field.name: field.line for field in model.fields}
            line = next((named[name] for _, name in changes if name in named), model.line)
            yield ModelChange(side.stream, key[0], key[1], model.name, path, line, changes)


def _by_name(
    side: Side, files: Mapping[str, Sequence[Model]]
) -> dict[tuple[str, str, str], tuple[str, Model]]:
    """The models of stores that nobody migrates, by system, store and class: a class may move between files."""
    found: dict[tuple[str, str, str], tuple[str, Model]] = {}
    for path, models in sorted(files.items()):
        for model in models:
            store = side.stores.get((model.tool, path))
            if store is not None and not store[1]:
                found.setdefault((model.tool, store[0], model.name), (path, model))
    return found


def _changes(old: Model | None, new: Model | None) -> Iterator[Change]:
    """The columns that come, go or become something else, where both versions say so plainly."""
    if any(one is not None and one.quiet for one in (old, new)):
        return
    if old is not None and new is not None and old.bases != new.bases:
        return  # columns may have moved to or from a base
    mine = {field.name: field for field in old.fields} if old else {}
    theirs = {field.name: field for field in new.fields} if new else {}
    for name in sorted(mine.keys() | theirs.keys()):
        was, becomes = mine.get(name), theirs.get(name)
        if not all(one is None or one.is_column for one in (was, becomes)):
            continue
        if was is None:
            yield "adds", name
        elif becomes is None:
            yield "removes", name
        elif was.style == becomes.style and was.digest != becomes.digest:
            yield "changes", name
