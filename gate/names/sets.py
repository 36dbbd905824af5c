"""Uses that only the whole plan breaks: fine where their stream lands alone, fine in every pair, gone in the rehearsal.

Asked in the rehearsed state are the fresh uses that rest on what another stream of the plan changes. What fails there
is narrowed, by real merges, to the fewest streams that break it; where those are two, it is the pair's own matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.cache.database import FactsCache
from gate.model.facts import NotChecked
from gate.model.git import Clean
from gate.model.names import Cause, Place, SetBrokenUse
from gate.model.words import counted
from gate.names.minimise import smallest
from gate.names.set_candidates import around, candidates
from gate.names.set_merges import Trials

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gate.git.merges import Merger
    from gate.model.git import Target
    from gate.model.names import BrokenUse
    from gate.model.plan import Rehearsal
    from gate.names.result import Known
    from gate.names.set_candidates import Candidate
    from gate.names.set_merges import Trial


def together(
    known: Known, merger: Merger, target: Target, landed: Mapping[str, Clean], rehearsal: Rehearsal
) -> tuple[tuple[SetBrokenUse, ...], tuple[NotChecked, ...]]:
    """What only three or more streams of the plan break, and what there was no time to narrow down."""
    order = [step.branch for step in rehearsal.steps if isinstance(step.merge, Clean)]
    if len(order) < 3 or not _may_meet(known, order):
        return (), ()
    with FactsCache(known.folder) as cache:
        known.world.sources.use(cache)
        trials = Trials(known, merger, target, landed)
        found, unsettled = _narrowed(known, trials, order, trials.made(order, rehearsal.tree))
        known.world.sources.save()
    if not unsettled:
        return found, ()
    what = f"{counted(unsettled, 'use')} that the whole plan may break"
    return found, (NotChecked(what, trials.why),)


def _may_meet(known: Known, order: Sequence[str]) -> bool:
    landing = set(order)
    return any(landing.issuperset(pair) for pair in (*known.met, *known.members.meeting()))


def _narrowed(
    known: Known, trials: Trials, order: Sequence[str], whole: Trial
) -> tuple[tuple[SetBrokenUse, ...], int]:
    found: dict[tuple[object, ...], SetBrokenUse] = {}
    unsettled = 0
    for one in candidates(known, order, whole):
        broke = _Narrowing(one, known, trials, order).result()
        if broke is not None:
            found.setdefault((broke.branches, broke.use.use_place.path, broke.use.changed_name), broke)
        elif trials.why:
            unsettled += 1
    return tuple(sorted(found.values(), key=repr)), unsettled


@dataclass(frozen=True, slots=True)
class _Narrowing:
    """The search for the fewest streams behind one failing use."""

    one: Candidate
    known: Known
    trials: Trials
    order: Sequence[str]

    def result(self) -> SetBrokenUse | None:
        others = [name for name in self.order if name != self.one.consumer]
        if any(self._fails([name]) is not None for name in self.one.near):
            return None
        narrowed = smallest(others, self.one.near, self._fails)
        if narrowed is None or len(narrowed[0]) < 2 or self.trials.why:
            return None
        producers, use = narrowed
        members = {self.one.consumer, *producers}
        causes = tuple(self._cause(name, producers) for name in producers)
        if self._is_told(
            producers, {_short(use.changed_name), *(_short(cause.changed_name) for cause in causes)}
        ):
            return None
        return SetBrokenUse(tuple(name for name in self.order if name in members), use, causes)

    def _fails(self, producers: Sequence[str]) -> BrokenUse | None:
        others, whole = self._trial(producers)
        if others is None or whole is None:
            return None
        return self.one.fails(others, whole, producers)

    def _trial(self, producers: Sequence[str]) -> tuple[Trial | None, Trial | None]:
        return self.trials.of(producers), self.trials.of((*producers, self.one.consumer))

    def _cause(self, producer: str, producers: Sequence[str]) -> Cause:
        """What one of them does; where no name tells, the file it changes that is nearest to the use."""
        others, whole = self._trial(producers)
        _, without = self._trial([name for name in producers if name != producer])
        assert others is not None
        assert whole is not None
        found = self.one.cause(producer, without, others, whole) if without is not None else None
        over = self.known.works[producer].over
        if found is not None and found.place.path in over:
            return found
        near = [path for path in sorted(over) if not self.one.rests_on.isdisjoint(around(path))]
        return Cause(producer, Place(near[0] if near else min(over)))

    def _is_told(self, producers: Sequence[str], names: set[str]) -> bool:
        """Whether two of them break one of these names between them, which is the root of it."""
        return any(
            {told.producer, told.consumer} <= {*producers} and _short(told.changed_name) in names
            for told in self.known.found.broken_uses
        )


def _short(name: str) -> str:
    return name.rpartition(".")[2]
