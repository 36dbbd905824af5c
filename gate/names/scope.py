"""Whether names have to be compared at all, and which changed files nobody reads names of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.facts import NotChecked
from gate.model.words import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def can_meet(paths_of_sides: Iterable[Collection[str]]) -> bool:
    """Return whether a source file changes, or one data file on two sides."""
    counts = Counter(path for paths in paths_of_sides for path in {*paths})
    return any(
        registry.language(path) or (count > 1 and registry.form(path)) for path, count in counts.items()
    )


def unread_languages(paths: Iterable[str]) -> tuple[NotChecked, ...]:
    """Return a note for each language of changed files whose names nobody reads."""
    counts = Counter(
        (registry.unread(path), registry.needs_extra(path)) for path in {*paths} if registry.unread(path)
    )
    return tuple(
        NotChecked(
            f"names in {counted(count, 'changed file')}",
            f"{language} is not read for names",
            hint="install `git-gate[langs]`" if extra else "",
        )
        for (language, extra), count in sorted(counts.items())
    )
