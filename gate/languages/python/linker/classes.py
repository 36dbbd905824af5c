"""Members of classes, through first-party bases; what leads out of the repository is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing
from gate.languages.python.linker import stdlib
from gate.model.source import last_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.languages.base.symbols import Symbol
    from gate.languages.python.linker.names import PythonNames
    from gate.model.source import Definition

_PLAIN_BASES = {"object", "ABC", "Protocol", "Generic", "metaclass=ABCMeta", "metaclass=abc.ABCMeta"}
_PLAIN_DECORATORS = {"dataclass", "final", "total_ordering", "runtime_checkable", "unique"}
_ATTRS_DECORATORS = {
    *("attr.s", "attr.attrs", "attr.define", "attr.frozen", "attr.mutable"),
    *("attrs.define", "attrs.frozen", "attrs.mutable"),
}
_ATTRIBUTE_HOOKS = ("__getattr__", "__getattribute__")
_ITERATION_METHODS = ("__iter__", "__getitem__", *_ATTRIBUTE_HOOKS)
_MOST_BASES = 50


def member(linker: PythonNames, start: Bound, name: str, *, above: bool = False) -> Symbol:
    """Return a member of a class or instance; `above` begins with the bases, as `super()` does."""
    if start.definition.kind != "class" or (
        name.startswith("__") and name.endswith("__") and name != "__init__"
    ):
        return UNKNOWN
    sure = True
    for position, holder in enumerate(lineage(linker, start)):
        if holder is None:
            sure = False
            continue
        if above and position == 0:
            continue
        definitions = definitions_in(linker, holder, name)
        if definitions:
            linker.dependencies.append((holder.path, f"{holder.definition.path}.{name}"))
            return _only_member(holder, implementations(definitions), start) if sure else PRESENT
        if any(
            definition.gives != "never"
            for hook in _ATTRIBUTE_HOOKS
            for definition in definitions_in(linker, holder, hook)
        ):
            return UNKNOWN
    if name == "__init__":
        return UNKNOWN
    sure = sure or _surely_lacks(linker, start, name)
    return Missing(start.path, name, inside=start.definition.path, sure=sure)


def _only_member(holder: Bound, definitions: Sequence[Definition], start: Bound) -> Symbol:
    """Return the member with these definitions; that it is present where it is not the only one, or holds anything."""
    first = definitions[0]
    if len(definitions) != 1 or first.conditional or (first.kind == "attribute" and not first.declared_type):
        return PRESENT
    return Bound(holder.path, first, through="instance" if start.instance else "class")


def implementations(definitions: list[Definition]) -> list[Definition]:
    """Return the definitions of one name without those of `overload`, which type checkers only see.

    A stub has no others, so all of them are returned.
    """
    plain = [
        definition
        for definition in definitions
        if not any(last_name(decorator) == "overload" for decorator in definition.decorators)
    ]
    return plain or definitions


def gives_no_items(linker: PythonNames, start: Bound) -> bool:
    """Return whether an instance surely cannot be iterated."""
    return all(
        holder is not None and not any(definitions_in(linker, holder, name) for name in _ITERATION_METHODS)
        for holder in lineage(linker, start)
    )


def definitions_in(linker: PythonNames, holder: Bound, name: str) -> list[Definition]:
    """Return the definitions of a name in the class itself, its instances' attributes included."""
    members = linker.members(holder.path).get(holder.definition.path, ())
    return [definition for definition in members if definition.name == name]


def lineage(linker: PythonNames, start: Bound) -> Iterator[Bound | None]:
    """Yield the class and its bases, nearest first (depth first, left to right); None for a base that is unknown.

    This differs from Python's own order only in diamonds, where it can find the same member in another place, never a
    member that is not there.
    """
    queue: list[Bound | None] = [start]
    seen: set[tuple[str, str]] = set()
    while queue and len(seen) < _MOST_BASES:
        holder = queue.pop(0)
        if holder is None:
            yield None
            continue
        key = (holder.path, holder.definition.path)
        if key in seen:
            continue
        seen.add(key)
        linker.dependencies.append(key)
        yield holder
        if not is_transparent(holder):
            yield None
        queue[:0] = bases(linker, holder)


def is_transparent(holder: Bound) -> bool:
    """Return whether a class has the members its text shows: none made at run time, none by a decorator."""
    return not holder.definition.opaque and all(map(is_plain, holder.definition.decorators))


def is_plain(decorator: str) -> bool:
    """Return whether a decorator leaves a class its members and its constructor, or makes one that is known."""
    return last_name(decorator) in _PLAIN_DECORATORS or decorator.partition("(")[0] in _ATTRS_DECORATORS


def bases(linker: PythonNames, holder: Bound) -> list[Bound | None]:
    """Return the direct bases that are of this repository, None for each that is unknown."""
    symbols = (_base(linker, holder, base) for base in holder.definition.bases if not _is_plain_base(base))
    return [
        symbol
        if isinstance(symbol, Bound) and symbol.definition.kind == "class" and not symbol.instance
        else None
        for symbol in symbols
    ]


def _is_plain_base(base: str) -> bool:
    return base.rpartition(".")[2] in _PLAIN_BASES or base in _PLAIN_BASES


def _base(linker: PythonNames, holder: Bound, base: str) -> Symbol:
    """Return what a base named in the class statement stands for, as a name of the module."""
    if base == "?" or base.startswith("metaclass=") or holder.definition.scope:
        return UNKNOWN
    return linker.chain(holder.path, base)


def _surely_lacks(linker: PythonNames, start: Bound, name: str) -> bool:
    """Return whether every base from outside the repository is a class of Python's own without that member."""
    if name.startswith("_"):
        return False
    for holder in filter(None, lineage(linker, start)):
        if not is_transparent(holder):
            return False
        unknown = bases(linker, holder).count(None)
        members = [stdlib.members(linker, holder.path, base) for base in holder.definition.bases]
        of_python = [names for names in members if names is not None]
        if len(of_python) < unknown or any(name in names for names in of_python):
            return False
    return True
