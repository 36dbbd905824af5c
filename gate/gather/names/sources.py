"""The facts of blobs: kept ones first, the others read now, over several processes when there are many."""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

import msgspec

from gate import source
from gate.errors import GitFailed
from gate.git import hunks
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.git.facts_cache import FactsCache
    from gate.git.objects import Objects

_MANY = 1 << 21
"""Bytes of text from which several processes pay for being started: about a second's reading."""
_PORTION = 64
_IMPORTS = "imports:"
TOO_LARGE = "it has more than 1 MB"
"""Why such a file is not read; the only reason that can be true of a merge alone without being its fault."""

Named = tuple[str, str]
"""A blob, and the ending of the path it lies at, or the form of its data."""


class Sources:
    """Facts by blob. `jobs` is how many processes may read at once."""

    def __init__(self, objects: Objects, cache: FactsCache, jobs: int) -> None:
        self._objects = objects
        self._cache = cache
        self._jobs = jobs
        self.too_large: set[str] = set()
        """Data files that were asked for and not read."""
        self._decoder = msgspec.msgpack.Decoder(FileFacts)
        self._facts: dict[Named, FileFacts] = {}
        self._read: dict[Named, bytes] = {}

    def use(self, cache: FactsCache) -> None:
        """Keep what is read from here on in this one."""
        self._cache = cache

    def of(self, blob: str, path: str) -> FileFacts:
        """The facts of one blob."""
        key = (blob, source.ending(path))
        if key not in self._facts:
            self.load([(blob, path)])
        return self._facts[key]

    def data(self, blob: str, path: str) -> FileFacts:
        """What one blob says when it is read as data; its path is one that has a form."""
        key = (blob, source.form(path))
        self._load([key])
        if self._facts[key].why == TOO_LARGE:
            self.too_large.add(path)
        return self._facts[key]

    def imports(self, blob: str) -> FileFacts:
        """What the Python file says it imports, and nothing else; of many, best after `load_imports`."""
        self.load_imports((blob,))
        return self._facts[blob, _IMPORTS]

    def load_imports(self, blobs: Iterable[str]) -> None:
        """Have what these Python files import at hand."""
        self._load((blob, _IMPORTS) for blob in blobs)

    def load(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Have the facts of these (blob, path) at hand."""
        self._load((blob, source.ending(path)) for blob, path in wanted)

    def _load(self, wanted: Iterable[Named]) -> None:
        by_extractor: dict[str, list[Named]] = {}
        for key in dict.fromkeys(wanted):
            if key not in self._facts:
                by_extractor.setdefault(source.extractor(key[1]), []).append(key)
        for extractor, keys in by_extractor.items():
            kept = self._cache.get(extractor, (blob for blob, _ in keys))
            missing = [key for key in keys if not self._take(key, kept.get(key[0]))]
            self._read_now(missing)

    def text(self, blob: str) -> bytes:
        """A blob as it is; nothing of one that is damaged or too large to be read for names."""
        try:
            return (self._objects.blob(blob, source.LARGEST) if blob else None) or b""
        except GitFailed:
            return b""

    def added(self, old: str, new: str) -> dict[int, str]:
        """The lines of the new blob that the old one ("" for none) lacks, by their number."""
        after = self._objects.blob(new, hunks.LARGEST) or b""
        before = self._objects.blob(old, hunks.LARGEST) if old else b""
        if before is None:
            return {}
        lines = hunks.lines_of(after)
        ranges = hunks.changed_lines(before, after)
        return {at: lines[at - 1] for one in ranges for at in range(one.start, one.end + 1)}

    def save(self) -> None:
        """Keep what was read."""
        by_extractor: dict[str, dict[str, bytes]] = {}
        for (blob, ending), content in self._read.items():
            by_extractor.setdefault(source.extractor(ending), {})[blob] = content
        for extractor, facts in by_extractor.items():
            self._cache.put(extractor, facts)
        self._read.clear()

    def _take(self, key: Named, content: bytes | None) -> bool:
        if content is None:
            return False
        try:
            self._facts[key] = self._decoder.decode(content)
        except msgspec.MsgspecError:
            return False
        return True

    def _read_now(self, keys: Sequence[Named]) -> None:
        texts: list[tuple[Named, bytes]] = []
        for key in keys:
            content = self._content(key)
            if content is not None:
                texts.append((key, content))
        if self._jobs > 1 and sum(len(content) for _, content in texts) > _MANY:
            answers = _over_processes(texts, self._jobs)
        else:
            answers = ((key, _read(key[1], content)) for key, content in texts)
        for key, encoded in answers:
            self._facts[key] = self._decoder.decode(encoded)
            self._read[key] = encoded

    def _content(self, key: Named) -> bytes | None:
        why = TOO_LARGE
        try:
            content = self._objects.blob(key[0], source.LARGEST)
        except GitFailed:
            content, why = None, "it is damaged"
        if content is None:
            self._facts[key] = FileFacts("none", why)
        return content


def _read(ending: str, content: bytes) -> bytes:
    return msgspec.msgpack.encode(source.reader(ending).read(content, ending))


def _read_portion(portion: list[tuple[Named, bytes]]) -> list[tuple[Named, bytes]]:
    return [(key, _read(key[1], content)) for key, content in portion]


def _over_processes(texts: Sequence[tuple[Named, bytes]], jobs: int) -> Iterator[tuple[Named, bytes]]:
    portions = [list(texts[start : start + _PORTION]) for start in range(0, len(texts), _PORTION)]
    way = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    try:
        with ProcessPoolExecutor(min(jobs, len(portions)), mp_context=way) as pool:
            for answers in pool.map(_read_portion, portions):
                yield from answers
    except (BrokenProcessPool, OSError):
        for portion in portions:
            yield from _read_portion(portion)
