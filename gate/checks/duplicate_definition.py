"""G213."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._excerpts import of_both
from gate.checks._sides import facing, rebase_and
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
_ENDS = {
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
    Resolve: land either stream, then rename or remove the definition of the other.
    """
    for names in facts.all_names:
        for duplicate in names.duplicates:
            yield facing(_finding(names, duplicate), facts, names, duplicate)


def _finding(names: NameFacts, duplicate: DuplicateDefinition) -> Finding:
    mild = duplicate.registered or duplicate.alike or duplicate.legal or duplicate.kind in _MILD
    blocks = duplicate.fatal or duplicate.kind == "member" or not mild
    name = _full_name(duplicate)
    pair, paths = (
        (duplicate.first, duplicate.second),
        (duplicate.path, duplicate.second_path or duplicate.path),
    )
    place = " and ".join(dict.fromkeys(paths))
    verb = _VERBS.get(duplicate.kind, "define")
    return Finding(
        code="G213",
        name="duplicate-definition",
        kind=duplicate.kind,
        severity=Severity.ERROR if blocks else Severity.WARNING,
        confidence=Confidence.CERTAIN,
        message=f"{pair[0]} and {pair[1]} both {verb} `{name}`{_owner(duplicate)} in {place}; {_end(duplicate)}",
        branches=pair,
        locations=tuple(
            Location(branch, path, line)
            for branch, path, line in zip(pair, paths, duplicate.lines, strict=True)
        ),
        hint=_hint(names, duplicate, name),
        constraints=(Apart(pair),) if blocks else (Serial(pair),),
        evidence=of_both(names, duplicate, paths),
        identity=(duplicate.path, duplicate.scope, duplicate.name),
    )


def _hint(names: NameFacts, duplicate: DuplicateDefinition, name: str) -> str:
    if names.target:
        stream = duplicate.second if duplicate.first == names.target else duplicate.first
        begin, other = rebase_and(names, names.target, stream), "it"
    else:
        begin, other = "land one of them, then", "the other"
    if duplicate.alike:
        return f"{begin} remove `{name}` from {other}"
    return f"{begin} rename or remove `{name}` in {other}"


def _full_name(duplicate: DuplicateDefinition) -> str:
    if duplicate.kind in ("key", "value") or not duplicate.scope:
        return duplicate.name
    return f"{duplicate.scope}.{duplicate.name}"


def _owner(duplicate: DuplicateDefinition) -> str:
    """Return the mapping or enum that has the key or value, as a part of the sentence."""
    return f" of `{duplicate.scope[:-2]}`" if duplicate.kind in ("key", "value") else ""


def _end(duplicate: DuplicateDefinition) -> str:
    """Return the outcome, as the end of the sentence."""
    if duplicate.fatal:
        return "the file no longer compiles"
    return _ENDS.get(duplicate.kind, "they say the same" if duplicate.alike else "the last one wins")
