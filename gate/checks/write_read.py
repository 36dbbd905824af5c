"""G220."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Before, Confidence, Finding, Location, Severity
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.model.facts import Facts
    from gate.model.names import Read, WriteRead

_LONGEST = 60
"""Characters of a text that are shown."""


@check("G220", "write-read", Level.NAMES)
def write_read(facts: Facts) -> Iterator[Finding]:
    """One stream tests or starts to use what another changes: order only.

    Why: nothing is missing once both have landed, but the reader was written against the old behaviour. A new test of
        a function whose body the other changes is the most common break of a merge nobody saw coming, a test that
        expects a message the other rewords the surest. Changed layout, comments, docstrings and annotations do not
        count. At most three names a pair, the most specific first; streams that read each other get no order.
    Example: agent/a changes what `total` returns; agent/b adds `tests/test_total.py`, which expects the old result.
    Resolve: land the writer first, then run the reader's tests on top of it.
    """
    known = {(one.writer, one.reader): one for one in facts.names.reads}
    for one in facts.names.reads:
        other = known.get((one.reader, one.writer))
        if other is None:
            yield _finding(one)
        elif one.writer < one.reader:
            yield _mutual(one, other)


def _finding(one: WriteRead) -> Finding:
    first, *more = one.reads
    files = series(sorted({each.use_place.path for each in one.reads if each.test}))
    then = f"rerun {files}" if files else f"run the tests of {first.use_place.path}"
    return Finding(
        code="G220",
        name="write-read",
        kind=first.aspect,
        severity=Severity.NOTE,
        confidence=Confidence.LIKELY,
        message=_said(one.writer, one.reader, first) + _also(more),
        branches=(one.reader, one.writer),
        locations=tuple(_places(one)),
        hint=f"land {one.writer} first, then {then} on top of it",
        constraints=(Before(one.writer, one.reader),) if first.specific else (),
        identity=_names(one.reads),
    )


def _mutual(one: WriteRead, other: WriteRead) -> Finding:
    """Each reads what the other writes: whichever comes second has something to look at."""
    files = series(sorted({each.use_place.path for each in (*one.reads, *other.reads)}))
    said = [_said(each.writer, each.reader, each.reads[0]) for each in (one, other)]
    return Finding(
        code="G220",
        name="write-read",
        kind="mutual",
        severity=Severity.NOTE,
        confidence=Confidence.LIKELY,
        message=f"{said[0]}; {said[1]}",
        branches=(one.reader, one.writer),
        locations=(*_places(one), *_places(other)),
        hint=f"once both have landed, run the tests of {files}",
        identity=_names((*one.reads, *other.reads)),
    )


def _said(writer: str, reader: str, first: Read) -> str:
    by = f"{reader}'s `{first.inside}`" if first.inside else f"{reader} in {first.use_place.path}"
    if first.aspect == "text":
        inside = f"`{first.name}`" if first.name else first.definition_place.path
        return f"{by} expects the text {_quoted(first.text)}, which {writer} takes out of {inside}"
    verb = "tests" if first.test else "starts to use"
    if first.through:
        return f"{by} {verb} `{first.through}`, which calls `{first.name}`, whose {first.aspect} {writer} changes"
    return f"{by} {verb} `{first.name}`, whose {first.aspect} {writer} changes"


def _quoted(text: str) -> str:
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[:_LONGEST]}…"'


def _also(more: Iterable[Read]) -> str:
    names = sorted({f"`{each.name}`" for each in more if each.name})
    return f" (also {series(names)})" if names else ""


def _places(one: WriteRead) -> Iterator[Location]:
    for each in one.reads:
        yield Location(one.reader, each.use_place.path, each.use_place.line)
        yield Location(one.writer, each.definition_place.path, each.definition_place.line)


def _names(reads: Iterable[Read]) -> tuple[str, ...]:
    return tuple(sorted({each.name for each in reads}))
