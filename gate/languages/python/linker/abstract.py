"""Whether a class implements the abstract members of its bases, as `abc` requires when it is instantiated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.languages.base.symbols import Bound
from gate.languages.base.uses import SILENT, Answer
from gate.languages.python.linker import classes, stdlib

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.languages.python.linker.names import PythonNames
    from gate.model.source import Definition

_ABSTRACT_BASES = ("ABC", "ABCMeta", "Protocol")
_ABSTRACT_MODULES = ("abc", "typing", "typing_extensions")
_BASE_CLASS_NAME = re.compile(r"^_*(Abstract|Base)|(Abstract|Base|Mixin)$")
"""Names of classes that are made to be extended rather than instantiated."""
_MOST_BASES = 50

Orders = dict[tuple[str, str], "list[Bound] | None"]
"""By (path, dotted path of the class): its method resolution order; None where it is unknown."""


def implements(linker: PythonNames, path: str, definition: Definition) -> Answer:
    """Answer whether a class of a file leaves nothing abstract.

    Silent where a base is unknown, or where the class itself may be meant to be extended only.
    """
    bindings = [member for member in linker.members(path).get("", ()) if member.name == definition.name]
    if definition.scope or len(bindings) != 1 or bindings[0].kind != "class" or bindings[0].conditional:
        return SILENT
    start = Bound(path, bindings[0])
    lineage = resolution_order(linker, start, {})
    if lineage is None or _may_be_extended_only(linker, start):
        return SILENT
    if not any(_is_abstract_class(linker, holder) for holder in lineage):
        return Answer(fine=True, target=start)
    needed = list(_unimplemented(linker, lineage))
    if not needed:
        return Answer(fine=True, target=start)
    names = " and ".join(f"`{member.definition.name}`" for member in needed[:3])
    return Answer(why=f"does not implement {names}", target=needed[0])


def resolution_order(linker: PythonNames, holder: Bound, orders: Orders) -> list[Bound] | None:
    """Return a class and its bases in the order Python looks through them; None where that is unknown.

    `orders` has those computed so far, and grows; a class that is its own base has none.
    """
    key = (holder.path, holder.definition.path)
    if key in orders:
        return orders[key]
    orders[key] = None
    linker.dependencies.append(key)
    bases = classes.bases(linker, holder)
    if len(orders) > _MOST_BASES or len(bases) > _MOST_BASES or not classes.is_transparent(holder):
        return None
    rows: list[list[Bound]] = []
    for base in bases:
        order = resolution_order(linker, base, orders) if base is not None else None
        if order is None:
            return None
        rows.append(order)
    merged = _merge_orders([*rows, [base for base in bases if base is not None]])
    orders[key] = None if merged is None else [holder, *merged]
    return orders[key]


def _merge_orders(rows: list[list[Bound]]) -> list[Bound] | None:
    """Merge as Python does (C3): a class comes before its bases, and bases stay in order; None when that fails."""
    merged: list[Bound] = []
    while rows := [row for row in rows if row]:
        heads = (row[0] for row in rows)
        head = next((first for first in heads if all(first not in row[1:] for row in rows)), None)
        if head is None:
            return None
        merged.append(head)
        rows = [row[1:] if row[0] == head else row for row in rows]
    return merged


def _may_be_extended_only(linker: PythonNames, holder: Bound) -> bool:
    """Return whether a class may be meant to be extended, never instantiated."""
    members = linker.members(holder.path).get(holder.definition.path, ())
    return (
        bool(_BASE_CLASS_NAME.search(holder.definition.name))
        or any(member.abstract for member in members)
        or _is_abstract_class(linker, holder)
    )


def _is_abstract_class(linker: PythonNames, holder: Bound) -> bool:
    """Return whether a class statement names a base or metaclass that makes abstract members count."""
    bases = (base.removeprefix("metaclass=") for base in holder.definition.bases)
    return any(
        base.rpartition(".")[2] in _ABSTRACT_BASES
        and stdlib.origin(linker, holder.path, base) in _ABSTRACT_MODULES
        for base in bases
    )


def _unimplemented(linker: PythonNames, lineage: Iterable[Bound]) -> Iterator[Bound]:
    """Yield the abstract members that no class nearer in the lineage binds."""
    bound: set[str] = set()
    decorated = False
    for holder in lineage:
        decorated = decorated or bool(holder.definition.decorators)
        imports = linker.facts(holder.path).imports
        bound.update(binding.alias for binding in imports if binding.scope == holder.definition.path)
        for name, definitions in _class_members(linker, holder).items():
            # A decorator such as `total_ordering` may make it.
            may_be_made = decorated and name.startswith("__")
            if name not in bound and not may_be_made and all(map(_is_abstract, definitions)):
                yield Bound(holder.path, definitions[-1])
            bound.add(name)


def _class_members(linker: PythonNames, holder: Bound) -> dict[str, list[Definition]]:
    """Return the definitions of a class by name; attributes of its instances implement nothing."""
    members: dict[str, list[Definition]] = {}
    for definition in linker.members(holder.path).get(holder.definition.path, ()):
        if definition.kind != "attribute":
            members.setdefault(definition.name, []).append(definition)
    return members


def _is_abstract(definition: Definition) -> bool:
    return definition.abstract and not definition.conditional
