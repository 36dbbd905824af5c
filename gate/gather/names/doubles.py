"""Files both streams change: names defined twice in the merged text, and text that cannot be read any more."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Literal

from gate import source
from gate.gather.names.sources import TOO_LARGE
from gate.link.script.paths import is_typed
from gate.link.script.twice import groups
from gate.model.names import BrokenText, Double
from gate.model.source import ENUMS, NO_FACTS, UNSETTLED, last_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from gate.gather.names.world import Work
    from gate.link.script.twice import Binding
    from gate.link.state import State
    from gate.model.source import Definition, FileFacts

Kind = Literal[
    "function", "class", "variable", "method", "key", "value", "import", "fixture", "test", "member", "field",
    "constant", "export",
]  # fmt: skip
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
        script = source.family(path) == "script"
        if merged.parse == "none" or (script and merged.parse != "full"):
            if merged.why != TOO_LARGE and not source.form(
                path
            ):  # data files are judged by their own readers
                yield BrokenText(first.name, second.name, path, merged.why or "it does not parse")
        elif script:
            yield from _script(first.name, second.name, path, merged, sides)
        elif merged.parse == "full":
            yield from _outermost(list(_doubles(first.name, second.name, path, merged, sides)))
            yield from _imports(first.name, second.name, path, merged, sides)
            yield from _exports(first.name, second.name, path, merged, sides)


def _doubles(
    first: str, second: str, path: str, merged: FileFacts, sides: Sequence[FileFacts]
) -> Iterator[Double]:
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
        lines = (_line(own[0], own[1]), _line(own[1], own[0]))
        yield Double(first, second, path, scope, name, kind, lines, registered, alike)


def _outermost(found: Sequence[Double]) -> Iterator[Double]:
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


def _script(
    first: str, second: str, path: str, merged: FileFacts, sides: Sequence[FileFacts]
) -> Iterator[Double]:
    """What JavaScript and TypeScript allow but once."""
    mine, yours = (groups(side) for side in sides)
    told: set[str] = set()
    for key, found in sorted(groups(merged).items(), key=lambda item: item[0][2] == "export"):
        own = mine.get(key, []), yours.get(key, [])
        if not all(own) or len(found) <= max(1, *map(len, own)) or key[1] in told:
            continue
        told.add(key[1])
        kind = found[-1].what
        fatal = is_typed(path) or (kind not in ("key", "member") and bool(merged.imports or merged.exported))
        lines = (_added(own[0], own[1]), _added(own[1], own[0]))
        what: Kind = "method" if kind == "member" else kind
        yield Double(first, second, path, key[0].removesuffix("[]"), key[1], what, lines, fatal=fatal)


def _added(own: Sequence[Binding], others: Sequence[Binding]) -> int:
    """The line of what this side adds; what the other has too comes last."""
    texts = {each.digest for each in others}
    return min(own, key=lambda each: (each.digest in texts, each.line)).line


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


def _line(own: Sequence[Definition], others: Sequence[Definition]) -> int | None:
    """The line of the definition this side adds; definitions with the other's text come last."""
    texts = {each.digest for each in others}
    return min(own, key=lambda each: (each.digest in texts, each.line)).line


def _kind(one: Definition, path: str, enums: Collection[str]) -> Kind:
    if one.kind == "key":
        return "value" if one.scope.endswith("()") else "key"
    if one.kind == "variable":
        return "member" if one.scope in enums else "field" if one.scope else "constant"
    if one.fixture:
        return "fixture"
    if one.name.startswith(("test", "Test")) and source.is_test(path):
        return "test"
    return "class" if one.kind == "class" else "function"


def _exports(
    first: str, second: str, path: str, merged: FileFacts, sides: Sequence[FileFacts]
) -> Iterator[Double]:
    """Names a module exports once more than either version of it."""
    counts = [_exported(side) for side in sides]
    defined = {name for scope, name, _ in _bound(merged) if not scope}
    for name, lines in _exported(merged).items():
        own = [count.get(name, []) for count in counts]
        if name not in defined and all(own) and len(lines) > max(map(len, own)):
            yield Double(first, second, path, "", name, "export", (own[0][0], own[1][0]))


def _exported(facts: FileFacts) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for one in facts.exported:
        if one.name != "*" and not one.typing:
            found[one.name].append(one.line)
    return found


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
