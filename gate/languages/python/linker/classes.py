"""Members of classes, through first-party bases; what leads out of the repository is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing
from gate.languages.python.linker import stdlib
from gate.model.source import last_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.symbols import Symbol
    from gate.languages.python.linker.resolve import PythonLinker
    from gate.model.source import Definition

_PLAIN_BASES = {"object", "ABC", "Protocol", "Generic", "metaclass=ABCMeta", "metaclass=abc.ABCMeta"}
_PLAIN_DECORATORS = {"dataclass", "final", "total_ordering", "runtime_checkable", "unique"}
_ATTRS = {
    *("attr.s", "attr.attrs", "attr.define", "attr.frozen", "attr.mutable"),
    *("attrs.define", "attrs.frozen", "attrs.mutable"),
}
_HOOKS = ("__getattr__", "__getattribute__")
_ITERATES = ("__iter__", "__getitem__", *_HOOKS)
_MOST_BASES = 50


def member(linker: PythonLinker, start: Bound, name: str, *, above: bool = False) -> Symbol:
    """A member of a class or instance; `above` begins with the bases, as `super()` does."""
    if start.definition.kind != "class" or (
        name.startswith("__") and name.endswith("__") and name != "__init__"
    ):
        return UNKNOWN
    sure = True
    for at, one in enumerate(lineage(linker, start)):
        if one is None:
            sure = False
            continue
        if above and at == 0:
            continue
        found = own(linker, one, name)
        if found:
            linker.dependencies.append((one.path, f"{one.definition.path}.{name}"))
            return _one(one, implementations(found), start) if sure else PRESENT
        if any(each.gives != "never" for hook in _HOOKS for each in own(linker, one, hook)):
            return UNKNOWN
    if name == "__init__":
        return UNKNOWN
    sure = sure or stdlib.lacks(linker, start, name)
    return Missing(start.path, name, inside=start.definition.path, sure=sure)


def _one(holder: Bound, found: list[Definition], start: Bound) -> Symbol:
    only = found[0]
    if len(found) != 1 or only.conditional or (only.kind == "attribute" and not only.holds):
        return PRESENT
    return Bound(holder.path, only, through="instance" if start.instance else "class")


def implementations(found: list[Definition]) -> list[Definition]:
    """Definitions of one name but those that `overload` gives to type checkers only; all of them in a stub."""
    rest = [one for one in found if not any(last_name(each) == "overload" for each in one.decorators)]
    return rest or found


def gives_no_items(linker: PythonLinker, start: Bound) -> bool:
    """Whether an instance is surely nothing to iterate."""
    return all(
        one is not None and not any(own(linker, one, name) for name in _ITERATES)
        for one in lineage(linker, start)
    )


def own(linker: PythonLinker, one: Bound, name: str) -> list[Definition]:
    """The definitions of a name in the class itself, its instances' attributes included."""
    members = linker.members(one.path).get(one.definition.path, ())
    return [each for each in members if each.name == name]


def lineage(linker: PythonLinker, start: Bound) -> Iterator[Bound | None]:
    """The class and its bases, nearest first (depth first, left to right); None where nobody can say what comes next.

    This differs from Python's own order only in diamonds, where it can find the same member in another place, never a
    member that is not there.
    """
    queue: list[Bound | None] = [start]
    seen: set[tuple[str, str]] = set()
    while queue and len(seen) < _MOST_BASES:
        one = queue.pop(0)
        if one is None:
            yield None
            continue
        key = (one.path, one.definition.path)
        if key in seen:
            continue
        seen.add(key)
        linker.dependencies.append(key)
        yield one
        if one.definition.opaque or not all(map(is_plain, one.definition.decorators)):
            yield None
        queue[:0] = bases(linker, one)


def is_plain(decorator: str) -> bool:
    """Whether a decorator leaves a class its members and its constructor, or makes one that is known."""
    return last_name(decorator) in _PLAIN_DECORATORS or decorator.partition("(")[0] in _ATTRS


def bases(linker: PythonLinker, one: Bound) -> list[Bound | None]:
    """The direct bases that are of this repository, None for each that cannot be told."""
    found: list[Bound | None] = []
    for base in one.definition.bases:
        if base.rpartition(".")[2] in _PLAIN_BASES or base in _PLAIN_BASES:
            continue
        symbol = _base(linker, one, base)
        known = isinstance(symbol, Bound) and symbol.definition.kind == "class" and not symbol.instance
        found.append(symbol if known and isinstance(symbol, Bound) else None)
    return found


def _base(linker: PythonLinker, one: Bound, base: str) -> Symbol:
    """A base as named in the class statement: a class beside it, else a name of the module."""
    if base == "?" or base.startswith("metaclass="):
        return UNKNOWN
    if one.definition.scope:
        return UNKNOWN
    return linker.chain(one.path, base)
