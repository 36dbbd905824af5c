"""What the answers of several families have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gate.languages.base.symbols import Bound, Missing, Unknown
from gate.languages.base.uses import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.languages.base.symbols import Symbol
    from gate.model.source import Reference


class BoundNames(Protocol):
    """A linker that knows what a file binds, and what a function of it binds."""

    def names(self, path: str) -> Mapping[str, tuple[object, object]]:
        """What binds each name at the top of a file."""

    def binding(self, path: str, name: str, depth: int = 0) -> Symbol:
        """What a name at the top of a file stands for."""

    def local_root(self, path: str, name: str, owner: str) -> Symbol:
        """What a name stands for in a function of it."""


def answer_for(found: Symbol) -> Answer:
    """Whether what a name stands for is there."""
    match found:
        case Missing():
            return Answer(missing=found, sure=found.sure)
        case Unknown(outside=True):
            return Answer(fine=True, outside=True)
        case Unknown(present=present):
            return Answer(fine=present)
        case Bound():
            return Answer(fine=True, target=found)
    return Answer(fine=True, module=True)


def root_import_fails(linker: BoundNames, path: str, one: Reference) -> bool:
    """Whether the import behind a chain fails already; that is told once, at the import."""
    name = one.chain.partition(".")[0].removesuffix("()")
    if one.via == "local":
        return isinstance(linker.local_root(path, name, one.owner), Missing)
    return (
        one.via == "module"
        and bool(linker.names(path).get(name))
        and isinstance(linker.binding(path, name), Missing)
    )
