"""What a call runs, and with which parameters; only where a compiler checks calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import Bound
from gate.languages.javascript.linker import members, paths
from gate.model.source import Signature

if TYPE_CHECKING:
    from gate.languages.base.symbols import Symbol
    from gate.languages.javascript.linker.names import JavaScriptNames
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
"""Modifiers that leave a function's parameters as they are; a decorator may change them."""


def callee(names: JavaScriptNames, symbol: Symbol) -> tuple[Bound, Signature] | None:
    """Return what runs when a symbol is called, with its parameters; None when that is not known."""
    if not isinstance(symbol, Bound) or symbol.instance or not paths.is_typed(symbol.path):
        return None
    if symbol.definition.kind == "class":
        return _constructor(names, symbol)
    parameters = _parameters(symbol.definition)
    return None if parameters is None else (symbol, parameters)


def _parameters(function: Definition) -> Signature | None:
    """Return the signature's parameters alone: a promise that is not awaited is no error."""
    if function.signature is None or function.conditional or set(function.decorators) - _SAME_CALL:
        return None
    return Signature(function.signature.parameters)


def _constructor(names: JavaScriptNames, start: Bound) -> tuple[Bound, Signature] | None:
    """Return the constructor of a class or of the nearest class it extends, the class itself where none has one."""
    for class_ in members.lineage(names, start):
        if class_ is None or not paths.is_typed(class_.path):
            return None
        constructors = members.of_class_itself(names, class_, "constructor", "")
        if constructors:
            names.dependencies.append((class_.path, f"{class_.definition.path}.constructor"))
            parameters = _parameters(constructors[0]) if len(constructors) == 1 else None
            if parameters is None:
                return None
            return Bound(class_.path, constructors[0], through="instance"), parameters
    return start, Signature()
