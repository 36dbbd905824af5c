"""The definitions in which two versions of a file differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from gate.cache.database import FactsCache
from gate.cache.source_facts import SourceFacts
from gate.git import hunks
from gate.languages import registry
from gate.languages.base.definitions_at import definitions_at

if TYPE_CHECKING:
    from types import TracebackType

    from gate.git.objects import Objects
    from gate.git.repository import Repository


class Edits:
    """Compares versions of files, through the facts kept of them."""

    def __init__(self, repository: Repository, objects: Objects) -> None:
        self._cache = FactsCache(repository.common_dir)
        self._objects = objects
        self._facts = SourceFacts(objects, self._cache, jobs=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._facts.save()
        self._cache.__exit__(kind, error, trace)

    def between(self, old: str, new: str, path: str) -> tuple[str, ...] | None:
        """Return the definitions that differ between two blobs, sorted; None for a file that is not read."""
        if not registry.language(path):
            return None
        before, after = (self._facts.text(blob) for blob in (old, new))
        facts = [self._facts.facts(blob, path) for blob in (old, new)]
        if any(version.parse != "full" for version in facts):
            return None
        removed, added = hunks.changed_lines(after, before), hunks.changed_lines(before, after)
        return tuple(sorted(definitions_at(facts[0], removed) | definitions_at(facts[1], added)))
