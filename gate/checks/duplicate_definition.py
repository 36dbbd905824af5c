"""G213."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Finding, Location, Serial, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.names import Double


@check("G213", "duplicate-definition", Level.NAMES, preview=True)
def duplicate_definition(facts: Facts) -> Iterator[Finding]:
    """Two streams define the same name in one scope; one silently wins.

    Why: both land cleanly, in different places of one file; Python keeps the last and says nothing. A test defined
        twice is a test that no longer runs. Go, Java and Rust do not compile it; in Go the files of a folder count as
        one. Overloads, setters, registrations and conditional definitions do not count.
    Example: agent/a and agent/b both add `def test_empty` to `tests/test_load.py`, in different places.
    Resolve: land one, then rename or drop the other's.
    """
    for one in facts.names.doubles:
        yield _finding(one)


def _finding(one: Double) -> Finding:
    sure = not one.registered and one.kind != "import"
    name = one.name if one.kind == "key" or not one.scope else f"{one.scope}.{one.name}"
    what = (
        "import something as" if one.kind == "import" else "define the key" if one.kind == "key" else "define"
    )
    pair, paths = (one.first, one.second), (one.path, one.other_path or one.path)
    place = " and ".join(dict.fromkeys(paths))
    then = "that does not compile" if one.compiled else "the last one wins"
    return Finding(
        code="G213",
        name="duplicate-definition",
        kind=one.kind,
        severity=Severity.ERROR if sure else Severity.WARNING,
        confidence=Confidence.CERTAIN,
        message=f"{one.first} and {one.second} both {what} `{name}` in {place}; {then}",
        branches=pair,
        locations=tuple(
            Location(branch, path, line) for branch, path, line in zip(pair, paths, one.lines, strict=True)
        ),
        hint=f"land one, then rename or drop `{name}` of the other",
        constraints=(Apart(pair),) if sure else (Serial(pair),),
        identity=(one.path, one.scope, one.name),
    )
