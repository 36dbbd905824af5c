"""Models whose columns a stream changes, where nothing it brings migrates them (M-OP-11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gate.model.operations import ModelChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.model.operations import Model

Change = tuple[Literal["adds", "removes", "changes"], str]
"""What is done to a column, and its name."""


@dataclass(frozen=True, slots=True)
class StreamModels:
    """The models of the files that one stream changes: `before` on the target, `after` once it has landed, by path.

    `stores` gives the migrations a model's file belongs to: (tool, path) to (name, whether the stream, or one it is
    built on, touches them); files without migrations are left out.
    """

    stream: str
    before: Mapping[str, Sequence[Model]]
    after: Mapping[str, Sequence[Model]]
    stores: Mapping[tuple[str, str], tuple[str, bool]]


def unmigrated(streams: Sequence[StreamModels]) -> tuple[ModelChange, ...]:
    """Return the changes of each stream, by stream, store and model."""
    ordered = sorted(streams, key=lambda models: models.stream)
    return tuple(change for models in ordered for change in _of(models))


def _of(models: StreamModels) -> Iterator[ModelChange]:
    before = _by_name(models, models.before)
    after = _by_name(models, models.after)
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        located = new or old
        changes = tuple(_changes(old[1] if old else None, new[1] if new else None))
        if located is not None and changes:
            path, model = located
            lines = {field.name: field.line for field in model.fields}
            line = next((lines[name] for _, name in changes if name in lines), model.line)
            yield ModelChange(models.stream, key[0], key[1], model.name, path, line, changes)


def _by_name(
    models: StreamModels, files: Mapping[str, Sequence[Model]]
) -> dict[tuple[str, str, str], tuple[str, Model]]:
    """Return the models of stores that the stream does not touch, with their paths, by tool, store and class.

    A class may move between files.
    """
    by_name: dict[tuple[str, str, str], tuple[str, Model]] = {}
    for path, classes in sorted(files.items()):
        for model in classes:
            store = models.stores.get((model.tool, path))
            if store is not None and not store[1]:
                by_name.setdefault((model.tool, store[0], model.name), (path, model))
    return by_name


def _changes(old: Model | None, new: Model | None) -> Iterator[Change]:
    """Yield the columns that are added, removed or changed, where both versions say so plainly."""
    if any(model is not None and model.quiet for model in (old, new)):
        return
    if old is not None and new is not None and old.bases != new.bases:
        return  # columns may have moved to or from a base
    old_fields = {field.name: field for field in old.fields} if old else {}
    new_fields = {field.name: field for field in new.fields} if new else {}
    for name in sorted(old_fields.keys() | new_fields.keys()):
        before, after = old_fields.get(name), new_fields.get(name)
        if not all(field is None or field.is_column for field in (before, after)):
            continue
        if before is None:
            yield "adds", name
        elif after is None:
            yield "removes", name
        elif before.style == after.style and before.digest != after.digest:
            yield "changes", name
