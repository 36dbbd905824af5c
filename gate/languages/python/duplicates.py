"""Python: the last definition of a name wins, without a word."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.languages.base.duplicate_lines import added_line
from gate.model.names import DuplicateDefinition
from gate.model.source import ENUMS, last_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from gate.model.names import DuplicateKind
    from gate.model.source import Definition, FileFacts

Key = tuple[str, str, str]
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
_TRACELESS = {
    *("staticmethod", "classmethod", "property", "cached_property", "abstractmethod", "override", "final"),
    *(
        "dataclass",
        "fixture",
        "patch",
        "cache",
        "lru_cache",
        "wraps",
        "contextmanager",
        "asynccontextmanager",
    ),
    *("deprecated", "usefixtures", "override_settings"),
    *("skip", "skipif", "skipIf", "skipUnless", "expectedFailure", "xfail", "parametrize"),
}
"""Decorators that leave no trace of a function elsewhere."""
_OF_TESTS = {"given", "settings", "example"}
"""The same of tests alone: pytest-bdd registers steps by one of these names."""


def find_duplicates(
    first: str, second: str, path: str, merged: FileFacts, sides: Sequence[FileFacts]
) -> Iterator[DuplicateDefinition]:
    """What a module or a class of the merged file binds once more than either version."""
    yield from _outermost(list(_defined(first, second, path, merged, sides)))
    yield from _imports(first, second, path, merged, sides)


def _defined(
    first: str, second: str, path: str, merged: FileFacts, sides: Sequence[FileFacts]
) -> Iterator[DuplicateDefinition]:
    counts = [_bound(side) for side in sides]
    enums = _enums(merged)
    for key, found in _bound(merged).items():
        if len(found) <= max(len(count.get(key, ())) for count in counts) or _meant(found):
            continue
        scope, name, _ = key
        own = [
            [each for each in side.definitions if (each.scope, each.name) == (scope, name)] for side in sides
        ]
        if not all(own) or len(found) <= max(map(len, own)):
            continue
        kind, alike = _kind(found[-1], path, enums), _alike(found, own, sides)
        if kind in ("field", "constant") and alike:
            continue
        registered = any(not _harmless(each) for each in found)
        lines = (added_line(own[0], own[1]), added_line(own[1], own[0]))
        yield DuplicateDefinition(first, second, path, scope, name, kind, lines, registered, alike)


def _outermost(found: Sequence[DuplicateDefinition]) -> Iterator[DuplicateDefinition]:
    """Without what lies in a class that is told itself, and without the values of members that are."""
    classes = {
        one.name if not one.scope else f"{one.scope}.{one.name}" for one in found if one.kind == "class"
    }
    enums = {f"{one.scope}()" for one in found if one.kind == "member"}
    for one in found:
        within = any(one.scope == path or one.scope.startswith(f"{path}.") for path in classes)
        if not within and one.scope not in enums:
            yield one


def _bound(facts: FileFacts) -> dict[Key, list[Definition]]:
    """What is bound without condition, by scope, name and, for keys, which of the literals that have had this name.

    Of variables only those of classes, and constants: others are bound again and again as a script goes on.
    """
    found: dict[Key, list[Definition]] = defaultdict(list)
    literals: Counter[str] = Counter()
    for one in facts.definitions:
        if one.kind == "variable":
            literals[f"{one.path}[]"] += 1
        if one.conditional or one.name == "_":
            continue
        if one.kind in ("function", "class") or (
            one.kind == "variable" and (one.scope or one.name.isupper())
        ):
            found[one.scope, one.name, ""].append(one)
        elif one.kind == "key":
            found[one.scope, one.name, f"{literals[one.scope]}"].append(one)
    return found


def _enums(facts: FileFacts) -> set[str]:
    return {
        one.path
        for one in facts.definitions
        if one.kind == "class" and any(last_name(base) in ENUMS for base in one.bases)
    }


def _meant(found: Sequence[Definition]) -> bool:
    return any(last_name(decorator) in _MEANT for each in found for decorator in each.decorators)


def _harmless(one: Definition) -> bool:
    """Whether its decorators leave no trace of it elsewhere."""
    return all(
        last_name(each) in _TRACELESS
        or "mark." in each
        or "patch." in each
        or (last_name(each) in _OF_TESTS and one.name.startswith("test"))
        for each in one.decorators
    )


def _alike(
    found: Sequence[Definition], own: Sequence[Sequence[Definition]], sides: Sequence[FileFacts]
) -> bool:
    """Whether all of these say the same, as far as can be told."""
    first = found[0]
    if any(not one.digest or (one.kind, one.digest) != (first.kind, first.digest) for one in found):
        return False
    if first.kind != "class":
        return all(one.decorators == first.decorators for one in found)
    inside = [_inside(side, listed[0].path) for side, listed in zip(sides, own, strict=True)]
    return inside[0] == inside[1]


def _inside(facts: FileFacts, path: str) -> list[tuple[str, str]]:
    """What a class holds."""
    return sorted(
        (one.path, one.digest)
        for one in facts.definitions
        if one.scope == path or one.scope.startswith(f"{path}.")
    )


def _kind(one: Definition, path: str, enums: Collection[str]) -> DuplicateKind:
    if one.kind == "key":
        return "value" if one.scope.endswith("()") else "key"
    if one.kind == "variable":
        return "member" if one.scope in enums else "field" if one.scope else "constant"
    if one.fixture:
        return "fixture"
    if one.name.startswith(("test", "Test")) and registry.is_test(path):
        return "test"
    return "function" if one.kind == "function" else "class"


def _imports(
    first: str, second: str, path: str, merged: FileFacts, sides: Sequence[FileFacts]
) -> Iterator[DuplicateDefinition]:
    """Two imports that give one name to different things."""
    own = [_sources(side) for side in sides]
    for name, found in _sources(merged).items():
        mine, yours = own[0].get(name, {}), own[1].get(name, {})
        if len(found) > 1 and len(mine) == 1 and len(yours) == 1 and mine.keys() != yours.keys():
            lines = (next(iter(mine.values())), next(iter(yours.values())))
            yield DuplicateDefinition(first, second, path, "", name, "import", lines)


def _sources(facts: FileFacts) -> dict[str, dict[tuple[object, ...], int]]:
    found: dict[str, dict[tuple[object, ...], int]] = {}
    for one in facts.imports:
        if one.alias and not one.scope and not one.conditional and (one.name or one.renamed):
            found.setdefault(one.alias, {})[one.level, one.module, one.name] = one.line
    return found
