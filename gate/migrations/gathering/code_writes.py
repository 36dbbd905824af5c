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
    """By stream, what it adds that inserts into one of these tables, which are named as `table_key` has them."""
    if not tables:
        return {}
    return {one.name: tuple(_of(objects, one, tables)) for one in streams}


def _of(objects: Objects, stream: StreamFacts, tables: Collection[str]) -> Iterator[Write]:
    for change in (routed.change for routed in stream.changes):
        path = change.path
        if not inserts.may_have(path) or any(tool.folder(path) is not None for tool in tools()):
            continue
        new = _content(objects, change.new_blob) if change.new_mode in FILES else b""
        found = [one for one in inserts.read(new) if table_key(one.table) in tables]
        if found:
            yield from _fresh(objects, change, new, found)


def _fresh(objects: Objects, change: Change, new: bytes, found: Sequence[Operation]) -> Iterator[Write]:
    """Those with a line that the stream writes."""
    old = _content(objects, change.old_blob)
    written = [span for span in hunks.changed_lines(old, new) if span.start <= span.end]
    for one in found:
        last = one.line + one.text.count("\n")
        if any(span.start <= last and one.line <= span.end for span in written):
            yield Write(change.path, change.new_blob, one)


def _content(objects: Objects, blob: str) -> bytes:
    return content(objects, blob) or b""
