"""What migrations do, by blob, kept between runs."""

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

Steps = tuple[Operation, ...]
Texts = blob_facts.BlobFacts[Steps]
"""Operations by blob and system."""


def reader(objects: Objects, cache: FactsCache, jobs: int) -> Texts:
    """Reads operations; `jobs` is how many processes may do so at once."""
    return Texts(objects, cache, _WAY, jobs)


def placed(deltas: Iterable[Delta], streams: Iterable[StreamFacts]) -> list[Delta]:
    """The same with the migrations that stand beside what names them (Drizzle's) where their SQL does."""
    files = {one.name: one.files for one in streams}

    def at(node: Node, own: Mapping[str, str]) -> Node:
        path = tool(node.tool).statements_path(node.path, own)
        return replace(node, path=path, blob=own[path]) if path else node

    return [
        replace(delta, added=tuple(at(node, files.get(delta.stream, {})) for node in delta.added))
        for delta in deltas
    ]


def unread(deltas: Sequence[Delta]) -> Iterator[NotChecked]:
    """Yield the migrations whose operations are not compared, in one note a reason.

    Of a tool whose code is not read, that is said where several streams bring migrations of it.
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


def steps(deltas: Iterable[Delta], known: Iterable[Node], texts: Texts) -> dict[tuple[str, str], Steps]:
    """The operations of migrations that streams add, by path and blob: what the target has is never read."""
    there = {node.key for node in known}
    fresh = [
        node
        for delta in deltas
        for node in delta.added
        if node.key not in there and reading.is_read(node.tool, node.path)
    ]
    texts.load_all((node.blob, node.tool) for node in fresh)
    return {(node.path, node.blob): texts.get((node.blob, node.tool)) for node in fresh}


def _extractor(name: str) -> str:
    return kept_as(*reading.form(name))


def _unreadable(why: str) -> Steps:
    return (unread_text(why),)


def _decode(content: bytes) -> Steps:
    return _DECODER.decode(content)


_DECODER: msgspec.msgpack.Decoder[Steps] = msgspec.msgpack.Decoder(Steps)
_WAY: blob_facts.BlobReader[Steps] = blob_facts.BlobReader(_decode, _extractor, reading.read, _unreadable)
