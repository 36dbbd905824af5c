"""Files both streams change: names defined twice in the merged text, and text that cannot be read any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gate import source
from gate.gather.names.neighbours import across
from gate.link.changed import duplicates, same
from gate.model.names import BrokenText, Double
from gate.model.source import NO_FACTS, UNSETTLED, last_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.gather.names.world import Work
    from gate.link.state import State
    from gate.model.source import Definition, FileFacts

Kind = Literal["function", "class", "variable", "key", "import", "fixture", "test"]
_MEANT = {
    "overload",
    "setter",
    "getter",
    "deleter",
    "register",
    "singledispatch",
    "dispatch",
    "validator",
    "typing",
}
"""Decorators under which defining a name again is how it is done."""


def shared(first: Work, second: Work) -> list[str]:
    """The files both change and keep, under one name."""
    return sorted(
        path for path, blob in first.over.items() if blob and second.over.get(path) and source.family(path)
    )


def doubled(
    first: Work, second: Work, one: State, other: State, together: State
) -> Iterator[Double | BrokenText]:
    """What the merge of files both change came to."""
    for path in shared(first, second):
        merged, sides = together.facts(path), (one.facts(path), other.facts(path))
        if merged in (NO_FACTS, UNSETTLED) or any(side.parse != "full" for side in sides):
            continue
        if merged.parse == "none":
            yield BrokenText(first.name, second.name, path, merged.why)
        elif merged.parse == "full":
            yield from _doubles(first.name, second.name, path, merged, sides)
            if not source.compiled(path):
                yield from _imports(first.name, second.name, path, merged, sides)
    yield from across(first, second, one, other, together)


def _doubles(
    first: str, second: str, path: str, merged: FileFacts, sides: Sequence[FileFacts]
) -> Iterator[Double]:
    compiled = source.compiled(path)
    counts = [duplicates(side, compiled=compiled) for side in sides]
    for key, found in duplicates(merged, compiled=compiled).items():
        scope, name, _ = key
        own = [
            [
                each
                for each in side.definitions
                if (each.scope, each.name) == (scope, name)
                and (not compiled or same(each, compiled=True) == key)
            ]
            for side in sides
        ]
        if len(found) <= max(len(count.get(key, ())) for count in counts) or not all(own):
            continue
        if len(found) <= max(map(len, own)) or _meant(found):
            continue
        registered = not compiled and any(not _harmless(each) for each in found)
        lines = (_line(own[0], own[1]), _line(own[1], own[0]))
        yield Double(first, second, path, scope, name, _kind(found[-1], path), lines, registered, compiled)


def _meant(found: Sequence[Definition]) -> bool:
    return any(last_name(decorator) in _MEANT for each in found for decorator in each.decorators)


def _harmless(one: Definition) -> bool:
    """Whether its decorators leave no trace of it elsewhere."""
    known = (
        "staticmethod",
        "classmethod",
        "property",
        "fixture",
        "abstractmethod",
        "override",
        "dataclass",
        "patch",
    )
    return all(last_name(each) in known or ".mark." in each for each in one.decorators)


def _line(own: Sequence[Definition], others: Sequence[Definition]) -> int | None:
    """The line of the definition this side adds; definitions with the other's text come last."""
    texts = {each.digest for each in others}
    return min(own, key=lambda each: (each.digest in texts, each.line)).line


def _kind(one: Definition, path: str) -> Kind:
    if one.kind == "key":
        return "key"
    if one.fixture:
        return "fixture"
    inside = path.rpartition("/")[2]
    if one.name.startswith(("test", "Test")) and (inside.startswith("test") or inside.endswith("_test.py")):
        return "test"
    if one.kind in ("variable", "attribute"):
        return "variable"
    return "function" if one.kind == "function" else "class"


def _imports(
    first: str, second: str, path: str, merged: FileFacts, sides: Sequence[FileFacts]
) -> Iterator[Double]:
    """Two imports that give one name to different things."""
    own = [_sources(side) for side in sides]
    for name, found in _sources(merged).items():
        mine, yours = own[0].get(name, {}), own[1].get(name, {})
        if len(found) > 1 and len(mine) == 1 and len(yours) == 1 and mine.keys() != yours.keys():
            lines = (next(iter(mine.values())), next(iter(yours.values())))
            yield Double(first, second, path, "", name, "import", lines)


def _sources(facts: FileFacts) -> dict[str, dict[tuple[object, ...], int]]:
    found: dict[str, dict[tuple[object, ...], int]] = {}
    for one in facts.imports:
        if one.alias and not one.scope and not one.conditional and (one.name or one.renamed):
            found.setdefault(one.alias, {})[one.level, one.module, one.name] = one.line
    return found
