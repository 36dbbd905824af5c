"""Uses that only the whole plan breaks: fine where their stream lands alone, fine in every pair, broken in the
rehearsal.

The uses looked at are the new ones that depend on what another stream of the plan changes, in the rehearsed state.
What fails there is narrowed, by real merges, to the fewest streams that break it; where those are two, the pair's own
comparison has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.model.facts import NotChecked
from gate.model.git import Clean
from gate.model.names import Cause, Place, SetBrokenUse
from gate.model.words import counted
from gate.names.minimise import smallest
from gate.names.set_candidates import candidates, file_and_folder
from gate.names.set_merges import SetMerges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gate.model.names import BrokenUse
    from gate.model.plan import Rehearsal
    from gate.names.analysis import NameAnalysis
    from gate.names.set_candidates import SetCandidate
    from gate.names.set_merges import MergedSet


def find_broken_sets(
    analysis: NameAnalysis, base: Clean, landed: Mapping[str, Clean], rehearsal: Rehearsal
) -> tuple[tuple[SetBrokenUse, ...], tuple[NotChecked, ...]]:
    """Return what only three or more streams of the plan break, and what there was no time to narrow down.

    `base` is the state that all streams land on, `landed` has their landed states by name.
    """
    order = [step.branch for step in rehearsal.steps if isinstance(step.merge, Clean)]
    if len(order) < 3 or not _may_meet(analysis, order):
        return (), ()
    merges = SetMerges(analysis, base, landed)
    broken_sets, unsettled = _narrow_all(analysis, merges, order, merges.whole_plan(order, rehearsal.tree))
    if not unsettled:
        return broken_sets, ()
    what = f"{counted(unsettled, 'use')} that the whole plan may break"
    return broken_sets, (NotChecked(what, merges.why),)


def _may_meet(analysis: NameAnalysis, order: Sequence[str]) -> bool:
    pairs = (*analysis.affected_uses, *analysis.members.pairs())
    return any({*order}.issuperset(pair) for pair in pairs)


def _narrow_all(
    analysis: NameAnalysis, merges: SetMerges, order: Sequence[str], whole: MergedSet
) -> tuple[tuple[SetBrokenUse, ...], int]:
    """Return the sets, and the number of uses whose set was not found for want of merges."""
    broken_sets: dict[tuple[object, ...], SetBrokenUse] = {}
    unsettled = 0
    for candidate in candidates(analysis, order, whole):
        broken_set = _Narrowing(candidate, analysis, merges, order).result()
        if broken_set is not None:
            use = broken_set.use
            broken_sets.setdefault((broken_set.branches, use.use_place.path, use.changed_name), broken_set)
        elif merges.why:
            unsettled += 1
    return tuple(sorted(broken_sets.values(), key=repr)), unsettled


@dataclass(frozen=True, slots=True)
class _Narrowing:
    """The search for the fewest streams behind one failing use."""

    candidate: SetCandidate
    analysis: NameAnalysis
    merges: SetMerges
    order: Sequence[str]

    def result(self) -> SetBrokenUse | None:
        """Return the smallest set; None where one stream is enough, or a pair of the set explains it."""
        consumer = self.candidate.consumer
        if any(self._failure([name]) is not None for name in self.candidate.near):
            return None
        others = [name for name in self.order if name != consumer]
        narrowed = smallest(others, self.candidate.near, self._failure)
        if narrowed is None or len(narrowed[0]) < 2 or self.merges.why:
            return None
        producers, use = narrowed
        causes = tuple(self._cause(name, producers) for name in producers)
        names = {_last_part(use.changed_name), *(_last_part(cause.changed_name) for cause in causes)}
        if self._is_of_pair(producers, names):
            return None
        members = {consumer, *producers}
        return SetBrokenUse(tuple(name for name in self.order if name in members), use, causes)

    def _failure(self, producers: Sequence[str]) -> BrokenUse | None:
        without, whole = self._merged_sets(producers)
        if without is None or whole is None:
            return None
        return self.candidate.failure(producers, without, whole)

    def _merged_sets(self, producers: Sequence[str]) -> tuple[MergedSet | None, MergedSet | None]:
        """Return the producers merged without the consumer, and with it."""
        with_consumer = (*producers, self.candidate.consumer)
        return self.merges.merged_set(producers), self.merges.merged_set(with_consumer)

    def _cause(self, producer: str, producers: Sequence[str]) -> Cause:
        """Return what one producer does; where no name tells, the file it changes that is nearest to the use."""
        without, whole = self._merged_sets(producers)
        _, fixed = self._merged_sets([name for name in producers if name != producer])
        assert without is not None
        assert whole is not None
        cause = self.candidate.cause(producer, fixed, without, whole) if fixed is not None else None
        changed_blobs = self.analysis.changes[producer].changed_blobs
        if cause is not None and cause.place.path in changed_blobs:
            return cause
        near = (
            path
            for path in sorted(changed_blobs)
            if not self.candidate.files.isdisjoint(file_and_folder(path))
        )
        return Cause(producer, Place(next(near, min(changed_blobs))))

    def _is_of_pair(self, producers: Sequence[str], names: set[str]) -> bool:
        """Return whether two of the producers break one of these names between them, which is the root of it."""
        return any(
            {use.producer, use.consumer} <= {*producers} and _last_part(use.changed_name) in names
            for use in self.analysis.facts.broken_uses
        )


def _last_part(name: str) -> str:
    return name.rpartition(".")[2]
