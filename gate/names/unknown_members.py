"""Members of unknown values that nothing provides any more, or whose only definition no longer takes the call.

No class is looked for. The word itself must be gone from every file of the merged state but those with the new use,
or stand in one definition that every other call fits: whatever else may have such a member, a library's type included,
keeps it silent. What is left is likely, never certain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.languages.base.changes import successor_of
from gate.model.names import BrokenUse, Place
from gate.names.merged_word import MergedWord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.model.source import Call, Definition
    from gate.names.member_index import ChangedMember, MemberIndex, MemberUse
    from gate.names.states import MergedFiles, States
    from gate.names.stream_changes import StreamChanges


@dataclass(frozen=True, slots=True)
class UnknownMembers:
    """The uses of members that sides break for one another; `changes` by side."""

    index: MemberIndex
    states: States
    changes: Mapping[str, StreamChanges]

    def broken_uses(self, pair: tuple[str, str], files: MergedFiles) -> Iterator[BrokenUse]:
        """Yield what either side of a pair breaks of the other's uses in the merged files.

        Nothing is known of files in conflict.
        """
        for producer, consumer in (pair, pair[::-1]):
            for name in sorted(self.index.shared_names(producer, consumer)):
                member, uses = self.index.changed_members[producer][name], self.index.uses[consumer][name]
                if not {member.path, *(use.path for use in uses)}.isdisjoint(files.unsettled):
                    continue
                meeting = _Meeting(self.changes[producer], self.changes[consumer], member, uses)
                yield from self._broken_uses(name, meeting, files)

    def _broken_uses(self, name: str, meeting: _Meeting, files: MergedFiles) -> Iterator[BrokenUse]:
        language = registry.language(meeting.member.path)
        if language is None:
            return
        word = MergedWord(name, language, self.index.files[name], self.states, files.blobs)
        if all(word.is_only_read(use.path) for use in meeting.uses):
            yield from _broken_uses(meeting, word)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A member that the producer changes, and the consumer's uses of that name."""

    producer: StreamChanges
    consumer: StreamChanges
    member: ChangedMember
    uses: Sequence[MemberUse]


def _broken_uses(meeting: _Meeting, word: MergedWord) -> Iterator[BrokenUse]:
    member = meeting.member
    if member.new is None:
        if word.files() <= {use.path for use in meeting.uses}:
            yield _of_removed(meeting)
    elif word.is_defined_once(meeting.producer.new_path(member.path)):
        yield from _misfits(meeting, member.new, word)


def _of_removed(meeting: _Meeting) -> BrokenUse:
    """Return the first use of a member that is removed, or renamed."""
    path = meeting.member.path
    successor = successor_of(meeting.member.old, meeting.producer.file_changes[path])
    if successor is None:
        return _broken_use(meeting, meeting.uses[0], None)
    return replace(
        _broken_use(meeting, meeting.uses[0], successor.line), successor=successor.path, change="renamed"
    )


def _misfits(meeting: _Meeting, new: Definition, word: MergedWord) -> Iterator[BrokenUse]:
    """Yield the first call that fitted the method before; nothing where other calls do not fit it either."""
    path, old = meeting.member.path, meeting.member.old
    own_calls = {(use.path, use.call) for use in meeting.uses}
    if any(_misfit(path, new, call) != "" for file, call in word.calls() if (file, call) not in own_calls):
        return
    for use in meeting.uses:
        if use.call is not None and _misfit(path, old, use.call) == "":
            why = _misfit(path, new, use.call)
            if why:
                yield replace(_broken_use(meeting, use, new.line), kind="call", why=why)
                return


def _misfit(path: str, method: Definition, call: Call) -> str | None:
    """Return why a call through a value does not fit a method of the file at `path`; None when that is unknown."""
    language = registry.language(path)
    return None if language is None else language.method_misfit(method, call)


def _broken_use(meeting: _Meeting, use: MemberUse, line: int | None) -> BrokenUse:
    """Return a use of a member whose definition is at `line` now, None for a removed one."""
    member, producer = meeting.member, meeting.producer
    return BrokenUse(
        kind="member",
        producer=producer.name,
        consumer=meeting.consumer.name,
        name=f".{use.name}",
        changed_name=member.old.path,
        use_place=Place(use.path, use.line),
        change_place=Place(producer.new_path(member.path), line),
        sure=False,
        old_place=Place(member.path, member.old.line),
    )
