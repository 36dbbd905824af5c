"""Fresh uses that fail once the whole plan has landed, and how to ask each of them of a smaller set of streams."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from gate.model.names import Cause, Place
from gate.names.broken_uses import broken, since
from gate.names.meeting import rested
from gate.names.unknown_members import lost

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from gate.model.names import BrokenUse
    from gate.names.meeting import Rest
    from gate.names.result import Known
    from gate.names.set_merges import Trial


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

    def fails(self, others: Trial, whole: Trial, producers: Sequence[str]) -> BrokenUse | None:
        """How it fails in `whole`, where it is only the consumer that `others` lack."""

    def cause(self, producer: str, without: Trial, others: Trial, whole: Trial) -> Cause | None:
        """What one producer does to it: it works in `without`, the whole set but for this stream."""


def candidates(known: Known, order: Sequence[str], whole: Trial) -> list[Candidate]:
    """The uses that fail in `whole`, where the streams of `order` have landed."""
    return [*_uses(known, order, whole), *_members(known, order, whole)]


def around(path: str) -> tuple[str, str]:
    """A file and its folder, as what names rest on is written."""
    return path, f"{path.rpartition('/')[0]}/"


@dataclass(frozen=True, slots=True)
class _Use:
    """A use that is resolved."""

    known: Known
    consumer: str
    near: tuple[str, ...]
    rests_on: Set[str]
    rest: Rest

    def fails(self, others: Trial, whole: Trial, producers: Sequence[str]) -> BrokenUse | None:
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
        return next(
            (Cause(producer, one.change_place, one.changed_name, one.successor, one.change) for one in found),
            None,
        )


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
            said, dependencies = whole.state.answer_with_dependencies(path, rest.use)
            if since(rest.answer, said).fails:
                paths = {dependency for dependency, _ in (*rest.dependencies, *dependencies)} | {rest.path}
                yield _Use(known, consumer, _near(known, order, consumer, paths), paths, rest)


def _near(known: Known, order: Sequence[str], consumer: str, paths: Set[str]) -> tuple[str, ...]:
    """The streams that change one of these files, or come and go in one of these folders."""
    near = (name for name in order if name != consumer)
    return tuple(
        name for name in near if not all(paths.isdisjoint(around(path)) for path in known.works[name].over)
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

    def fails(self, others: Trial, whole: Trial, producers: Sequence[str]) -> BrokenUse | None:
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
