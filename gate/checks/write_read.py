"""G220."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Before, Confidence, Finding, Location, Severity
from gate.model.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.names import WriteRead


@check("G220", "write-read", Level.NAMES, preview=True)
def write_read(facts: Facts) -> Iterator[Finding]:
    """One stream starts to use what another changes: order only.

    Why: nothing is missing once both have landed, but the reader was written against the old behaviour. A new test of
        a function whose body the other changes is the most common break of a merge nobody saw coming.
    Example: agent/a changes what `total` returns; agent/b adds `tests/test_total.py`, which expects the old result.
    Resolve: land the writer first, then run the reader's tests on top of it.
    """
    both = {(one.writer, one.reader) for one in facts.names.reads}
    for one in facts.names.reads:
        yield _finding(one, mutual=(one.reader, one.writer) in both)


def _finding(one: WriteRead, *, mutual: bool) -> Finding:
    names = [f"`{each.name}`" for each in one.reads]
    what = "signature" if any(each.what == "signature" for each in one.reads) else "body"
    verb = "tests" if all(_is_test(each.read.path) for each in one.reads) else "starts to use"
    first = one.reads[0]
    return Finding(
        code="G220",
        name="write-read",
        kind=what,
        severity=Severity.NOTE,
        confidence=Confidence.LIKELY,
        message=f"{one.reader} {verb} {listed(names)}, whose {what} {one.writer} changes",
        branches=(one.reader, one.writer),
        locations=tuple(
            place
            for each in one.reads
            for place in (
                Location(one.reader, each.read.path, each.read.line),
                Location(one.writer, each.written.path, each.written.line),
            )
        ),
        hint=f"land {one.writer} first, then run {_tests(first.read.path)}",
        constraints=() if mutual else (Before(one.writer, one.reader),),
        identity=tuple(sorted(each.name for each in one.reads)),
    )


def _is_test(path: str) -> bool:
    name = path.rpartition("/")[2]
    return (
        name.startswith("test_")
        or name.endswith("_test.py")
        or any(mark in name for mark in (".test.", ".spec."))
    )


def _tests(path: str) -> str:
    return path if _is_test(path) else f"the tests of {path}"
