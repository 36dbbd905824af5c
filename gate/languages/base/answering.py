"""Answers that the linkers of several languages give in the same way."""

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
        """Return what binds each name at the top of a file, by name."""

    def binding(self, path: str, name: str, depth: int = 0) -> Symbol:
        """Return what a name at the top of a file stands for."""

    def local_root(self, path: str, name: str, owner: str) -> Symbol:
        """Return what a name stands for in the function `owner` of a file."""


def answer_for(symbol: Symbol) -> Answer:
    """Return the answer to a use that needs a symbol to exist, and nothing more of it."""
    match symbol:
        case Missing():
            return Answer(missing=symbol, sure=symbol.sure)
        case Unknown(outside=True):
            return Answer(fine=True, outside=True)
        case Unknown(present=present):
            return Answer(fine=present)
        case Bound():
            return Answer(fine=True, target=symbol)
    return Answer(fine=True, module=True)


def root_import_fails(names: BoundNames, path: str, reference: Reference) -> bool:
    """Return whether the import behind a chain fails already, so that the failure belongs to the import alone."""
    root = reference.chain.partition(".")[0].removesuffix("()")
    if reference.via == "local":
        return isinstance(names.local_root(path, root, reference.owner), Missing)
    return (
        reference.via == "module"
        and bool(names.names(path).get(root))
        and isinstance(names.binding(path, root), Missing)
    )
