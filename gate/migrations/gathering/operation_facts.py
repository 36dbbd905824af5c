"""Operations of migrations by blob, kept between runs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from gate.cache import blob_facts
from gate.languages.registry import kept_as
from gate.migrations.operations import reading
from gate.migrations.tools import tool
from gate.model.facts import NotChecked, NotCheckedKind
from gate.model.operations import Operation
from gate.model.operations import unread as unread_text
from gate.model.words import counted, series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.cache.database import FactsCache
    from gate.git.objects import Objects
    from gate.model.facts import StreamFacts
    from gate.model.migrations import Delta, Node

Operations = tuple[Operation, ...]
OperationTexts = blob_facts.BlobFacts[Operations]
"""Operations by blob and tool."""


def operation_texts(objects: Objects, cache: FactsCache, jobs: int) -> OperationTexts:
    """Return a reader of operations; `jobs` is how many processes may read at once."""
    return OperationTexts(objects, cache, _READER, jobs)


def with_statements(deltas: Iterable[Delta], streams: Iterable[StreamFacts]) -> list[Delta]:
    """Return the deltas with each migration at the file that has its statements, where that is another one."""
    files = {stream.name: stream.files for stream in streams}

    def at(node: Node, blobs: Mapping[str, str]) -> Node:
        path = tool(node.tool).statements_path(node.path, blobs)
        return replace(node, path=path, blob=blobs[path]) if path else node

    return [
        replace(delta, added=tuple(at(node, files.get(delta.stream, {})) for node in delta.added))
        for delta in deltas
    ]


def unread(deltas: Sequence[Delta]) -> Iterator[NotChecked]:
    """Yield the migrations whose operations are not compared, in one note a reason.

    A tool whose code is not read is reported where several streams bring migrations of it.
    """
    streams: defaultdict[str, set[str]] = defaultdict(set)
    foreign: defaultdict[str, set[str]] = defaultdict(set)
    lacking: set[str] = set()
    for delta in deltas:
        for node in delta.added:
            streams[node.tool].add(delta.stream)
            if not reading.is_read(node.tool, node.path):
                foreign[node.tool].add(node.path)
            elif reading.needs_extra(node.tool):
                lacking.add(node.path)
    shared = {name: paths for name, paths in foreign.items() if len(streams[name]) > 1}
    if shared:
        titles = series(sorted(tool(name).title for name in shared), most=len(shared))
        what = f"operations of {counted(sum(map(len, shared.values())), 'migration')}"
        yield NotChecked(what, f"code of {titles} is not read for them", kind=NotCheckedKind.OPERATIONS)
    if lacking and any(len(names) > 1 for names in streams.values()):
        yield NotChecked(
            f"operations of {counted(len(lacking), 'SQL migration')}",
            "SQL is read by its words alone",
            hint="install `git-gate[sql]`",
            kind=NotCheckedKind.OPERATIONS,
        )


def operations(
    deltas: Iterable[Delta], target: Iterable[Node], texts: OperationTexts
) -> dict[tuple[str, str], Operations]:
    """Return the operations of migrations that streams add, by path and blob: what the target has is never read."""
    existing = {node.key for node in target}
    fresh = [
        node
        for delta in deltas
        for node in delta.added
        if node.key not in existing and reading.is_read(node.tool, node.path)
    ]
    texts.load_all((node.blob, node.tool) for node in fresh)
    return {(node.path, node.blob): texts.get((node.blob, node.tool)) for node in fresh}


def _extractor(name: str) -> str:
    return kept_as(*reading.form(name))


def _unreadable(why: str) -> Operations:
    return (unread_text(why),)


def _decode(content: bytes) -> Operations:
    return _DECODER.decode(content)


_DECODER: msgspec.msgpack.Decoder[Operations] = msgspec.msgpack.Decoder(Operations)
_READER: blob_facts.BlobReader[Operations] = blob_facts.BlobReader(
    _decode, _extractor, reading.read, _unreadable
)
