"""Members of values whose class is not known, where their names are long enough to be nobody else's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.names import Place, Read
from gate.names.reads.read import WEIGHT, Found, Pair, What, about, function, moved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from gate.model.source import Definition, Reference
    from gate.names.states import Work, World

_TELLING = 12
"""Characters from which a member's name, of several words, says whose it is."""


@dataclass(frozen=True, slots=True)
class _Method:
    """A method that a writer changes; `path` on the target."""

    writer: str
    path: str
    definition: Definition
    what: What


@dataclass(frozen=True, slots=True)
class _Used:
    """A name a reader's file reads of a value."""

    name: str
    place: Place
    by: str


def found(world: World, works: Mapping[str, Work]) -> Iterator[tuple[Pair, Found]]:
    """Every one."""
    methods: dict[str, list[_Method]] = defaultdict(list)
    for writer, work in works.items():
        for one in _methods(writer, work):
            methods[one.definition.name].append(one)
    if not methods:
        return
    for reader, work in works.items():
        for used in _used(world, work, methods.keys()):
            for one in methods[used.name]:
                if one.writer != reader and not _changes(work, one):
                    read = _read(world, works[one.writer], work, one, used)
                    if read is not None:
                        yield (one.writer, reader), read


def _methods(writer: str, work: Work) -> Iterator[_Method]:
    for path, changed in work.changed.items():
        listed: tuple[tuple[What, Mapping[str, tuple[Definition, Definition]]], ...] = (
            ("signature", changed.signature),
            ("body", changed.body),
        )
        for what, pairs in listed:
            for _, new in pairs.values():
                if new.kind == "function" and new.scope and _telling(new.name):
                    yield _Method(writer, path, new, what)


def _telling(name: str) -> bool:
    return len(name) >= _TELLING and "_" in name.strip("_") and not name.startswith("test")


def _changes(reader: Work, one: _Method) -> bool:
    own = reader.changed.get(one.path)
    return own is not None and any(one.definition.path in each for each in (own.signature, own.body))


def _read(world: World, writer: Work, reader: Work, one: _Method, used: _Used) -> Found | None:
    """Others may have such a method too: told where it is called differently, or in a test of its file."""
    path = used.place.path
    test = registry.is_test(path)
    if one.what != "signature":
        facts = world.facts(reader.over[path], path)
        if not test or registry.is_test(one.path) or not about(facts, path, one.path):
            return None
    name = one.definition.path
    written = Place(writer.new_paths.get(one.path, one.path), one.definition.line)
    read = Read(name, written, used.place, one.what, used.by, test, specific=False)
    rank = (not test, False, True, True, WEIGHT[one.what], -name.count("."), used.place.line or 0)
    return Found(read, one.path, rank)


def _used(world: World, work: Work, names: Set[str]) -> Iterator[_Used]:
    """Members that a file did not speak of, or that stand in functions it adds."""
    for path in work.fresh:
        facts = world.facts(work.over[path], path)
        old_path = work.old_paths.get(path, path)
        known = {one.chain for one in world.facts(world.blob(old_path), old_path).references}
        changed = work.changed.get(path)
        added = changed.added if changed is not None else {}
        for one in facts.references:
            spoken = names & _members(one)
            if not spoken:
                continue
            inner = function(facts, one.lines[-1])
            new = one.chain not in known or (inner is not None and inner.path in added)
            if new and not moved(work, inner):
                for name in sorted(spoken):
                    yield _Used(name, Place(path, one.lines[-1]), inner.path if inner is not None else "")


def _members(one: Reference) -> set[str]:
    """The names a chain reads of values; its first is one of the file itself, unless the value is all that is known."""
    if one.guard in ("typing", "annotation"):
        return set()
    parts = one.chain.replace("()", "").split(".")
    return set(parts if one.via == "value" else parts[1:])
