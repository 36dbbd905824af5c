"""Names across streams: what merges cleanly and breaks."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.facts import NotChecked
from gate.model.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gate.git.merges import Merger
    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.model.facts import PairFacts, StreamFacts
    from gate.model.git import Target
    from gate.names.result import Known


def gather_names(
    repository: Repository,
    merger: Merger,
    objects: Objects,
    target: Target,
    streams: Sequence[StreamFacts],
    pairs: Sequence[PairFacts],
    *,
    cached: bool = True,
    jobs: int = 0,
) -> tuple[Known | None, tuple[PairFacts, ...], tuple[NotChecked, ...]]:
    """What is known, the pairs merged (those given, and those that only meet in a name), and what was not read.

    Nothing is known where no two streams can meet. `jobs` 0 stands for as many processes as there are processors.
    """
    landed = [one for one in streams if one.landed is not None]
    unread = _languages(landed)
    if len(landed) < 2 or not _can_meet(landed):
        return None, tuple(pairs), unread
    # Loaded here: streams that change no file that is read should not pay for it.
    from gate.cache.database import FactsCache
    from gate.names.facts import Sources
    from gate.names.pairs import judge

    folder = repository.common_dir if cached else None
    with FactsCache(folder) as cache:
        sources = Sources(objects, cache, jobs or os.cpu_count() or 1)
        known, merged, notes = judge(repository, merger, sources, target, landed, pairs)
        sources.save()
    return replace(known, folder=folder), merged, (*unread, *notes)


def _can_meet(landed: Sequence[StreamFacts]) -> bool:
    """Whether a source file changes, or one data file on two streams."""
    counts = Counter(path for one in landed for path in set(_paths(one)))
    return any(
        registry.language(path) or (count > 1 and registry.form(path)) for path, count in counts.items()
    )


def _paths(one: StreamFacts) -> Iterable[str]:
    return (path for routed in one.changes for path in routed.change.paths)


def _languages(landed: Sequence[StreamFacts]) -> tuple[NotChecked, ...]:
    """Changed files of languages whose names are not known, a line for each language."""
    counts = Counter(
        (registry.unread(path), registry.needs_extra(path))
        for path in {path for one in landed for path in _paths(one)}
        if registry.unread(path)
    )
    return tuple(
        NotChecked(
            f"names in {counted(count, 'changed file')}",
            f"{language} is not read for names",
            hint="install `git-gate[langs]`" if extra else "",
        )
        for (language, extra), count in sorted(counts.items())
    )
