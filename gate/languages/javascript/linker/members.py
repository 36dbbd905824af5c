"""Members of classes, enums, namespaces and closed objects; what leads out of the repository is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing
from gate.languages.javascript.linker import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.symbols import Symbol
    from gate.languages.javascript.linker.resolve import ScriptLinker
    from gate.model.source import Definition

_OF_OBJECTS = frozenset((
    *("constructor", "toString", "toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf"),
    *("propertyIsEnumerable", "__proto__", "then"),
))  # fmt: skip
_OF_CLASSES = _OF_OBJECTS | {"prototype", "name", "length", "call", "apply", "bind", "caller", "arguments"}
_PLAIN = {"abstract", "export", "default"}
_MOST_BASES = 50

Side = Literal["class", "instance", ""]


def member(linker: ScriptLinker, start: Bound, name: str) -> Symbol:
    """A member of what a name stands for."""
    one = start.definition
    match one.kind:
        case "class":
            return of_class(linker, start, name, side="instance" if start.instance else "class")
        case "enum" | "namespace":
            return _listed(linker, start, name, one.path, sure=True)
        case "variable" if not start.instance:
            return _listed(linker, start, name, f"{one.path}[]", sure=paths.is_typed(start.path))
    return UNKNOWN


def _listed(linker: ScriptLinker, start: Bound, name: str, scope: str, *, sure: bool) -> Symbol:
    """A member of what lists all of its members."""
    listed = [each for each in linker.facts(start.path).definitions if each.scope == scope]
    found = [each for each in listed if each.name == name]
    if found:
        linker.dependencies += [(start.path, each.path) for each in found]
        return Bound(start.path, found[0], through="class") if len(found) == 1 else PRESENT
    if not listed or start.definition.opaque or name in _OF_OBJECTS:
        return UNKNOWN
    return Missing(start.path, name, inside=start.definition.path, sure=sure)


def of_class(linker: ScriptLinker, start: Bound, name: str, *, side: Side, above: bool = False) -> Symbol:
    """A member of a class (`side` tells static ones apart); `above` begins with the bases, as `super` does."""
    sure = paths.is_typed(start.path)
    for at, one in enumerate(lineage(linker, start)):
        if one is None:
            sure = False
            continue
        sure = sure and paths.is_typed(one.path)
        if above and at == 0:
            continue
        found = own(linker, one, name, side)
        if found:
            linker.dependencies.append((one.path, f"{one.definition.path}.{name}"))
            known = len(found) == 1 and not found[0].conditional
            return Bound(one.path, found[0], through=side or "instance") if known else PRESENT
    if name in (_OF_OBJECTS if side == "instance" else _OF_CLASSES):
        return UNKNOWN
    return Missing(start.path, name, inside=start.definition.path, sure=sure)


def own(linker: ScriptLinker, one: Bound, name: str, side: Side) -> list[Definition]:
    """The definitions of a name in the class itself; of either side, when `side` is ""."""
    scope = one.definition.path
    found = [each for each in linker.facts(one.path).definitions if each.scope == scope and each.name == name]
    return [each for each in found if not side or ("static" in each.decorators) == (side == "class")]


def lineage(linker: ScriptLinker, start: Bound) -> Iterator[Bound | None]:
    """The class and what it extends, nearest first; None where nobody can say what comes next."""
    one: Bound | None = start
    seen: set[tuple[str, str]] = set()
    while one is not None and len(seen) < _MOST_BASES:
        key = (one.path, one.definition.path)
        if key in seen:
            return
        seen.add(key)
        linker.dependencies.append(key)
        yield one
        if one.definition.opaque or set(one.definition.decorators) - _PLAIN or _merged(linker, one):
            yield None
        bases = [base for base in one.definition.bases if not base.startswith("implements:")]
        if not bases:
            return
        one = _base(linker, one, bases[0]) if len(bases) == 1 else None
        if one is None:
            yield None


def _merged(linker: ScriptLinker, one: Bound) -> bool:
    """Whether an interface or a namespace of its name may add members."""
    own_path = one.definition.path
    return sum(each.path == own_path for each in linker.facts(one.path).definitions) > 1


def _base(linker: ScriptLinker, one: Bound, base: str) -> Bound | None:
    if base == "?" or one.definition.scope:
        return None
    found = linker.chain(one.path, base)
    known = isinstance(found, Bound) and found.definition.kind == "class" and not found.instance
    return found if known and isinstance(found, Bound) else None
