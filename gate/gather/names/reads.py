"""What one stream tests or starts to use of what another changes without breaking it: a reason to land in order.

Few and specific: nobody reads a list of everything that calls what changed. Left out are definitions whose code is the
same as before, those the reader changes too, what only type checkers read, and hubs, which say nothing of any one
stream. The most specific comes first: a test that expects a text which is gone; a test of what is called differently,
a test named after what changed, other tests; then code that is no test.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gate import source
from gate.gather.names import texts
from gate.model.names import Place, Read, WriteRead
from gate.model.source import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.gather.names.join import Rest
    from gate.gather.names.texts import Lost
    from gate.gather.names.world import Work, World
    from gate.link.symbols import Bound
    from gate.link.uses import Use
    from gate.model.source import Definition, FileFacts

MOST = 3
"""Names told of one pair; nobody reads more."""
HUB = 3
"""Streams that read a definition, from which on it says something of none of them."""

Pair = tuple[str, str]
What = Literal["text", "signature", "definition", "fields", "body", "value"]
_WEIGHT: Mapping[What, int] = {"text": 0, "signature": 1, "fields": 2, "definition": 3, "body": 4, "value": 5}


@dataclass(frozen=True, slots=True)
class _Found:
    """A read, the file that holds what is read (on the target), and its rank: the lower, the more it says."""

    read: Read
    path: str
    rank: tuple[int, ...]


def reads(
    world: World,
    works: Mapping[str, Work],
    fresh: Mapping[Pair, Sequence[Rest]],
    near: Mapping[Pair, Sequence[Rest]],
) -> Iterator[WriteRead]:
    """What readers use of what writers change, the most specific first.

    `fresh` and `near` are uses by (writer, reader); `near` those that tests had before they changed.
    """
    found: dict[Pair, dict[tuple[str, str], _Found]] = defaultdict(dict)
    for listed in (fresh, near):
        for (writer, reader), rests in listed.items():
            for rest in rests:
                for one in _of(world, works[writer], works[reader], rest):
                    _keep(found[writer, reader], one)
    for pair, one in _old_texts(world, works, fresh, near):
        _keep(found[pair], one)
    hubs = _hubs(found)
    for (writer, reader), own in sorted(found.items()):
        told = [one for key, one in own.items() if key not in hubs or _stands_out(one)]
        told.sort(key=lambda one: (one.rank, one.path, one.read.name))
        if told:
            yield WriteRead(writer, reader, tuple(one.read for one in told[:MOST]))


def _keep(own: dict[tuple[str, str], _Found], one: _Found) -> None:
    key = (one.path, one.read.name)
    if key not in own or (one.rank, one.read.read.path) < (own[key].rank, own[key].read.read.path):
        own[key] = one


def _hubs(found: Mapping[Pair, Mapping[tuple[str, str], _Found]]) -> set[tuple[str, str]]:
    readers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (_, reader), own in found.items():
        for key in own:
            readers[key].add(reader)
    return {key for key, names in readers.items() if len(names) >= HUB}


def _stands_out(one: _Found) -> bool:
    return one.read.what == "text" or (one.read.test and _named_after(one.read.by, one.read.name))


# Definitions


def _of(world: World, writer: Work, reader: Work, rest: Rest) -> Iterator[_Found]:
    """What one use reads."""
    target = rest.answer.target
    if target is None or rest.use.kind in ("import", "patch") or _for_types(rest.use):
        return
    if source.is_test(target.path) and not source.is_test(rest.path):
        return
    what = _what(writer, target)
    if what is None or _also_changes(reader, target):
        return
    facts = world.facts(reader.over[rest.path], rest.path)
    line, inner = _place(facts, rest.use, reader, rest.path)
    if inner is not None and (inner.name, inner.digest) in reader.gone:
        return  # It has moved here, and expects what it expected before.
    by = inner.path if inner is not None else ""
    test = source.is_test(rest.path)
    if not test and what in ("body", "value") and source.is_test(target.path):
        return
    name = target.definition.path.removesuffix(".__init__")
    written = Place(writer.new_paths.get(target.path, target.path), _new_line(writer, target))
    specific = what in ("signature", "definition", "fields") or (test and not source.is_test(target.path))
    read = Read(name, written, Place(rest.path, line), what, by, test, specific=specific)
    rank = (
        not test,
        source.is_test(target.path),
        not _named_after(by, name),
        _WEIGHT[what],
        -name.count("."),
        line,
    )
    yield _Found(read, target.path, rank)


def _for_types(use: Use) -> bool:
    return isinstance(use.what, Reference) and use.what.guard == "typing"


def _what(writer: Work, target: Bound) -> What | None:
    """What the writer does to a definition, None for nothing that changes what it does."""
    changed = writer.changed.get(target.path)
    name = target.definition.path
    if changed is None:
        return None
    if name in changed.signature:
        old, new = changed.signature[name]
        return "signature" if old.signature != new.signature else "definition"
    if name in changed.body:
        return "value" if target.definition.kind == "variable" else "body"
    if target.definition.kind == "class" and any(
        one.field and one.scope == name
        for one in (
            *changed.added.values(),
            *changed.removed.values(),
            *(new for _, new in changed.signature.values()),
        )
    ):
        return "fields"
    return None


def _also_changes(reader: Work, target: Bound) -> bool:
    """Whether the reader changes it too, often in the very same way; who reads whom is no question then."""
    own = reader.changed.get(target.path)
    name = target.definition.path
    return own is not None and any(name in each for each in (own.signature, own.body, own.added))


def _new_line(writer: Work, target: Bound) -> int:
    changed = writer.changed[target.path]
    pair = changed.signature.get(target.definition.path) or changed.body.get(target.definition.path)
    return pair[1].line if pair is not None else target.definition.line


def _place(facts: FileFacts, use: Use, reader: Work, path: str) -> tuple[int, Definition | None]:
    """The line of a use, and the function it stands in: one the reader adds or changes where there is one."""
    changed = reader.changed.get(path)
    own = {} if changed is None else {**changed.added, **changed.signature, **changed.body}
    places = [(line, _function(facts, line)) for line in use.lines]
    return min(places, key=lambda place: (place[1] is None or place[1].path not in own, place[0]))


def _function(facts: FileFacts, line: int) -> Definition | None:
    """The function around a line, or the one whose decorators it stands in."""
    known = [one for one in facts.definitions if one.kind != "key"]
    around = [one for one in known if one.line <= line <= one.end_line]
    inner = min(around, key=lambda one: one.end_line - one.line, default=None)
    if inner is None or inner.kind == "class":
        inner = min((one for one in known if one.line > line), key=lambda one: one.line, default=None)
    return inner if inner is not None and inner.kind == "function" else None


def _named_after(test: str, name: str) -> bool:
    """Whether a test's own name holds that of what it tests."""
    bare = name.rpartition(".")[2].strip("_").lower().replace("_", "")
    return len(bare) > 3 and bare in test.lower().replace("_", "")


# Texts


def _old_texts(
    world: World,
    works: Mapping[str, Work],
    fresh: Mapping[Pair, Sequence[Rest]],
    near: Mapping[Pair, Sequence[Rest]],
) -> Iterator[tuple[Pair, _Found]]:
    """Tests that expect a text another stream takes away."""
    losses = {name: texts.lost(world, work) for name, work in works.items()}
    tests = {name: texts.expected(world, work) for name, work in works.items()}
    for writer, reader, lost, test in texts.meetings(losses, tests):
        rests = (*fresh.get((writer, reader), ()), *near.get((writer, reader), ()))
        facts = world.facts(works[reader].over[test.path], test.path)
        if source.family(test.path) != source.family(lost.path):
            continue
        if not (texts.speaks_for_itself(lost.text) or _about(facts, test.path, lost.path, rests)):
            continue
        if not _rests_on(world, works[reader], lost):
            continue
        by = _function(facts, test.line)
        if by is not None and (by.name, by.digest) in works[reader].gone:
            continue
        name = lost.definition.path if lost.definition is not None else ""
        read = Read(
            name, Place(works[writer].new_paths.get(lost.path, lost.path)), Place(test.path, test.line), "text",
            by.path if by is not None else "", test=True, text=lost.text,
        )  # fmt: skip
        yield (writer, reader), _Found(read, lost.path, (0, 0, 0, 0, -len(lost.text), test.line))


def _rests_on(world: World, reader: Work, lost: Lost) -> bool:
    """Whether the text a reader expects can only be the old one: it leaves that alone, and has none of its own."""
    own = reader.changed.get(lost.path)
    name = lost.definition.path if lost.definition is not None else ""
    if own is not None and any(name in each for each in (own.removed, own.signature, own.body)):
        return False
    blob = reader.over.get(lost.path)
    if blob is not None and all(text != lost.text for text, _ in world.facts(blob, lost.path).strings):
        return False
    return not texts.brings(world, reader, lost.text)


def _about(facts: FileFacts, test: str, path: str, rests: Iterable[Rest]) -> bool:
    """Whether a test file is one of what stands in another file: it uses or imports it, or is named after it."""
    stem = path.rpartition("/")[2].partition(".")[0]
    if any(rest.path == test and any(hop[0] == path for hop in rest.hops) for rest in rests):
        return True
    if any(stem in (one.name, one.module.rpartition(".")[2]) for one in facts.imports):
        return True
    return stem != "__init__" and stem in test.rpartition("/")[2].removeprefix("test_").partition(".")[
        0
    ].split("_")
