"""Definitions that one stream changes and another uses where it did not before, or in a test it adds or changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.names import Place, Read
from gate.model.source import Reference
from gate.names.reads.read import WEIGHT, Found, Met, Pair, What, about, function, moved, named_after

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gate.languages.base.uses import Use
    from gate.model.source import Definition, FileFacts
    from gate.names.meeting import Rest
    from gate.names.states import Work, World

_NO_READS = ("import", "patch", "subclass", "override")
_TOOL = 5
"""Functions of one file that use a definition, from which on it is a tool to them."""


def found(
    world: World, works: Mapping[str, Work], met: Met, merges: Mapping[Pair, Mapping[str, str]]
) -> Iterator[tuple[Pair, Found]]:
    """Every one, more often than once where it is used so."""
    for listed in (met.fresh, met.near, met.indirect):
        for (writer, reader), rests in listed.items():
            merged = merges.get((writer, reader) if writer < reader else (reader, writer), {})
            for rest in rests:
                one = _read(world, works[writer], works[reader], rest, met)
                if one is not None and not _carries(world, works[reader], one, merged):
                    yield (writer, reader), one


def _read(world: World, writer: Work, reader: Work, rest: Rest, met: Met) -> Found | None:
    """What one use reads."""
    target = rest.answer.target
    if target is None or rest.use.kind in _NO_READS or _for_types(rest.use):
        return None
    test, helps = registry.is_test(rest.path), registry.is_test(target.path)
    changed, through = target.definition, ""
    what = _what(writer, target.path, changed)
    called = met.calls[writer.name].get((target.path, changed.path)) if what is None else None
    if called:
        through, changed = changed.path, _now(writer, target.path, called) or changed
        what = _what(writer, target.path, changed)
    facts = world.facts(reader.over[rest.path], rest.path)
    line, by = _place(facts, rest.use, reader, rest.path)
    if what is None or (helps and not test) or moved(reader, by):
        return None
    name, inside = changed.path.removesuffix(".__init__"), by.path if by is not None else ""
    subject = about(facts, rest.path, target.path, imports=False)
    if not subject and (_everywhere(facts, rest.use) or (through and not named_after(inside, through))):
        return None  # It is a tool of this test, not what the test is about.
    return Found(
        Read(
            name, _written(writer, target.path, changed),
            Place(rest.path, line), what, inside, test, through=through,
            specific=not through and (what in ("signature", "definition", "fields") or (test and not helps)),
        ),
        target.path,
        (not test, helps, bool(through), not named_after(inside, name), WEIGHT[what], -name.count("."), line),
    )  # fmt: skip


def _everywhere(facts: FileFacts, use: Use) -> bool:
    """Whether much of a file uses it: a tool of its tests, not what they are about."""
    inside = {one.path for one in (function(facts, line) for line in use.lines) if one is not None}
    return len(inside) >= _TOOL


def _written(writer: Work, path: str, one: Definition) -> Place:
    return Place(writer.new_paths.get(path, path), (_now(writer, path, one.path) or one).line)


def _for_types(use: Use) -> bool:
    return isinstance(use.fact, Reference) and use.fact.guard in ("typing", "annotation")


def _what(writer: Work, path: str, one: Definition) -> What | None:
    """What the writer does to a definition, None for nothing that changes what it does."""
    changed = writer.changed.get(path)
    if changed is None:
        return None
    if one.path in changed.signature:
        old, new = changed.signature[one.path]
        return "signature" if old.signature != new.signature else "definition"
    if one.path in changed.body:
        return "value" if one.kind == "variable" else "body"
    fields = (
        *changed.added.values(),
        *changed.removed.values(),
        *(new for _, new in changed.signature.values()),
    )
    own = one.kind == "class" and any(each.field and each.scope == one.path for each in fields)
    return "fields" if own else None


def _now(writer: Work, path: str, name: str) -> Definition | None:
    """A changed definition as the writer has it."""
    changed = writer.changed[path]
    pair = changed.signature.get(name) or changed.body.get(name)
    return pair[1] if pair is not None else None


def _place(facts: FileFacts, use: Use, reader: Work, path: str) -> tuple[int, Definition | None]:
    """The line of a use, and the function it stands in: one the reader adds or changes where there is one."""
    changed = reader.changed.get(path)
    own = {} if changed is None else {**changed.added, **changed.signature, **changed.body}
    places = [(line, function(facts, line)) for line in use.lines]
    return min(places, key=lambda place: (place[1] is None or place[1].path not in own, place[0]))


def _carries(world: World, reader: Work, one: Found, merged: Mapping[str, str]) -> bool:
    """Whether the reader has the writer's change already, or both conflict: then the merge brings it nothing."""
    own, name = reader.changed.get(one.path), one.read.name
    if own is None or not any(
        _of(name, key) for each in (own.signature, own.body, own.added) for key in each
    ):
        return False
    mine, both = (
        {
            each.path: (each.digest, each.signature)
            for each in world.facts(blob, one.path).definitions
            if each.kind != "key" and _of(name, each.path)
        }
        for blob in (reader.over.get(one.path, ""), merged.get(one.path, ""))
    )
    return name not in mine or name not in both or mine == both


def _of(name: str, path: str) -> bool:
    """Whether a definition is the named one or, of a class, one of its members."""
    return path == name or path.rpartition(".")[0] == name
