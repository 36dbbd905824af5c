"""Members of values whose class is unknown: names that one side removes and another starts to use.

Where the word stands in the base is asked of git once, for all such names. This is for languages in which members are
mostly read of values whose class nobody declares.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.facts import NotChecked
from gate.model.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.languages.base.language import Language
    from gate.model.source import Call, Definition, FileFacts, Reference
    from gate.names.source import NameSource
    from gate.names.states import States
    from gate.names.stream_changes import StreamChanges

MOST = 100
"""Names looked for in one analysis; where there are more, none is."""


@dataclass(frozen=True, slots=True)
class ChangedMember:
    """What a side does to a name: the definition as it was, and as it is where only a method's signature changes."""

    path: str
    old: Definition
    new: Definition | None = None


@dataclass(frozen=True, slots=True)
class MemberUse:
    """A new use of a member of an unknown value, with the shape of the call where it is one."""

    path: str
    name: str
    line: int
    call: Call | None


@dataclass(frozen=True, slots=True)
class MemberIndex:
    """By side and bare name: the member that the side removes or changes, and the uses that it starts."""

    changed_members: Mapping[str, Mapping[str, ChangedMember]]
    uses: Mapping[str, Mapping[str, Sequence[MemberUse]]]
    files: Mapping[str, set[str]]
    """By name that two sides meet in: the base's files with that word."""
    skipped: tuple[NotChecked, ...] = ()

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield (producer, consumer) of all that meet in a name."""
        for producer in self.changed_members:
            for consumer in self.uses:
                if producer != consumer and self.shared_names(producer, consumer):
                    yield producer, consumer

    def shared_names(self, producer: str, consumer: str) -> set[str]:
        """Return the names that one side changes and the other starts to use."""
        return self.files.keys() & self.changed_members[producer].keys() & self.uses[consumer].keys()


def index_members(states: States, changes: Mapping[str, StreamChanges]) -> MemberIndex:
    """Return the members that all sides change and use; `changes` by side."""
    members = {side: _changed_members(side_changes) for side, side_changes in changes.items()}
    uses = {side: _member_uses(states, side_changes) for side, side_changes in changes.items()}
    words = _meeting_words(members, uses)
    why = _why_not_searched(states.source, words)
    if why:
        skipped = NotChecked(f"members of unknown values, {counted(len(words), 'name')}", why)
        return MemberIndex(members, uses, {}, (skipped,))
    return MemberIndex(members, uses, states.source.files_holding(words, searched_endings()) if words else {})


def _why_not_searched(source: NameSource, words: set[str]) -> str:
    """Return the reason not to look for these words in the base, "" for none."""
    if len(words) > MOST:
        return f"more than {MOST} names"
    return "the repository is a partial clone" if words and source.is_partial() else ""


def _meeting_words(
    members: Mapping[str, Mapping[str, ChangedMember]], uses: Mapping[str, Mapping[str, list[MemberUse]]]
) -> set[str]:
    """Return the names that one side changes and another uses, common ones left out."""
    producers, consumers = _sides_by_word(members), _sides_by_word(uses)
    shared = producers.keys() & consumers.keys()
    words = {word for word in shared if len(producers[word] | consumers[word]) > 1}
    if not words:
        return words
    return {word for word in words if not any(language.is_common_member(word) for language in _languages())}


@cache
def searched_endings() -> tuple[str, ...]:
    """Return the endings of files whose words may give values of unknown classes members."""
    return tuple(ending for language in _languages() for ending in language.word_endings)


@cache
def _languages() -> list[Language]:
    return [language for language in registry.catalog().values() if language.has_untyped_members]


def _sides_by_word(words: Mapping[str, Mapping[str, object]]) -> dict[str, set[str]]:
    sides: dict[str, set[str]] = defaultdict(set)
    for side, side_words in words.items():
        for word in side_words:
            sides[word].add(side)
    return sides


def _has_untyped_members(path: str) -> bool:
    language = registry.language(path)
    return language is not None and language.has_untyped_members


def _changed_members(changes: StreamChanges) -> dict[str, ChangedMember]:
    members: dict[str, ChangedMember] = {}
    for path, file_changes in changes.file_changes.items():
        if _has_untyped_members(path):
            for old, new in file_changes.signature.values():
                if old.scope and new.kind == "function":
                    members[old.name] = ChangedMember(path, old, new)
            members.update({old.name: ChangedMember(path, old) for old in file_changes.removed.values()})
    return members


def _member_uses(states: States, changes: StreamChanges) -> dict[str, list[MemberUse]]:
    """Return by name the uses that the base's version of the file lacks."""
    uses: dict[str, list[MemberUse]] = defaultdict(list)
    for path in changes.new_uses:
        if not _has_untyped_members(path):
            continue
        old_path = changes.old_path(path)
        old = {use[:2] for use in read_members(states.read_facts(states.base_blob(old_path), old_path))}
        for name, call, line in read_members(states.read_facts(changes.changed_blobs[path], path)):
            if (name, call) not in old:
                uses[name].append(MemberUse(path, name, line, call))
    return uses


def read_members(facts: FileFacts | None) -> Iterator[tuple[str, Call | None, int]]:
    """Yield the members that a file reads of unknown values: name, the call's shape where it is one, first line."""
    if facts is None or facts.parse != "full":
        return
    for reference in facts.references:
        if (reference.via == "value" or reference.declared) and not reference.guard:
            *inner, last = _members(reference)
            yield from ((name, None, reference.lines[0]) for name in inner)
            yield last, reference.call, reference.lines[0]


def _members(reference: Reference) -> list[str]:
    """Return the members a chain reads, without the class that its value is declared to be of."""
    parts = reference.chain.split(".")
    start = 0
    if reference.declared:
        start = next((at + 1 for at, part in enumerate(parts) if part.endswith("()")), 0)
    return [part.removesuffix("()") for part in parts[start:]]
