"""Texts one stream takes away that another's new tests expect: a message, a key, a path."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.names import Place, Read
from gate.names.reads.read import Found, Met, Pair, about, function, moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gate.model.source import Definition, FileFacts
    from gate.names.meeting import Rest
    from gate.names.states import Work, World

_WORDS = 3
"""From so many words a text is a message, and can be found in others by any run of them."""
_SENTENCE = 5
"""From so many words a message is nobody else's."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A text of a definition that is nowhere in the stream's version of the file any more."""

    path: str
    definition: Definition | None
    text: str


@dataclass(frozen=True, slots=True)
class Expected:
    """A text that a test has on this line and did not have before."""

    path: str
    line: int
    text: str


def found(world: World, works: Mapping[str, Work], met: Met) -> Iterator[tuple[Pair, Found]]:
    """Every test that expects a text another stream takes away."""
    losses = {name: lost(world, work) for name, work in works.items()}
    tests = {name: expected(world, work) for name, work in works.items()} if any(losses.values()) else {}
    for writer, reader, one, test in meetings(losses, tests):
        rests = (*met.fresh.get((writer, reader), ()), *met.near.get((writer, reader), ()))
        facts = world.facts(works[reader].over[test.path], test.path)
        by = function(facts, test.line)
        if (
            registry.language(test.path) != registry.language(one.path)
            or not (
                speaks_for_itself(one.text) or _uses(test, one, rests) or about(facts, test.path, one.path)
            )
            or moved(works[reader], by)
            or not _rests_on(world, works[reader], one)
        ):
            continue
        read = Read(
            one.definition.path if one.definition is not None else "",
            Place(works[writer].new_paths.get(one.path, one.path)), Place(test.path, test.line), "text",
            by.path if by is not None else "", test=True, text=one.text,
        )  # fmt: skip
        yield (writer, reader), Found(read, one.path, (0, 0, 0, 0, 0, -len(one.text), test.line))


def _uses(test: Expected, one: Lost, rests: Iterable[Rest]) -> bool:
    return any(
        rest.path == test.path and any(dependency[0] == one.path for dependency in rest.dependencies)
        for rest in rests
    )


def _rests_on(world: World, reader: Work, one: Lost) -> bool:
    """Whether the text a reader expects can only be the old one: it leaves that alone, and has none of its own."""
    own = reader.changed.get(one.path)
    name = one.definition.path if one.definition is not None else ""
    if own is not None and any(name in each for each in (own.removed, own.signature, own.body)):
        return False
    blob = reader.over.get(one.path)
    if blob is not None and all(text != one.text for text, _ in world.facts(blob, one.path).strings):
        return False
    return not brings(world, reader, one.text)


def lost(world: World, work: Work) -> list[Lost]:
    """The texts a stream takes out of what is no test."""
    listed = []
    kept = {text for path in _sources(work) for text, _ in world.facts(work.over[path], path).strings}
    for path, changed in work.changed.items():
        if registry.is_test(path) or not work.over.get(path):
            continue
        old, new = world.facts(world.blob(path), path), world.facts(work.over[path], path)
        whole = _whole(new.strings)
        altered = changed.removed.keys() | changed.signature.keys() | changed.body.keys()
        for text, line in old.strings:
            if text not in kept and plain(text) not in whole:
                inner = _inner(old, line)
                if inner is None or inner.path in altered:
                    listed.append(Lost(path, inner, text))
    return listed


def expected(world: World, work: Work) -> list[Expected]:
    """The texts that are new in a stream's tests."""
    tests = [path for path in _sources(work) if registry.is_test(path)]
    return [Expected(path, line, text) for path in tests for text, line in _new(world, work, path)]


def brings(world: World, work: Work, text: str) -> bool:
    """Whether what a stream changes, tests aside, says this itself now."""
    others = (path for path in _sources(work) if not registry.is_test(path))
    return any(plain(text) in _whole(_new(world, work, path)) for path in others)


def _sources(work: Work) -> list[str]:
    return [path for path, blob in work.over.items() if blob and registry.language(path)]


def _new(world: World, work: Work, path: str) -> list[tuple[str, int]]:
    old_path = work.old_paths.get(path, path)
    known = {text for text, _ in world.facts(world.blob(old_path), old_path).strings}
    return [(text, line) for text, line in world.facts(work.over[path], path).strings if text not in known]


def _whole(strings: Iterable[tuple[str, int]]) -> str:
    return "\0".join(plain(text) for text, _ in strings)


def meetings(
    losses: Mapping[str, Iterable[Lost]], tests: Mapping[str, Iterable[Expected]]
) -> Iterator[tuple[str, str, Lost, Expected]]:
    """(writer, reader, what the writer takes away, where the reader expects it)."""
    holders: dict[str, list[tuple[str, Lost]]] = defaultdict(list)
    for writer, listed in losses.items():
        for one in listed:
            for key in _keys(one.text):
                holders[key].append((writer, one))
    for reader, wanted in tests.items():
        for test in wanted:
            found = {(writer, one) for key in _keys(test.text) for writer, one in holders.get(key, ())}
            for writer, one in found:
                if writer != reader and _meant(plain(one.text), plain(test.text)):
                    yield writer, reader, one, test


def _keys(text: str) -> Iterator[str]:
    """What texts are looked up by: every run of three words, or all of a shorter one."""
    words = plain(text).split()
    if len(words) < _WORDS:
        yield plain(text)
    for start in range(len(words) - _WORDS + 1):
        yield " ".join(words[start : start + _WORDS])


def _meant(one: str, other: str) -> bool:
    return one in other or other in one


def plain(text: str) -> str:
    """As it reads: without the escapes of patterns, and with single blanks."""
    return " ".join(text.replace("\\", "").split())


def speaks_for_itself(text: str) -> bool:
    """Whether a text is nobody else's, wherever it is found."""
    return len(plain(text).split()) >= _SENTENCE


def _inner(facts: FileFacts, line: int) -> Definition | None:
    """The innermost definition around a line."""
    around = [one for one in facts.definitions if one.kind != "key" and one.line <= line <= one.end_line]
    return min(around, key=lambda one: one.end_line - one.line, default=None)
