"""New uses that fail once the whole plan has landed, and how to ask each of them of a smaller set of streams."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from gate.model.names import Cause, Place
from gate.names.broken_uses import broken_uses, with_new_doubt
from gate.names.meeting import resolve_use
from gate.names.states import MergedFiles
from gate.names.stream_changes import ComparedSide
from gate.names.unknown_members import UnknownMembers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence, Set

    from gate.model.names import BrokenUse
    from gate.names.analysis import NameAnalysis
    from gate.names.meeting import ResolvedUse
    from gate.names.set_merges import MergedSet


class SetCandidate(Protocol):
    """A consumer's use that fails once the whole plan has landed."""

    @property
    def consumer(self) -> str:
        """The stream that starts the use."""

    @property
    def near(self) -> tuple[str, ...]:
        """The streams that may be behind the failure."""

    @property
    def files(self) -> Set[str]:
        """The files and folders (with a slash at the end) that the use depends on."""

    def failure(self, producers: Sequence[str], without: MergedSet, whole: MergedSet) -> BrokenUse | None:
        """Return the failure in `whole`, the merge of the producers and the consumer, which `without` lacks."""

    def cause(self, producer: str, fixed: MergedSet, without: MergedSet, whole: MergedSet) -> Cause | None:
        """Return what one producer does to the use, which works in `fixed`: the whole without that producer."""


def candidates(analysis: NameAnalysis, order: Sequence[str], whole: MergedSet) -> list[SetCandidate]:
    """Return the uses that fail in `whole`, where the streams of `order` have landed."""
    return [*_uses(analysis, order, whole), *_members(analysis, order, whole)]


def file_and_folder(path: str) -> tuple[str, str]:
    """Return a file and its folder, as the dependencies of names are written."""
    return path, f"{path.rpartition('/')[0]}/"


@dataclass(frozen=True, slots=True)
class _UseCandidate:
    """A use that is resolved."""

    analysis: NameAnalysis
    consumer: str
    near: tuple[str, ...]
    files: Set[str]
    use: ResolvedUse

    def failure(self, producers: Sequence[str], without: MergedSet, whole: MergedSet) -> BrokenUse | None:
        del producers
        producer = ComparedSide(without.changes, without.state)
        return next(self._broken(producer, whole, self.use), None)

    def cause(self, producer: str, fixed: MergedSet, without: MergedSet, whole: MergedSet) -> Cause | None:
        path = fixed.changes.new_path(self.use.path)
        use = resolve_use(fixed.state, path, self.use.use)
        if use is None:
            return None
        side = ComparedSide(self.analysis.changes[producer], without.state)
        return next((_cause(producer, broken) for broken in self._broken(side, whole, use)), None)

    def _broken(self, producer: ComparedSide, whole: MergedSet, use: ResolvedUse) -> Iterator[BrokenUse]:
        return broken_uses(producer, self.analysis.changes[self.consumer], whole.state, [use])


def _cause(producer: str, broken: BrokenUse) -> Cause:
    return Cause(producer, broken.change_place, broken.changed_name, broken.successor, broken.change)


def _uses(analysis: NameAnalysis, order: Sequence[str], whole: MergedSet) -> Iterator[_UseCandidate]:
    """Yield the uses that depend on what others of the plan change and fail when all of it has landed."""
    for consumer in order:
        affected = {
            (resolved.path, resolved.use.key): resolved
            for producer in order
            for resolved in analysis.affected_uses.get((producer, consumer), ())
        }
        for resolved in affected.values():
            path = whole.changes.new_path(resolved.path)
            answer, dependencies = whole.state.answer_with_dependencies(path, resolved.use)
            if with_new_doubt(resolved.answer, answer).fails:
                files = {file for file, _ in (*resolved.dependencies, *dependencies)} | {resolved.path}
                near = _near(analysis, order, consumer, files)
                yield _UseCandidate(analysis, consumer, near, files, resolved)


def _near(
    analysis: NameAnalysis, order: Sequence[str], consumer: str, files: Collection[str]
) -> tuple[str, ...]:
    """Return the streams that change one of these files, or add and remove files in one of these folders."""
    return tuple(
        name
        for name in order
        if name != consumer
        and any(
            place in files for path in analysis.changes[name].changed_blobs for place in file_and_folder(path)
        )
    )


@dataclass(frozen=True, slots=True)
class _MemberCandidate:
    """A member of an unknown value."""

    analysis: NameAnalysis
    consumer: str
    near: tuple[str, ...]
    name: str

    @property
    def files(self) -> Set[str]:
        members_of_sides = self.analysis.members.changed_members.values()
        return {members[self.name].path for members in members_of_sides if self.name in members}

    def failure(self, producers: Sequence[str], without: MergedSet, whole: MergedSet) -> BrokenUse | None:
        del without
        broken = (
            use
            for producer in producers
            for use in _broken_members(self.analysis, (producer, self.consumer), whole)
        )
        wanted = (self.consumer, f".{self.name}")
        return next((use for use in broken if (use.consumer, use.name) == wanted), None)

    def cause(self, producer: str, fixed: MergedSet, without: MergedSet, whole: MergedSet) -> Cause | None:
        del fixed, without, whole
        member = self.analysis.members.changed_members[producer].get(self.name)
        if member is None:
            return None
        path = self.analysis.changes[producer].new_path(member.path)
        return Cause(
            producer, Place(path, member.new.line if member.new is not None else None), member.old.path
        )


def _members(analysis: NameAnalysis, order: Sequence[str], whole: MergedSet) -> Iterator[_MemberCandidate]:
    members = analysis.members
    names: dict[tuple[str, str], None] = {}
    for pair in members.pairs():
        if {*order}.issuperset(pair):
            broken = _broken_members(analysis, pair, whole)
            names |= dict.fromkeys((use.consumer, use.name.removeprefix(".")) for use in broken)
    for consumer, name in names:
        near = tuple(side for side in order if side != consumer and name in members.changed_members[side])
        yield _MemberCandidate(analysis, consumer, near, name)


def _broken_members(analysis: NameAnalysis, pair: tuple[str, str], whole: MergedSet) -> Iterator[BrokenUse]:
    files = MergedFiles(whole.changes.changed_blobs)
    return UnknownMembers(analysis.members, analysis.states, analysis.changes).broken_uses(pair, files)
