"""The definitions that hold the text an agent is about to replace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gate.git.process import encode
from gate.languages import registry
from gate.languages.base.definitions_at import definitions_at
from gate.model.git import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.cli.agents.scene import Scene
    from gate.model.source import FileFacts

_LARGEST = 1 << 20


def edited(here: Scene, path: str, olds: Sequence[str]) -> set[str] | None:
    """Return the definitions of a file of the worktree that hold these texts; None when they are unknown."""
    try:
        file = Path(here.seen.top, path)
        content = file.read_bytes() if olds and file.stat().st_size <= _LARGEST else b""
    except OSError:
        return None
    pieces = [encode(old) for old in olds]
    if not content or not registry.language(path) or any(content.count(piece) != 1 for piece in pieces):
        return None
    starts = [content.find(piece) for piece in pieces]
    lines = [_lines(content, at, at + len(piece)) for at, piece in zip(starts, pieces, strict=True)]
    facts = _facts(here, content, path)
    return definitions_at(facts, lines) if facts.parse == "full" else None


def _lines(content: bytes, start: int, end: int) -> Lines:
    """The lines between two offsets; a newline at the very end belongs to the line it ends."""
    first = content.count(b"\n", 0, start) + 1
    return Lines(first, max(first, content.count(b"\n", 0, end - 1) + 1))


def _facts(here: Scene, content: bytes, path: str) -> FileFacts:
    """Return the facts of the file: kept ones, or those read now, which are kept."""
    import hashlib

    import msgspec

    from gate.cache.database import FactsCache
    from gate.model.source import FileFacts

    form = hashlib.sha256 if _long(here.seen.refs) else hashlib.sha1
    blob = form(b"blob %d\0%s" % (len(content), content)).hexdigest()
    end = registry.ending(path)
    with FactsCache(here.seen.common_dir) as cache:
        extractor = here.activity.extractors.get(end) or registry.extractor(end)
        kept = cache.get(extractor, [blob]).get(blob)
        try:
            return msgspec.msgpack.decode(kept or b"", type=FileFacts)
        except msgspec.MsgspecError:
            facts = registry.reader(end).read(content, end)
            cache.put(extractor, {blob: msgspec.msgpack.encode(facts)})
            return facts


def _long(refs: bytes) -> bool:
    """Return whether object ids have 64 digits."""
    return len(refs.split(b"\0", 2)[1]) == 64
