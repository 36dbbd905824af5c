"""Data files that both sides change: merged text that cannot be read any more, or that repeats a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages import registry
from gate.languages.base.merged_file import MergedFile
from gate.model.names import BrokenText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.source import FileFacts
    from gate.names.source import BlobSource
    from gate.names.states import MergedFiles
    from gate.names.stream_changes import StreamChanges


def shared_data(first: StreamChanges, second: StreamChanges) -> list[str]:
    """Return the data files that both sides change, each in its own way, and keep."""
    return sorted(
        path
        for path, blob in first.changed_blobs.items()
        if blob and second.changed_blobs.get(path) not in (None, "", blob) and registry.form(path)
    )


def broken_data(
    blobs: BlobSource, first: StreamChanges, second: StreamChanges, files: MergedFiles
) -> Iterator[BrokenText]:
    """Yield what is wrong with the merged data files of two sides, where each side's version is right.

    The sides' versions are read only where something is wrong with the merged one.
    """
    for path in _merged_data(first, second, files):
        merged = blobs.data(files.blobs[path], path)
        if not _may_be_broken(merged):
            continue
        sides = _sides(blobs, first, second, path)
        if all(side.parse == "full" for side in sides):
            yield from _broken_texts(MergedFile(first.name, second.name, path, merged, sides))


def oversized_data(
    blobs: BlobSource, first: StreamChanges, second: StreamChanges, files: MergedFiles
) -> Iterator[str]:
    """Yield the paths of data files that are not compared, as the merged one or a side's is too large to be read."""
    for path in _merged_data(first, second, files):
        merged = blobs.data(files.blobs[path], path)
        versions = (merged, *_sides(blobs, first, second, path)) if _may_be_broken(merged) else (merged,)
        if any(version.why == registry.TOO_LARGE for version in versions):
            yield path


def _merged_data(first: StreamChanges, second: StreamChanges, files: MergedFiles) -> Iterator[str]:
    """Yield the data files of both sides that merge without conflict."""
    for path in shared_data(first, second):
        if files.blobs.get(path) and path not in files.unsettled:
            yield path


def _may_be_broken(merged: FileFacts) -> bool:
    return merged.why != registry.TOO_LARGE and (merged.parse != "full" or bool(merged.repeated))


def _sides(
    blobs: BlobSource, first: StreamChanges, second: StreamChanges, path: str
) -> tuple[FileFacts, FileFacts]:
    return blobs.data(first.changed_blobs[path], path), blobs.data(second.changed_blobs[path], path)


def _broken_texts(file: MergedFile) -> Iterator[BrokenText]:
    if file.merged.parse == "none":
        yield BrokenText(file.first, file.second, file.path, file.merged.why)
        return
    repeated_before = {key for side in file.sides for key, _ in side.repeated}
    for key, line in dict(reversed(file.merged.repeated)).items():
        if key not in repeated_before:
            lines = (_line(file.sides[0], key), _line(file.sides[1], key))
            why = f"line {line} repeats the key"
            yield BrokenText(file.first, file.second, file.path, why, key, lines)


def _line(side: FileFacts, key: str) -> int | None:
    """Return the line of a key, where there is only one of it."""
    lines = [definition.line for definition in side.definitions if definition.path == key]
    return lines[0] if len(lines) == 1 else None
