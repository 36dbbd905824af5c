"""The facts of source files, by blob."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gate.cache import blob_facts
from gate.cache.blob_facts import TOO_LARGE
from gate.git import hunks
from gate.languages import registry
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.cache.database import FactsCache
    from gate.git.objects import Objects

__all__ = ["TOO_LARGE", "Sources"]


def _read(form: str, content: bytes) -> FileFacts:
    return registry.reader(form).read(content, form)


def _unreadable(why: str) -> FileFacts:
    return FileFacts("none", why)


_WAY = blob_facts.BlobReader(
    msgspec.msgpack.Decoder(FileFacts).decode, registry.extractor, _read, _unreadable
)


class Sources(blob_facts.BlobFacts[FileFacts]):
    """Facts by blob. `jobs` is how many processes may read at once."""

    def __init__(self, objects: Objects, cache: FactsCache, jobs: int) -> None:
        super().__init__(objects, cache, _WAY, jobs)
        self.too_large: set[str] = set()
        """Data files that were asked for and not read."""

    def use(self, cache: FactsCache) -> None:
        """Keep what is read from here on in this one."""
        self._cache = cache

    def of(self, blob: str, path: str) -> FileFacts:
        """The facts of one blob."""
        return self.get((blob, registry.ending(path)))

    def data(self, blob: str, path: str) -> FileFacts:
        """What one blob says when it is read as data; its path is one that has a form."""
        found = self.get((blob, registry.form(path)))
        if found.why == TOO_LARGE:
            self.too_large.add(path)
        return found

    def imports(self, blob: str, form: str) -> FileFacts:
        """What a file imports, and nothing else, as its language reads it by `ModuleLoading.imports_form`.

        Of many files, best after `load_imports`.
        """
        return self.get((blob, form))

    def load_imports(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Have what files import at hand, by (blob, form)."""
        self.load_all(wanted)

    def load(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Have the facts of these (blob, path) at hand."""
        self.load_all((blob, registry.ending(path)) for blob, path in wanted)

    def added(self, old: str, new: str) -> dict[int, str]:
        """The lines of the new blob that the old one ("" for none) lacks, by their number."""
        after = self._objects.blob(new, hunks.LARGEST) or b""
        before = self._objects.blob(old, hunks.LARGEST) if old else b""
        if before is None:
            return {}
        lines = hunks.lines_of(after)
        ranges = hunks.changed_lines(before, after)
        return {at: lines[at - 1] for one in ranges for at in range(one.start, one.end + 1)}
