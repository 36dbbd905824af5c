"""What streams' ordinary code inserts into tables, in the lines they add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.cache.blob_facts import content
from gate.git import hunks
from gate.migrations.operations import inserts
from gate.migrations.operations.code_inserts import Write
from gate.migrations.operations.rules import table_key
from gate.migrations.tools import tools
from gate.model.git import FILES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from gate.git.objects import Objects
    from gate.model.facts import StreamFacts
    from gate.model.git import Change
    from gate.model.operations import Operation


def added(
    objects: Objects, streams: Sequence[StreamFacts], tables: Collection[str]
) -> dict[str, tuple[Write, ...]]:
    """Return, by stream, what it adds that inserts into one of these tables, which `table_key` names."""
    if not tables:
        return {}
    return {stream.name: tuple(_of(objects, stream, tables)) for stream in streams}


def _of(objects: Objects, stream: StreamFacts, tables: Collection[str]) -> Iterator[Write]:
    for change in (routed.change for routed in stream.changes):
        path = change.path
        if not inserts.may_have(path) or any(tool.folder(path) is not None for tool in tools()):
            continue
        text = _content(objects, change.new_blob) if change.new_mode in FILES else b""
        operations = [operation for operation in inserts.read(text) if table_key(operation.table) in tables]
        if operations:
            yield from _written(objects, change, text, operations)


def _written(
    objects: Objects, change: Change, text: bytes, operations: Sequence[Operation]
) -> Iterator[Write]:
    """Yield the inserts of a new text with a line that the stream writes."""
    old = _content(objects, change.old_blob)
    spans = [span for span in hunks.changed_lines(old, text) if span.start <= span.end]
    for operation in operations:
        last = operation.line + operation.text.count("\n")
        if any(span.start <= last and operation.line <= span.end for span in spans):
            yield Write(change.path, change.new_blob, operation)


def _content(objects: Objects, blob: str) -> bytes:
    return content(objects, blob) or b""
