"""The facts of source files, by blob."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gate.cache import blob_facts
from gate.git import hunks
from gate.languages import registry
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.cache.database import FactsCache
    from gate.git.objects import Objects


def _read(form: str, content: bytes) -> FileFacts:
    return registry.reader(form).read(content, form)


def _unreadable(why: str) -> FileFacts:
    return FileFacts("none", why)


_READER = blob_facts.BlobReader(
    msgspec.msgpack.Decoder(FileFacts).decode, registry.extractor, _read, _unreadable
)


class SourceFacts(blob_facts.BlobFacts[FileFacts]):
    """Facts of source, manifest and data files by blob. `jobs` is how many processes may read at once."""

    def __init__(self, objects: Objects, cache: FactsCache, jobs: int) -> None:
        super().__init__(objects, cache, _READER, jobs)

    def keep_in(self, cache: FactsCache) -> None:
        """Keep what is read from now on in another cache."""
        self._cache = cache

    def facts(self, blob: str, path: str) -> FileFacts:
        """Return the facts of a source file or manifest; its path says who reads it."""
        return self.get((blob, registry.ending(path)))

    def data(self, blob: str, path: str) -> FileFacts:
        """Return the facts of a file read as data; its path has one of the data formats."""
        return self.get((blob, registry.form(path)))

    def imports(self, blob: str, form: str) -> FileFacts:
        """Return the facts of a file with nothing but its imports; `form` is its language's `imports_form`."""
        return self.get((blob, form))

    def load(self, versions: Iterable[tuple[str, str]]) -> None:
        """Prepare the facts of these (blob, path)."""
        self.load_all((blob, registry.ending(path)) for blob, path in versions)

    def load_imports(self, forms: Iterable[tuple[str, str]]) -> None:
        """Prepare the imports of these (blob, form)."""
        self.load_all(forms)

    def lines(self, blob: str) -> list[str]:
        """Return the lines of a blob as git counts them, each with its newline."""
        return hunks.lines_of(self.text(blob))

    def added_lines(self, old: str, new: str) -> dict[int, str]:
        """Return the lines of the new blob that the old one ("" for none) lacks, by their number."""
        after = self._objects.blob(new, hunks.LARGEST) or b""
        before = self._objects.blob(old, hunks.LARGEST) if old else b""
        if before is None:
            return {}
        lines = hunks.lines_of(after)
        ranges = hunks.changed_lines(before, after)
        return {number: lines[number - 1] for span in ranges for number in range(span.start, span.end + 1)}
