"""What migrations do, by blob, kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gate.gather import blobs
from gate.model.operations import Operation
from gate.source import kept_as, operations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.git.facts_cache import FactsCache
    from gate.git.objects import Objects
    from gate.model.migrations import Delta, Node

Steps = tuple[Operation, ...]
Texts = blobs.Blobs[Steps]
"""Operations by blob and system."""


def reader(objects: Objects, cache: FactsCache, jobs: int) -> Texts:
    """Reads operations; `jobs` is how many processes may do so at once."""
    return Texts(objects, cache, _WAY, jobs)


def steps(deltas: Iterable[Delta], known: Iterable[Node], texts: Texts) -> dict[tuple[str, str], Steps]:
    """The operations of migrations that streams add, by path and blob: what the target has is never read."""
    there = {node.key for node in known}
    fresh = [node for delta in deltas for node in delta.added if node.key not in there]
    texts.load_all((node.blob, node.system) for node in fresh)
    return {(node.path, node.blob): texts.get((node.blob, node.system)) for node in fresh}


def _extractor(name: str) -> str:
    return kept_as(*operations.form(name))


def _unreadable(why: str) -> Steps:
    return (operations.unread(why),)


def _decode(content: bytes) -> Steps:
    return _DECODER.decode(content)


_DECODER: msgspec.msgpack.Decoder[Steps] = msgspec.msgpack.Decoder(Steps)
_WAY: blobs.Way[Steps] = blobs.Way(_decode, _extractor, operations.read, _unreadable)
