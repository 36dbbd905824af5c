"""Which definitions of a file an edit touches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from gate.cache.database import FactsCache
from gate.git import hunks
from gate.languages import registry
from gate.languages.base.definitions_at import definitions_at
from gate.names.facts import Sources

if TYPE_CHECKING:
    from types import TracebackType

    from gate.git.objects import Objects
    from gate.git.repository import Repository


class Edits:
    """Reads versions of files, through the facts kept of them."""

    def __init__(self, repository: Repository, objects: Objects) -> None:
        self._cache = FactsCache(repository.common_dir)
        self._objects = objects
        self._sources = Sources(objects, self._cache, jobs=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sources.save()
        self._cache.__exit__(kind, error, trace)

    def between(self, old: str, new: str, path: str) -> tuple[str, ...] | None:
        """The definitions that differ between two blobs; None for a file that is not read."""
        if not registry.language(path):
            return None
        before, after = (self._sources.text(blob) for blob in (old, new))
        facts = [self._sources.of(blob, path) for blob in (old, new)]
        if any(one.parse != "full" for one in facts):
            return None
        sides = (hunks.changed_lines(after, before), hunks.changed_lines(before, after))
        return tuple(
            sorted(
                {name for one, lines in zip(facts, sides, strict=True) for name in definitions_at(one, lines)}
            )
        )
