"""Members of values whose class is unknown, where their names are long enough to be nobody else's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.names import Place, Read
from gate.names.reads.read import WEIGHT, RankedRead, function_at, is_about, is_moved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from gate.model.names import Aspect
    from gate.model.source import Definition, Reference
    from gate.names.reads.read import Pair
    from gate.names.states import States
    from gate.names.stream_changes import StreamChanges

_TELLING = 12
"""Characters from which a member's name, of several words, says whose it is."""


@dataclass(frozen=True, slots=True)
class _Method:
    """A method that a writer changes, as it is now; `path` is the base's file, `place` is the writer's."""

    writer: str
    path: str
    definition: Definition
    place: Place
    aspect: Aspect


@dataclass(frozen=True, slots=True)
class _MemberName:
    """A name that a reader's file reads of a value, and the test or function in which it does."""

    name: str
    place: Place
    inside: str


def member_reads(states: States, changes: Mapping[str, StreamChanges]) -> Iterator[tuple[Pair, RankedRead]]:
    """Yield every read with its (writer, reader); `changes` are by side."""
    methods: dict[str, list[_Method]] = defaultdict(list)
    for side_changes in changes.values():
        for method in _methods(side_changes):
            methods[method.definition.name].append(method)
    if not methods:
        return
    for reader, side_changes in changes.items():
        for member in _new_members(states, side_changes, methods.keys()):
            for method in methods[member.name]:
                if method.writer == reader or _changes_too(side_changes, method):
                    continue
                ranked = _read(states, side_changes, method, member)
                if ranked is not None:
                    yield (method.writer, reader), ranked


def _methods(changes: StreamChanges) -> Iterator[_Method]:
    """Yield the changed methods whose names say whose they are."""
    for path, file_changes in changes.file_changes.items():
        aspects: tuple[tuple[Aspect, Mapping[str, tuple[Definition, Definition]]], ...] = (
            ("signature", file_changes.signature),
            ("body", file_changes.body),
        )
        for aspect, pairs in aspects:
            for _, new in pairs.values():
                if new.kind == "function" and new.scope and _is_telling(new.name):
                    place = Place(changes.new_path(path), new.line)
                    yield _Method(changes.name, path, new, place, aspect)


def _is_telling(name: str) -> bool:
    return len(name) >= _TELLING and "_" in name.strip("_") and not name.startswith("test")


def _changes_too(reader: StreamChanges, method: _Method) -> bool:
    """Return whether the reader changes the method itself."""
    changes = reader.file_changes.get(method.path)
    return changes is not None and method.definition.path in {*changes.signature, *changes.body}


def _read(states: States, reader: StreamChanges, method: _Method, member: _MemberName) -> RankedRead | None:
    """Return the read of a member whose signature changes, or in a test of the method's file.

    Other classes may have such a method too, so that nothing else says that this one is meant.
    """
    path, name = member.place.path, method.definition.path
    test = registry.is_test(path)
    if method.aspect != "signature":
        facts = states.facts(reader.changed_blobs[path], path)
        if not test or registry.is_test(method.path) or not is_about(facts, path, method.path):
            return None
    read = Read(name, method.place, member.place, method.aspect, member.inside, test, specific=False)
    depth = name.count(".")
    rank = (not test, False, True, True, WEIGHT[method.aspect], -depth, member.place.line or 0)
    return RankedRead(read, method.path, rank)


def _new_members(states: States, changes: StreamChanges, names: Set[str]) -> Iterator[_MemberName]:
    """Yield the members of these names that a side's files did not read before, or read in functions it adds."""
    for path in changes.new_uses:
        facts = states.facts(changes.changed_blobs[path], path)
        old_chains = {reference.chain for reference in states.base_facts(changes.old_path(path)).references}
        file_changes = changes.file_changes.get(path)
        added = file_changes.added if file_changes is not None else {}
        for reference in facts.references:
            members = names & _members(reference)
            if not members:
                continue
            function = function_at(facts, reference.lines[-1])
            is_new = reference.chain not in old_chains or (function is not None and function.path in added)
            if is_new and not is_moved(changes, function):
                inside = function.path if function is not None else ""
                for name in sorted(members):
                    yield _MemberName(name, Place(path, reference.lines[-1]), inside)


def _members(reference: Reference) -> set[str]:
    """Return the names a chain reads of values; its first is one of the file itself, unless its value is unknown."""
    if reference.guard in ("typing", "annotation"):
        return set()
    parts = reference.chain.replace("()", "").split(".")
    return set(parts if reference.via == "value" else parts[1:])
