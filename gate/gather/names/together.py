"""Uses that only the whole plan breaks: fine where their stream lands alone, fine in every pair, gone in the rehearsal.

Asked in the rehearsed state are the fresh uses that rest on what another stream of the plan changes. What fails there
is narrowed, by real merges, to the fewest streams that break it; where those are two, it is the pair's own matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from gate.gather.names.broken import broken, since
from gate.gather.names.join import rested
from gate.gather.names.lost import lost
from gate.gather.names.trials import MOST_MERGES, Trials
from gate.gather.narrowing import smallest
from gate.git.facts_cache import FactsCache
from gate.model.facts import NotChecked
from gate.model.git import Clean
from gate.model.names import Cause, Place, SetBroken
from gate.model.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

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

    @property
    def rests_on(self) -> Set[str]:
        """The files and folders it rests on."""

    def fails(self, others: Trial, whole: Trial, producers: Sequence[str]) -> Broken | None:
        """How it fails in `whole`, where it is only the consumer that `others` lack."""

    def cause(self, producer: str, without: Trial, others: Trial, whole: Trial) -> Cause | None:
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
            found.setdefault((broke.branches, broke.use.used.path, broke.use.lost), broke)
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
        producers, use = narrowed
        members = {self.one.consumer, *producers}
        causes = tuple(self._cause(name, producers) for name in producers)
        if self._is_told(producers, {_short(use.lost), *(_short(cause.lost) for cause in causes)}):
            return None
        return SetBroken(tuple(name for name in self.order if name in members), use, causes)

    def _fails(self, producers: Sequence[str]) -> Broken | None:
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
        near = [path for path in sorted(over) if not self.one.rests_on.isdisjoint(_around(path))]
        return Cause(producer, Place(near[0] if near else min(over)))

    def _is_told(self, producers: Sequence[str], names: set[str]) -> bool:
        """Whether two of them break one of these names between them, which is the root of it."""
        return any(
            {told.producer, told.consumer} <= {*producers} and _short(told.lost) in names
            for told in self.known.found.broken
        )


def _around(path: str) -> tuple[str, str]:
    """A file and its folder, as what names rest on is written."""
    return path, f"{path.rpartition('/')[0]}/"


def _short(name: str) -> str:
    return name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class _Use:
    """A use that is resolved."""

    known: Known
    consumer: str
    near: tuple[str, ...]
    rests_on: Set[str]
    rest: Rest

    def fails(self, others: Trial, whole: Trial, producers: Sequence[str]) -> Broken | None:
        del producers
        consumer = self.known.works[self.consumer]
        return next(broken(others.work, consumer, others.state, whole.state, [self.rest]), None)

    def cause(self, producer: str, without: Trial, others: Trial, whole: Trial) -> Cause | None:
        works = self.known.works
        path = without.work.new_paths.get(self.rest.path, self.rest.path)
        rest = rested(without.state, path, self.rest.use)
        if rest is None:
            return None
        found = broken(works[producer], works[self.consumer], others.state, whole.state, [rest])
        return next((Cause(producer, one.changed, one.lost, one.became, one.how) for one in found), None)


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
                yield _Use(known, consumer, _near(known, order, consumer, paths), paths, rest)


def _near(known: Known, order: Sequence[str], consumer: str, paths: Set[str]) -> tuple[str, ...]:
    """The streams that change one of these files, or come and go in one of these folders."""
    near = (name for name in order if name != consumer)
    return tuple(
        name for name in near if not all(paths.isdisjoint(_around(path)) for path in known.works[name].over)
    )


@dataclass(frozen=True, slots=True)
class _Member:
    """A member of an unknown value."""

    known: Known
    consumer: str
    near: tuple[str, ...]
    name: str

    @property
    def rests_on(self) -> Set[str]:
        return {gone[self.name].path for gone in self.known.members.gone.values() if self.name in gone}

    def fails(self, others: Trial, whole: Trial, producers: Sequence[str]) -> Broken | None:
        del others
        known = self.known
        for producer in producers:
            for one in lost(
                known.members, known.world, known.works, (producer, self.consumer), whole.work.over
            ):
                if (one.consumer, one.name) == (self.consumer, f".{self.name}"):
                    return one
        return None

    def cause(self, producer: str, without: Trial, others: Trial, whole: Trial) -> Cause | None:
        del without, others, whole
        gone = self.known.members.gone[producer].get(self.name)
        if gone is None:
            return None
        path = self.known.works[producer].new_paths.get(gone.path, gone.path)
        return Cause(producer, Place(path, gone.new.line if gone.new is not None else None), gone.old.path)


def _members(known: Known, order: Sequence[str], whole: Trial) -> Iterator[_Member]:
    found, works, landing = known.members, known.works, set(order)
    names: dict[tuple[str, str], None] = {}
    for pair in found.meeting():
        if landing.issuperset(pair):
            broke = lost(found, known.world, works, pair, whole.work.over)
            names |= dict.fromkeys((one.consumer, one.name.removeprefix(".")) for one in broke)
    for consumer, name in names:
        near = tuple(each for each in order if each != consumer and name in found.gone[each])
        yield _Member(known, consumer, near, name)
