"""Whether a class implements what its bases leave to it, as `abc` asks when it is instantiated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.languages.base.symbols import Bound
from gate.languages.base.uses import SILENT, Answer
from gate.languages.python.linker import classes, stdlib

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.languages.python.linker.resolve import PythonLinker
    from gate.model.source import Definition

_ABSTRACT = ("ABC", "ABCMeta", "Protocol")
_FROM = ("abc", "typing", "typing_extensions")
_MEANT = re.compile(r"^_*(Abstract|Base)|(Abstract|Base|Mixin)$")
"""Names of classes that are made to be extended rather than instantiated."""
_MOST = 50

Key = tuple[str, str]
Rows = dict[Key, "list[Bound] | None"]


def implements(linker: PythonLinker, path: str, one: Definition) -> Answer:
    """Whether a class of a file leaves nothing abstract; silent where a base is unknown or it may be meant so."""
    found = [each for each in linker.members(path).get("", ()) if each.name == one.name]
    if one.scope or len(found) != 1 or found[0].kind != "class" or found[0].conditional:
        return SILENT
    start = Bound(path, found[0])
    lines = order(linker, start, {})
    if lines is None or _meant(linker, start):
        return SILENT
    if not any(_enforces(linker, each) for each in lines):
        return Answer(fine=True, target=start)
    needed = list(_left(linker, lines))
    if not needed:
        return Answer(fine=True, target=start)
    names = " and ".join(f"`{each.definition.name}`" for each in needed[:3])
    return Answer(why=f"does not implement {names}", target=needed[0])


def order(linker: PythonLinker, one: Bound, rows: Rows) -> list[Bound] | None:
    """A class and its bases in the order Python looks through them; None where that cannot be told.

    `rows` are those made so far; a class that is its own base has none.
    """
    key = (one.path, one.definition.path)
    if key in rows:
        return rows[key]
    rows[key] = None
    linker.dependencies.append(key)
    above = classes.bases(linker, one)
    if len(rows) > _MOST or len(above) > _MOST or not _is_plain(one):
        return None
    listed: list[list[Bound]] = []
    for base in above:
        row = order(linker, base, rows) if base is not None else None
        if row is None:
            return None
        listed.append(row)
    merged = _merged([*listed, [base for base in above if base is not None]])
    rows[key] = None if merged is None else [one, *merged]
    return rows[key]


def _merged(rows: list[list[Bound]]) -> list[Bound] | None:
    """Python's own order (C3): a class comes before its bases, and bases come as they are listed."""
    found: list[Bound] = []
    while rows := [row for row in rows if row]:
        heads = (row[0] for row in rows)
        head = next((one for one in heads if all(one not in row[1:] for row in rows)), None)
        if head is None:
            return None
        found.append(head)
        rows = [row[1:] if row[0] == head else row for row in rows]
    return found


def _is_plain(one: Bound) -> bool:
    return not one.definition.opaque and all(map(classes.is_plain, one.definition.decorators))


def _meant(linker: PythonLinker, one: Bound) -> bool:
    """Whether a class may be meant to be extended only."""
    own = linker.members(one.path).get(one.definition.path, ())
    return (
        bool(_MEANT.search(one.definition.name))
        or any(each.abstract for each in own)
        or _enforces(linker, one)
    )


def _enforces(linker: PythonLinker, one: Bound) -> bool:
    """Whether a class is itself made one of `abc`."""
    bases = (base.removeprefix("metaclass=") for base in one.definition.bases)
    return any(
        base.rpartition(".")[2] in _ABSTRACT and stdlib.origin(linker, one.path, base) in _FROM
        for base in bases
    )


def _left(linker: PythonLinker, lines: Iterable[Bound]) -> Iterator[Bound]:
    """The abstract members for which no nearer class has anything."""
    settled: set[str] = set()
    decorated = False
    for one in lines:
        decorated = decorated or bool(one.definition.decorators)
        settled.update(
            each.alias for each in linker.facts(one.path).imports if each.scope == one.definition.path
        )
        for name, listed in _own(linker, one).items():
            made = decorated and name.startswith("__")  # a decorator such as `total_ordering` may make it
            if name not in settled and not made and all(_is_abstract(each) for each in listed):
                yield Bound(one.path, listed[-1])
            settled.add(name)


def _own(linker: PythonLinker, one: Bound) -> dict[str, list[Definition]]:
    """What the class has by name; attributes of its instances implement nothing."""
    found: dict[str, list[Definition]] = {}
    for each in linker.members(one.path).get(one.definition.path, ()):
        if each.kind != "attribute":
            found.setdefault(each.name, []).append(each)
    return found


def _is_abstract(one: Definition) -> bool:
    return one.abstract and not one.conditional
