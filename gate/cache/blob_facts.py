"""Facts of blobs: kept ones first, the others read now, over several processes when there are many."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from gate.errors import GitFailed
from gate.languages.registry import LARGEST, TOO_LARGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gate.cache.database import FactsCache
    from gate.git.objects import Objects

_MANY = 1 << 21
"""Bytes of text from which several processes pay for being started: about a second's reading."""
_PORTION = 64

BlobKey = tuple[str, str]
"""A blob, and the form in which it is read: the ending of its path, its data format, or a migration tool."""
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class BlobReader(Generic[F]):
    """The functions that read blobs. All belong to a module, so that other processes can import them.

    `decode` restores kept facts, `extractor` names what a form's facts are kept under, `read` takes a form and a
    content, and `unreadable` makes the facts of a blob that cannot be read, from the reason.
    """

    decode: Callable[[bytes], F]
    extractor: Callable[[str], str]
    read: Callable[[str, bytes], F]
    unreadable: Callable[[str], F]


class BlobFacts(Generic[F]):
    """Facts by blob and form. `jobs` is the number of processes that may read at once."""

    def __init__(self, objects: Objects, cache: FactsCache, way: BlobReader[F], jobs: int = 1) -> None:
        self._objects = objects
        self._cache = cache
        self._way = way
        self._jobs = jobs
        self._facts: dict[BlobKey, F] = {}
        self._read: dict[BlobKey, bytes] = {}

    def get(self, key: BlobKey) -> F:
        """Return the facts of one blob."""
        if key not in self._facts:
            self.load_all([key])
        return self._facts[key]

    def load_all(self, wanted: Iterable[BlobKey]) -> None:
        """Load or read the facts of these blobs, in few questions to the store and to git."""
        by_extractor: dict[str, list[BlobKey]] = {}
        for key in dict.fromkeys(wanted):
            if key not in self._facts:
                by_extractor.setdefault(self._way.extractor(key[1]), []).append(key)
        for extractor, keys in by_extractor.items():
            kept = self._cache.get(extractor, (blob for blob, _ in keys))
            missing = [key for key in keys if not self._take(key, kept.get(key[0]))]
            self._read_now(missing)

    def text(self, blob: str) -> bytes:
        """Return a blob's content; b"" for one that is damaged or too large to be read."""
        return content(self._objects, blob) or b""

    def save(self) -> None:
        """Keep the facts that were read in this run."""
        by_extractor: dict[str, dict[str, bytes]] = {}
        for (blob, form), content in self._read.items():
            by_extractor.setdefault(self._way.extractor(form), {})[blob] = content
        for extractor, facts in by_extractor.items():
            self._cache.put(extractor, facts)
        self._read.clear()

    def _take(self, key: BlobKey, content: bytes | None) -> bool:
        if content is None:
            return False
        try:
            self._facts[key] = self._way.decode(content)
        except msgspec.MsgspecError:
            return False
        return True

    def _read_now(self, keys: Sequence[BlobKey]) -> None:
        texts: list[tuple[BlobKey, bytes]] = []
        for key in keys:
            content = self._content(key)
            if content is not None:
                texts.append((key, content))
        read = partial(_encoded, self._way.read)
        if self._jobs > 1 and sum(len(content) for _, content in texts) > _MANY:
            answers = _over_processes(read, texts, self._jobs)
        else:
            answers = ((key, read(key[1], content)) for key, content in texts)
        for key, encoded in answers:
            self._facts[key] = self._way.decode(encoded)
            self._read[key] = encoded

    def _content(self, key: BlobKey) -> bytes | None:
        try:
            content = self._objects.blob(key[0], LARGEST)
            why = TOO_LARGE if content is not None or self._objects.info(key[0]) else "it is missing"
        except GitFailed:
            content, why = None, "it is damaged"
        if content is None:
            self._facts[key] = self._way.unreadable(why)
        return content


def content(objects: Objects, blob: str) -> bytes | None:
    """Return a blob's content; None where there is none, or it is missing, damaged or too large."""
    try:
        return objects.blob(blob, LARGEST) if blob else None
    except GitFailed:
        return None


def _encoded(read: Callable[[str, bytes], F], form: str, content: bytes) -> bytes:
    return msgspec.msgpack.encode(read(form, content))


def _read_portion(
    read: Callable[[str, bytes], bytes], portion: list[tuple[BlobKey, bytes]]
) -> list[tuple[BlobKey, bytes]]:
    return [(key, read(key[1], content)) for key, content in portion]


def _over_processes(
    read: Callable[[str, bytes], bytes], texts: Sequence[tuple[BlobKey, bytes]], jobs: int
) -> Iterator[tuple[BlobKey, bytes]]:
    # Loaded here: few runs read so much, and every one would pay for it.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    portions = [list(texts[start : start + _PORTION]) for start in range(0, len(texts), _PORTION)]
    way = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    try:
        with ProcessPoolExecutor(min(jobs, len(portions)), mp_context=way) as pool:
            for answers in pool.map(partial(_read_portion, read), portions):
                yield from answers
    except (BrokenProcessPool, OSError):
        for portion in portions:
            yield from _read_portion(read, portion)
