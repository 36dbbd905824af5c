"""Uses that only the whole plan breaks: fine where their stream lands alone, fine in every pair, gone in the rehearsal.

Asked in the rehearsed state are the fresh uses that rest on what another stream of the plan changes. What fails there
is narrowed, by real merges, to the fewest streams that break it; where those are two, it is the pair's own matter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from gate.gather.names.broken import broken, since
from gate.gather.names.join import rested
from gate.gather.names.lost import lost
from gate.gather.names.trials import MOST_MERGES, Trials
from gate.gather.narrowing import smallest
from gate.git.facts_cache import FactsCache
from gate.model.facts import NotChecked
from gate.model.git import Clean
from gate.model.names import Place, SetBroken
from gate.model.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.gather.names.join import Rest
    from gate.gather.names.known import Known
    from gate.gather.names.trials import Trial
    from gate.git.merges import Merger
    from gate.model.git import Target
    from gate.model.names import Broken
    from gate.model.plan import Rehearsal


class Candidate(Protocol):
    """A consumer's use that fails once the whole plan has landed."""

    @property
    def consumer(self) -> str:
        """The stream that starts to use it."""

    @property
    def near(self) -> tuple[str, ...]:
        """The streams that may be behind it."""

    def fails(self, others: Trial, whole: Trial, producers: Sequence[str]) -> Broken | None:
        """How it fails in `whole`, where it is only the consumer that `others` lack."""

    def part(self, producer: str, without: Trial, others: Trial, whole: Trial) -> Broken | None:
        """What one producer does to it: it works in `without`, the whole set but for this stream."""


def together(
    known: Known, merger: Merger, target: Target, landed: Mapping[str, Clean], rehearsal: Rehearsal
) -> tuple[tuple[SetBroken, ...], tuple[NotChecked, ...]]:
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
    return found, (NotChecked(what, f"it takes more than {MOST_MERGES} merges"),)


def _may_meet(known: Known, order: Sequence[str]) -> bool:
    landing = set(order)
    return any(landing.issuperset(pair) for pair in (*known.met, *known.members.meeting()))


def _narrowed(
    known: Known, trials: Trials, order: Sequence[str], whole: Trial
) -> tuple[tuple[SetBroken, ...], int]:
    found: dict[tuple[object, ...], SetBroken] = {}
    unsettled = 0
    candidates: list[Candidate] = [*_uses(known, order, whole), *_members(known, order, whole)]
    for one in candidates:
        broke = _Narrowing(one, known, trials, order).result()
        if broke is not None:
            part = broke.parts[0]
            found.setdefault((broke.branches, part.used.path, part.lost), broke)
        elif trials.spent:
            unsettled += 1
    return tuple(sorted(found.values(), key=repr)), unsettled


@dataclass(frozen=True, slots=True)
class _Narrowing:
    """The search for the fewest streams behind one failing use."""

    one: Candidate
    known: Known
    trials: Trials
    order: Sequence[str]

    def result(self) -> SetBroken | None:
        others = [name for name in self.order if name != self.one.consumer]
        if any(self._fails([name]) is not None for name in self.one.near):
            return None
        narrowed = smallest(others, self.one.near, self._fails)
        if narrowed is None or len(narrowed[0]) < 2 or self.trials.spent:
            return None
        producers, proof = narrowed
        members = {self.one.consumer, *producers}
        parts = tuple(self._part(name, producers, proof) for name in producers)
        if self._is_told(members, parts):
            return None
        return SetBroken(tuple(name for name in self.order if name in members), parts)

    def _fails(self, producers: Sequence[str]) -> Broken | None:
        others, whole = self._trial(producers)
        if others is None or whole is None:
            return None
        return self.one.fails(others, whole, producers)

    def _trial(self, producers: Sequence[str]) -> tuple[Trial | None, Trial | None]:
        return self.trials.of(producers), self.trials.of((*producers, self.one.consumer))

    def _part(self, producer: str, producers: Sequence[str], proof: Broken) -> Broken:
        """What one of them does; where that cannot be told apart, what all of them do, at a file of its own."""
        others, whole = self._trial(producers)
        rest = [name for name in producers if name != producer]
        _, without = self._trial(rest)
        assert others is not None
        assert whole is not None
        found = self.one.part(producer, without, others, whole) if without is not None else None
        if found is not None:
            return replace(found, producer=producer, used=proof.used)
        work = self.known.works[producer]
        path = proof.changed.path if proof.changed.path in work.over else min(work.over, default="")
        return replace(proof, producer=producer, changed=Place(path), became="", how="")

    def _is_told(self, members: set[str], parts: Sequence[Broken]) -> bool:
        """Whether a pair of them is told of the same name already."""
        names = {_short(part.lost) for part in parts}
        return any(
            {told.producer, told.consumer} <= members and _short(told.lost) in names
            for told in self.known.found.broken
        )


def _short(name: str) -> str:
    return name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class _Use:
    """A use that is resolved."""

    known: Known
    consumer: str
    near: tuple[str, ...]
    rest: Rest

    def fails(self, others: Trial, whole: Trial, producers: Sequence[str]) -> Broken | None:
        del producers
        consumer = self.known.works[self.consumer]
        return next(broken(others.work, consumer, others.state, whole.state, [self.rest]), None)

    def part(self, producer: str, without: Trial, others: Trial, whole: Trial) -> Broken | None:
        works = self.known.works
        path = without.work.new_paths.get(self.rest.path, self.rest.path)
        rest = rested(without.state, path, self.rest.use)
        if rest is None:
            return None
        return next(broken(works[producer], works[self.consumer], others.state, whole.state, [rest]), None)


def _uses(known: Known, order: Sequence[str], whole: Trial) -> Iterator[_Use]:
    """The uses that rest on what others of the plan change and fail when all of it has landed."""
    moved = whole.work.new_paths
    for consumer in order:
        rests = {
            (rest.path, rest.use.key): rest
            for producer in order
            for rest in known.met.get((producer, consumer), ())
        }
        for rest in rests.values():
            path = moved.get(rest.path, rest.path)
            said, hops = whole.state.traced(path, rest.use)
            if since(rest.answer, said).fails:
                paths = {hop for hop, _ in (*rest.hops, *hops)} | {rest.path}
                yield _Use(known, consumer, _near(known, order, consumer, paths), rest)


def _near(known: Known, order: Sequence[str], consumer: str, paths: set[str]) -> tuple[str, ...]:
    """The streams that change one of these files, or come and go in one of these folders."""
    return tuple(
        name
        for name in order
        if name != consumer
        and not paths.isdisjoint(
            each for path in known.works[name].over for each in (path, f"{path.rpartition('/')[0]}/")
        )
    )


@dataclass(frozen=True, slots=True)
class _Member:
    """A member of an unknown value."""

    known: Known
    consumer: str
    near: tuple[str, ...]
    name: str

    def fails(self, others: Trial, whole: Trial, producers: Sequence[str]) -> Broken | None:
        del others
        each = (self._lost(producer, whole) for producer in producers)
        return next((one for one in each if one is not None), None)

    def part(self, producer: str, without: Trial, others: Trial, whole: Trial) -> Broken | None:
        del without, others
        return self._lost(producer, whole)

    def _lost(self, producer: str, whole: Trial) -> Broken | None:
        known = self.known
        found = lost(known.members, known.world, known.works, (producer, self.consumer), whole.work.over)
        fits = (one for one in found if (one.consumer, one.name) == (self.consumer, f".{self.name}"))
        return next(fits, None)


def _members(known: Known, order: Sequence[str], whole: Trial) -> Iterator[_Member]:
    found = known.members
    landing = set(order)
    for producer, consumer in found.meeting():
        if not landing.issuperset((producer, consumer)):
            continue
        for one in lost(found, known.world, known.works, (producer, consumer), whole.work.over):
            if one.consumer == consumer:
                name = one.name.removeprefix(".")
                near = tuple(each for each in order if each != consumer and name in found.gone[each])
                yield _Member(known, consumer, near, name)
