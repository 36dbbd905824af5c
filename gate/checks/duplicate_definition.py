"""G213."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._shown import of_both
from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Finding, Location, Serial, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.names import DuplicateDefinition, NameFacts

_VERBS = {
    "import": "import something as",
    "key": "define the key",
    "value": "give a member the value",
    "export": "export",
}
_MILD = ("import", "value", "field", "constant")
"""Kinds that run all the same."""
_END = {
    "member": "Python refuses that",
    "value": "one becomes an alias of the other",
}


@check("G213", "duplicate-definition", Level.NAMES)
def duplicate_definition(facts: Facts) -> Iterator[Finding]:
    """Two streams define the same name in one scope; one silently wins.

    Why: both land cleanly, in different places of one file; Python keeps the last and says nothing, JavaScript and
        TypeScript refuse the file, Go, Java and Rust do not compile it (in Go the files of a folder count as one). A
        test defined twice is a test that no longer runs; an enum's member defined twice does not even load. Overloads,
        setters and conditional definitions do not count; what a decorator may have registered, fields, constants,
        values of an enum, what JavaScript itself takes (functions of a script, methods, keys, `exports.x`) and
        definitions that say the same in both streams are warnings.
    Example: agent/a and agent/b both add `def test_empty` to `tests/test_load.py`, in different places.
    Resolve: land one, then rename or drop the other's.
    """
    for one in facts.names.duplicates:
        yield _finding(facts.names, one)


def _finding(names: NameFacts, one: DuplicateDefinition) -> Finding:
    mild = one.registered or one.alike or one.legal or one.kind in _MILD
    sure = one.fatal or one.kind == "member" or not mild
    name = one.name if one.kind in ("key", "value") or not one.scope else f"{one.scope}.{one.name}"
    pair, paths = (one.first, one.second), (one.path, one.second_path or one.path)
    place = " and ".join(dict.fromkeys(paths))
    return Finding(
        code="G213",
        name="duplicate-definition",
        kind=one.kind,
        severity=Severity.ERROR if sure else Severity.WARNING,
        confidence=Confidence.CERTAIN,
        message=f"{one.first} and {one.second} both {_VERBS.get(one.kind, 'define')} `{name}`{_inside(one)} "
        f"in {place}; {_end(one)}",
        branches=pair,
        locations=tuple(
            Location(branch, path, line) for branch, path, line in zip(pair, paths, one.lines, strict=True)
        ),
        hint=f"land one, then drop `{name}` of the other"
        if one.alike
        else f"land one, then rename or drop `{name}` of the other",
        constraints=(Apart(pair),) if sure else (Serial(pair),),
        evidence=of_both(names, one, paths),
        identity=(one.path, one.scope, one.name),
    )


def _end(one: DuplicateDefinition) -> str:
    """What comes of it."""
    if one.fatal:
        return "the file no longer compiles"
    return _END.get(one.kind, "they say the same" if one.alike else "the last one wins")


def _inside(one: DuplicateDefinition) -> str:
    return f" of `{one.scope[:-2]}`" if one.kind in ("key", "value") else ""
