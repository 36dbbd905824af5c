"""What blobs say: kept answers first, the others read now, over several processes when there are many."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from gate.errors import GitFailed
from gate.languages.registry import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gate.cache.database import FactsCache
    from gate.git.objects import Objects

TOO_LARGE = "it has more than 1 MB"
"""Why such a file is not read; the only reason that can be true of a merge alone without being its fault."""
_MANY = 1 << 21
"""Bytes of text from which several processes pay for being started: about a second's reading."""
_PORTION = 64

Named = tuple[str, str]
"""A blob, and the form in which it is read: the ending of its path, the form of its data, a migration system."""
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Way(Generic[F]):
    """How blobs are read: functions of a module, so that other processes can be given them.

    `decode` brings back what was kept, `extractor` says what a form's answers are kept under, `unreadable` answers,
    with the reason, for a blob that cannot be read.
    """

    decode: Callable[[bytes], F]
    extractor: Callable[[str], str]
    read: Callable[[str, bytes], F]
    unreadable: Callable[[str], F]


class Blobs(Generic[F]):
    """Answers by blob and form. `jobs` is how many processes may read at once."""

    def __init__(self, objects: Objects, cache: FactsCache, way: Way[F], jobs: int = 1) -> None:
        self._objects = objects
        self._cache = cache
        self._way = way
        self._jobs = jobs
        self._facts: dict[Named, F] = {}
        self._read: dict[Named, bytes] = {}

    def get(self, key: Named) -> F:
        """What one blob says."""
        if key not in self._facts:
            self.load_all([key])
        return self._facts[key]

    def load_all(self, wanted: Iterable[Named]) -> None:
        """Have the answers of these at hand."""
        by_extractor: dict[str, list[Named]] = {}
        for key in dict.fromkeys(wanted):
            if key not in self._facts:
                by_extractor.setdefault(self._way.extractor(key[1]), []).append(key)
        for extractor, keys in by_extractor.items():
            kept = self._cache.get(extractor, (blob for blob, _ in keys))
            missing = [key for key in keys if not self._take(key, kept.get(key[0]))]
            self._read_now(missing)

    def text(self, blob: str) -> bytes:
        """A blob as it is; nothing of one that is damaged or too large to be read."""
        return content(self._objects, blob) or b""

    def save(self) -> None:
        """Keep what was read."""
        by_extractor: dict[str, dict[str, bytes]] = {}
        for (blob, form), content in self._read.items():
            by_extractor.setdefault(self._way.extractor(form), {})[blob] = content
        for extractor, facts in by_extractor.items():
            self._cache.put(extractor, facts)
        self._read.clear()

    def _take(self, key: Named, content: bytes | None) -> bool:
        if content is None:
            return False
        try:
            self._facts[key] = self._way.decode(content)
        except msgspec.MsgspecError:
            return False
        return True

    def _read_now(self, keys: Sequence[Named]) -> None:
        texts: list[tuple[Named, bytes]] = []
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

    def _content(self, key: Named) -> bytes | None:
        try:
            content = self._objects.blob(key[0], LARGEST)
            why = TOO_LARGE if content is not None or self._objects.info(key[0]) else "it is missing"
        except GitFailed:
            content, why = None, "it is damaged"
        if content is None:
            self._facts[key] = self._way.unreadable(why)
        return content


def content(objects: Objects, blob: str) -> bytes | None:
    """A blob as it is; None where there is none, or it is missing, damaged, or too large to be written by people."""
    try:
        return objects.blob(blob, LARGEST) if blob else None
    except GitFailed:
        return None


def _encoded(read: Callable[[str, bytes], F], form: str, content: bytes) -> bytes:
    return msgspec.msgpack.encode(read(form, content))


def _read_portion(
    read: Callable[[str, bytes], bytes], portion: list[tuple[Named, bytes]]
) -> list[tuple[Named, bytes]]:
    return [(key, read(key[1], content)) for key, content in portion]


def _over_processes(
    read: Callable[[str, bytes], bytes], texts: Sequence[tuple[Named, bytes]], jobs: int
) -> Iterator[tuple[Named, bytes]]:
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
