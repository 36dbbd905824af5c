"""Definitions that one side changes and another uses where it did not before, or in a test it adds or changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.names import Place, Read
from gate.model.source import Reference
from gate.names.reads.read import WEIGHT, RankedRead, function_at, is_about, is_moved, is_named_after

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gate.languages.base.uses import Use
    from gate.model.names import Aspect
    from gate.model.source import Definition, FileFacts
    from gate.names.meeting import ResolvedUse
    from gate.names.meetings import Meetings
    from gate.names.reads.read import Pair
    from gate.names.states import States
    from gate.names.stream_changes import StreamChanges

_NO_READS = ("import", "patch", "subclass", "override")
"""Kinds of uses that depend on a definition without running it."""
_TOOL = 5
"""Functions of one file that use a definition, from which on it is a tool to them."""
_ORDERING = ("signature", "definition", "fields")
"""What code that is no test reads so that the writer should land first."""


def definition_reads(
    states: States,
    changes: Mapping[str, StreamChanges],
    meetings: Meetings,
    merges: Mapping[Pair, Mapping[str, str]],
) -> Iterator[tuple[Pair, RankedRead]]:
    """Yield every read with its (writer, reader), more often than once where a definition is used so.

    `changes` are by side; `merges` have the blobs of changed files of merged pairs, by names in order.
    """
    for uses_by_pair in (meetings.new_uses, meetings.test_uses, meetings.indirect_uses):
        for (writer, reader), uses in uses_by_pair.items():
            merged = merges.get((writer, reader) if writer < reader else (reader, writer), {})
            side = _Reader(states, changes[writer], changes[reader], meetings)
            for resolved in uses:
                ranked = side.read(resolved)
                if ranked is not None and not side.has_change(ranked, merged):
                    yield (writer, reader), ranked


@dataclass(frozen=True, slots=True)
class _Reader:
    """A reader, and the writer whose changes it reads."""

    states: States
    writer: StreamChanges
    reader: StreamChanges
    meetings: Meetings

    def read(self, resolved: ResolvedUse) -> RankedRead | None:
        """Return what a use reads, None for nothing that says anything of the writer."""
        target, use = resolved.answer.target, resolved.use
        if target is None or use.kind in _NO_READS or _is_for_types(use):
            return None
        changed_definition, aspect, through = self._changed_definition(target.path, target.definition)
        if aspect is None:
            return None
        path = resolved.path
        facts = self.states.facts(self.reader.changed_blobs[path], path)
        line, function = _place(facts, use, self.reader, path)
        test, helps = registry.is_test(path), registry.is_test(target.path)
        if (helps and not test) or is_moved(self.reader, function):
            return None
        inside = function.path if function is not None else ""
        if not is_about(facts, path, target.path, imports=False) and _is_tool(facts, use, inside, through):
            return None
        language = registry.language(target.path)
        defined = changed_definition.path
        name = language.shown_path(defined) if language is not None else defined
        read = Read(
            name,
            _definition_place(self.writer, target.path, changed_definition),
            Place(path, line),
            aspect,
            inside,
            test,
            through=through,
            specific=not through and (aspect in _ORDERING or (test and not helps)),
        )
        is_named = is_named_after(inside, name)
        depth = name.count(".")
        rank = (not test, helps, bool(through), not is_named, WEIGHT[aspect], -depth, line)
        return RankedRead(read, target.path, rank)

    def _changed_definition(self, path: str, definition: Definition) -> tuple[Definition, Aspect | None, str]:
        """Return what the writer changes of a definition, and how; else of the one it calls, with its own path."""
        aspect = _aspect(self.writer, path, definition)
        called = (
            self.meetings.callers[self.writer.name].get((path, definition.path)) if aspect is None else None
        )
        if not called:
            return definition, aspect, ""
        changed_definition = _new_definition(self.writer, path, called) or definition
        return changed_definition, _aspect(self.writer, path, changed_definition), definition.path

    def has_change(self, ranked: RankedRead, merged: Mapping[str, str]) -> bool:
        """Return whether the reader has the writer's change already, or both conflict, so that no merge brings it.

        `merged` has the blobs of changed files of the merge of both.
        """
        changes, name = self.reader.file_changes.get(ranked.path), ranked.read.name
        if changes is None:
            return False
        if not any(_is_part(name, path) for path in (*changes.signature, *changes.body, *changes.added)):
            return False
        mine = self._versions(self.reader.changed_blobs.get(ranked.path, ""), ranked.path, name)
        both = self._versions(merged.get(ranked.path, ""), ranked.path, name)
        return name not in mine or name not in both or mine == both

    def _versions(self, blob: str, path: str, name: str) -> dict[str, tuple[object, ...]]:
        """Return by path the text and signature of a definition and of its members in a version of a file."""
        return {
            definition.path: (definition.digest, definition.signature)
            for definition in self.states.facts(blob, path).definitions
            if definition.kind != "key" and _is_part(name, definition.path)
        }


def _is_tool(facts: FileFacts, use: Use, inside: str, through: str) -> bool:
    """Return whether a use is of a tool of a test, and not what the test is about.

    Much of the file uses a tool; of what is called `through` another function, a test named after that one is about it.
    """
    functions = (function_at(facts, line) for line in use.lines)
    users = {function.path for function in functions if function is not None}
    return len(users) >= _TOOL or bool(through and not is_named_after(inside, through))


def _is_for_types(use: Use) -> bool:
    return isinstance(use.fact, Reference) and use.fact.guard in ("typing", "annotation")


def _aspect(writer: StreamChanges, path: str, definition: Definition) -> Aspect | None:
    """Return what the writer changes of a definition, None for nothing that changes what it does."""
    changes = writer.file_changes.get(path)
    if changes is None:
        return None
    if definition.path in changes.signature:
        old, new = changes.signature[definition.path]
        return "signature" if old.signature != new.signature else "definition"
    if definition.path in changes.body:
        return "value" if definition.kind == "variable" else "body"
    members = (
        *changes.added.values(),
        *changes.removed.values(),
        *(new for _, new in changes.signature.values()),
    )
    is_class = definition.kind == "class"
    if is_class and any(member.field and member.scope == definition.path for member in members):
        return "fields"
    return None


def _definition_place(writer: StreamChanges, path: str, definition: Definition) -> Place:
    """Return where the writer has a definition of the base's file at `path`."""
    new = _new_definition(writer, path, definition.path) or definition
    return Place(writer.new_path(path), new.line)


def _new_definition(writer: StreamChanges, path: str, name: str) -> Definition | None:
    """Return a changed definition as the writer has it."""
    changes = writer.file_changes[path]
    pair = changes.signature.get(name) or changes.body.get(name)
    return pair[1] if pair is not None else None


def _place(facts: FileFacts, use: Use, reader: StreamChanges, path: str) -> tuple[int, Definition | None]:
    """Return the line of a use, and the function around it: one that the reader adds or changes, where there is one."""
    changes = reader.file_changes.get(path)
    changed_paths = {*changes.added, *changes.signature, *changes.body} if changes is not None else set()
    places = [(line, function_at(facts, line)) for line in use.lines]
    return min(places, key=lambda place: (place[1] is None or place[1].path not in changed_paths, place[0]))


def _is_part(name: str, path: str) -> bool:
    """Return whether a definition is the named one or, of a class, one of its members."""
    return path == name or path.rpartition(".")[0] == name
