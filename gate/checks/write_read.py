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
        a function whose body the other changes is the most common break of a merge that nobody expected, a test that
        expects a message the other rewords the surest. Changed layout, comments, docstrings and annotations do not
        count. At most three names a pair, the most specific first; streams that read each other get no order.
    Example: agent/a changes what `total` returns; agent/b adds `tests/test_total.py`, which expects the old result.
    Resolve: land the writer first, then run the reader's tests on top of it.
    """
    by_pair = {(pair.writer, pair.reader): pair for pair in facts.names.reads}
    for pair in facts.names.reads:
        opposite = by_pair.get((pair.reader, pair.writer))
        if opposite is None:
            yield _finding(pair)
        elif pair.writer < pair.reader:
            yield _mutual(pair, opposite)


def _finding(pair: WriteRead) -> Finding:
    first, *more = pair.reads
    test_files = series(sorted({read.use_place.path for read in pair.reads if read.test}))
    then = f"run {test_files} again" if test_files else f"run the tests of {first.use_place.path}"
    return Finding(
        code="G220",
        name="write-read",
        kind=first.aspect,
        severity=Severity.NOTE,
        confidence=Confidence.LIKELY,
        message=_sentence(pair.writer, pair.reader, first) + _also(more),
        branches=(pair.reader, pair.writer),
        locations=tuple(_places(pair)),
        hint=f"land {pair.writer} first, then {then} on top of it",
        constraints=(Before(pair.writer, pair.reader),) if first.specific else (),
        identity=_names(pair.reads),
    )


def _mutual(pair: WriteRead, opposite: WriteRead) -> Finding:
    """Return the finding of two streams that read each other: the tests of both are to be run."""
    files = series(sorted({read.use_place.path for read in (*pair.reads, *opposite.reads)}))
    sentences = [_sentence(side.writer, side.reader, side.reads[0]) for side in (pair, opposite)]
    return Finding(
        code="G220",
        name="write-read",
        kind="mutual",
        severity=Severity.NOTE,
        confidence=Confidence.LIKELY,
        message="; ".join(sentences),
        branches=(pair.reader, pair.writer),
        locations=(*_places(pair), *_places(opposite)),
        hint=f"once both have landed, run the tests of {files}",
        identity=_names((*pair.reads, *opposite.reads)),
    )


def _sentence(writer: str, reader: str, read: Read) -> str:
    by = f"{reader}'s `{read.inside}`" if read.inside else f"{reader} in {read.use_place.path}"
    if read.aspect == "text":
        inside = f"`{read.name}`" if read.name else read.definition_place.path
        return f"{by} expects the text {_quote(read.text)}, which {writer} removes from {inside}"
    verb = "tests" if read.test else "starts to use"
    if read.through:
        return (
            f"{by} {verb} `{read.through}`, which calls `{read.name}`, whose {read.aspect} {writer} changes"
        )
    return f"{by} {verb} `{read.name}`, whose {read.aspect} {writer} changes"


def _quote(text: str) -> str:
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[:_LONGEST]}…"'


def _also(more: Iterable[Read]) -> str:
    names = sorted({f"`{read.name}`" for read in more if read.name})
    return f" (also {series(names)})" if names else ""


def _places(pair: WriteRead) -> Iterator[Location]:
    for read in pair.reads:
        yield Location(pair.reader, read.use_place.path, read.use_place.line)
        yield Location(pair.writer, read.definition_place.path, read.definition_place.line)


def _names(reads: Iterable[Read]) -> tuple[str, ...]:
    return tuple(sorted({read.name for read in reads}))
