"""Members of classes, enums, namespaces and closed objects; what leads out of the repository is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing
from gate.languages.javascript.linker import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.symbols import Symbol
    from gate.languages.javascript.linker.names import JavaScriptNames
    from gate.model.source import Definition

IMPLEMENTS = "implements:"
"""How a base begins that is an interface; see `reader.define.bases`."""
_OF_OBJECTS = frozenset((
    *("constructor", "toString", "toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf"),
    *("propertyIsEnumerable", "__proto__", "then"),
))  # fmt: skip
_OF_CLASSES = _OF_OBJECTS | {"prototype", "name", "length", "call", "apply", "bind", "caller", "arguments"}
_PLAIN = {"abstract", "export", "default"}
"""Modifiers of a class that add no members; a decorator may."""
_MOST_BASES = 50

Side = Literal["class", "instance", ""]
"""Whether a class or its instances have a member; "" for either."""


def member(names: JavaScriptNames, start: Bound, name: str) -> Symbol:
    """Return the member of a name of what a chain stands for so far."""
    definition = start.definition
    match definition.kind:
        case "class":
            return of_class(names, start, name, side="instance" if start.instance else "class")
        case "enum" | "namespace":
            return _of_list(names, start, name, definition.path, sure=True)
        case "variable" if not start.instance:
            return _of_list(names, start, name, f"{definition.path}[]", sure=paths.is_typed(start.path))
    return UNKNOWN


def _of_list(names: JavaScriptNames, start: Bound, name: str, scope: str, *, sure: bool) -> Symbol:
    """Return a member of what lists all of its members in a scope."""
    members = defined_in(names, start.path, scope)
    named = [member for member in members if member.name == name]
    if named:
        names.dependencies += [(start.path, member.path) for member in named]
        return Bound(start.path, named[0], through="class") if len(named) == 1 else PRESENT
    if not members or start.definition.opaque or name in _OF_OBJECTS:
        return UNKNOWN
    return Missing(start.path, name, inside=start.definition.path, sure=sure)


def of_class(names: JavaScriptNames, start: Bound, name: str, *, side: Side, above: bool = False) -> Symbol:
    """Return a member of a class or its bases; `above` begins with the bases, as `super` does."""
    sure = paths.is_typed(start.path)
    for position, class_ in enumerate(lineage(names, start)):
        if class_ is None:
            sure = False
            continue
        sure = sure and paths.is_typed(class_.path)
        if above and position == 0:
            continue
        definitions = of_class_itself(names, class_, name, side)
        if definitions:
            names.dependencies.append((class_.path, f"{class_.definition.path}.{name}"))
            if len(definitions) > 1 or definitions[0].conditional:
                return PRESENT
            return Bound(class_.path, definitions[0], through=side or "instance")
    if name in (_OF_OBJECTS if side == "instance" else _OF_CLASSES):
        return UNKNOWN
    return Missing(start.path, name, inside=start.definition.path, sure=sure)


def of_class_itself(names: JavaScriptNames, class_: Bound, name: str, side: Side) -> list[Definition]:
    """Return the definitions of a member in a class, its bases left out."""
    return [
        member
        for member in defined_in(names, class_.path, class_.definition.path)
        if member.name == name and (not side or ("static" in member.decorators) == (side == "class"))
    ]


def defined_in(names: JavaScriptNames, path: str, scope: str) -> list[Definition]:
    """Return the definitions in one scope of a file."""
    return [definition for definition in names.facts(path).definitions if definition.scope == scope]


def lineage(names: JavaScriptNames, start: Bound) -> Iterator[Bound | None]:
    """Yield the class and what it extends, nearest first; None where it is not known what comes next."""
    class_: Bound | None = start
    seen: set[tuple[str, str]] = set()
    while class_ is not None and len(seen) < _MOST_BASES:
        key = (class_.path, class_.definition.path)
        if key in seen:
            return
        seen.add(key)
        names.dependencies.append(key)
        yield class_
        if _may_have_more(names, class_):
            yield None
        bases = extended(class_.definition)
        if not bases:
            return
        class_ = _base(names, class_, bases[0]) if len(bases) == 1 else None
        if class_ is None:
            yield None


def extended(class_: Definition) -> list[str]:
    """Return the chains a class extends, the interfaces it implements left out."""
    return [base for base in class_.bases if not base.startswith(IMPLEMENTS)]


def _may_have_more(names: JavaScriptNames, class_: Bound) -> bool:
    """Return whether a decorator, or an interface or namespace of its name, may add members to a class."""
    if class_.definition.opaque or set(class_.definition.decorators) - _PLAIN:
        return True
    path = class_.definition.path
    return sum(definition.path == path for definition in names.facts(class_.path).definitions) > 1


def _base(names: JavaScriptNames, class_: Bound, chain: str) -> Bound | None:
    """Return the class that a class extends; None where that is not known."""
    if chain == "?" or class_.definition.scope:
        return None
    base = names.chain(class_.path, chain)
    if not isinstance(base, Bound) or base.definition.kind != "class" or base.instance:
        return None
    return base
