"""Whether a call fits what it calls; only a compiler asks, so only files that are compiled are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import Bound
from gate.languages.javascript.linker import members, paths
from gate.model.source import Signature

if TYPE_CHECKING:
    from gate.languages.base.symbols import Symbol
    from gate.languages.javascript.linker.resolve import ScriptLinker
    from gate.model.source import Definition

_SAME_CALL = {
    "static",
    "abstract",
    "override",
    "export",
    "default",
    "async",
    "private",
    "protected",
    "public",
}


def callee(linker: ScriptLinker, symbol: Symbol) -> tuple[Bound, Signature] | None:
    """What runs when this is called, with its parameters; None when that cannot be told."""
    if not isinstance(symbol, Bound) or symbol.instance or not paths.is_typed(symbol.path):
        return None
    if symbol.definition.kind == "class":
        return _constructor(linker, symbol)
    found = _plain(symbol.definition)
    return None if found is None else (symbol, found)


def _plain(one: Definition) -> Signature | None:
    """The parameters alone: a promise that is not awaited is no error."""
    if one.signature is None or one.conditional or set(one.decorators) - _SAME_CALL:
        return None
    return Signature(one.signature.parameters)


def _constructor(linker: ScriptLinker, symbol: Bound) -> tuple[Bound, Signature] | None:
    for one in members.lineage(linker, symbol):
        if one is None or not paths.is_typed(one.path):
            return None
        found = members.own(linker, one, "constructor", "")
        if found:
            linker.dependencies.append((one.path, f"{one.definition.path}.constructor"))
            given = _plain(found[0]) if len(found) == 1 else None
            return None if given is None else (Bound(one.path, found[0], through="instance"), given)
    return symbol, Signature()
