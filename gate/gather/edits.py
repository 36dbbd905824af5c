"""Which definitions of a file an edit touches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from gate import source
from gate.gather.names.sources import Sources
from gate.git import hunks
from gate.git.facts_cache import FactsCache

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.model.git import Lines
    from gate.model.source import Definition, FileFacts

ELSEWHERE = "lines outside of any definition"
_HOLDERS = ("function", "class", "variable", "type", "enum", "namespace")


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
        if not source.family(path):
            return None
        before, after = (self._sources.text(blob) for blob in (old, new))
        facts = [self._sources.of(blob, path) for blob in (old, new)]
        if any(one.parse != "full" for one in facts):
            return None
        sides = (hunks.changed_lines(after, before), hunks.changed_lines(before, after))
        return tuple(
            sorted({name for one, lines in zip(facts, sides, strict=True) for name in touched(one, lines)})
        )


def touched(facts: FileFacts, lines: Iterable[Lines]) -> set[str]:
    """The innermost definitions that hold these lines, as `Class.method`; `ELSEWHERE` for lines that none holds."""
    held = [one for one in facts.definitions if one.kind in _HOLDERS]
    found = set()
    for part in lines:
        first, last = min(part.start, part.end), max(part.start, part.end)
        around = [one for one in held if one.line <= last and first <= one.end_line]
        inner = [one for one in around if not any(_within(other, one) for other in around)]
        found |= {f"{one.scope}.{one.name}" if one.scope else one.name for one in inner} or {ELSEWHERE}
    return found


def _within(one: Definition, other: Definition) -> bool:
    own, outer = (one.line, one.end_line), (other.line, other.end_line)
    return own != outer and outer[0] <= own[0] and own[1] <= outer[1]
