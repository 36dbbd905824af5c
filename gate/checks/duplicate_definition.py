"""G213."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Finding, Location, Serial, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.names import Double


_VERBS = {"import": "import something as", "key": "define the key", "export": "export"}


@check("G213", "duplicate-definition", Level.NAMES, preview=True)
def duplicate_definition(facts: Facts) -> Iterator[Finding]:
    """Two streams define the same name in one scope; one silently wins.

    Why: both land cleanly, in different places of one file; Python keeps the last and says nothing, JavaScript and
        TypeScript refuse the file. A test defined twice is a test that no longer runs. Overloads, setters,
        registrations and conditional definitions do not count.
    Example: agent/a and agent/b both add `def test_empty` to `tests/test_load.py`, in different places.
    Resolve: land one, then rename or drop the other's.
    """
    for one in facts.names.doubles:
        yield _finding(one)


def _finding(one: Double) -> Finding:
    sure = one.fatal or (not one.registered and one.kind != "import")
    name = one.name if one.kind == "key" or not one.scope else f"{one.scope}.{one.name}"
    what = _VERBS.get(one.kind, "define")
    so = "the file no longer compiles" if one.fatal else "the last one wins"
    pair = (one.first, one.second)
    return Finding(
        code="G213",
        name="duplicate-definition",
        kind=one.kind,
        severity=Severity.ERROR if sure else Severity.WARNING,
        confidence=Confidence.CERTAIN,
        message=f"{one.first} and {one.second} both {what} `{name}` in {one.path}; {so}",
        branches=pair,
        locations=tuple(
            Location(branch, one.path, line) for branch, line in zip(pair, one.lines, strict=True)
        ),
        hint=f"land one, then rename or drop `{name}` of the other",
        constraints=(Apart(pair),) if sure else (Serial(pair),),
        identity=(one.path, one.scope, one.name),
    )
