"""Whether a call fits what it calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.link.python import classes
from gate.link.symbols import Bound
from gate.model.source import Parameter, Signature, last_name

if TYPE_CHECKING:
    from gate.link.python.linker import PythonLinker
    from gate.link.symbols import Symbol

_SAME_CALL = {
    *(
        "staticmethod",
        "classmethod",
        "abstractmethod",
        "override",
        "final",
        "lru_cache",
        "cache",
        "overload_done",
    ),
    *("deprecated", "contextmanager", "asynccontextmanager", "no_type_check", "coroutine"),
}
"""Decorators that leave parameters as they are."""
_MANAGERS = {"contextmanager", "asynccontextmanager"}


def callee(linker: PythonLinker, symbol: Symbol) -> tuple[Bound, Signature] | None:
    """What runs when this is called, with the parameters a caller gives; None when that cannot be told."""
    if not isinstance(symbol, Bound) or symbol.instance:
        return None
    if symbol.definition.kind == "class":
        return _constructor(linker, symbol)
    return _function(symbol)


def _function(symbol: Bound) -> tuple[Bound, Signature] | None:
    one = symbol.definition
    names = {last_name(decorator) for decorator in one.decorators}
    if one.signature is None or names - _SAME_CALL:
        return None
    given = one.signature.parameters
    taken = (
        symbol.through
        and "staticmethod" not in names
        and (symbol.through == "instance" or "classmethod" in names)
    )
    if taken:
        if not given or given[0].kind not in ("positional", "either"):
            return None
        given = given[1:]
    manager = bool(names & _MANAGERS)
    return symbol, Signature(
        given, one.signature.asynchronous and not manager, one.signature.generator and not manager
    )


def _constructor(linker: PythonLinker, symbol: Bound) -> tuple[Bound, Signature] | None:
    for one in classes.lineage(linker, symbol):
        if one is None or classes.own(linker, one, "__new__"):
            return None
        if any(base.startswith("metaclass=") and "ABCMeta" not in base for base in one.definition.bases):
            return None
        found = classes.own(linker, one, "__init__")
        if found:
            linker.hops.append((one.path, f"{one.definition.path}.__init__"))
            if len(found) != 1 or found[0].conditional:
                return None
            made = _function(Bound(one.path, found[0], through="instance"))
            return None if made is None else (made[0], Signature(made[1].parameters))
        if any(last_name(decorator) == "dataclass" for decorator in one.definition.decorators):
            return _generated(linker, one)
    return symbol, Signature()


def _generated(linker: PythonLinker, one: Bound) -> tuple[Bound, Signature] | None:
    """The constructor of a dataclass without first-party bases."""
    made = next(text for text in one.definition.decorators if last_name(text) == "dataclass")
    if classes.bases(linker, one) or "init=False" in made:
        return None
    kind = "keyword" if "kw_only=True" in made else "either"
    fields = [
        each
        for each in linker.facts(one.path).definitions
        if each.scope == one.definition.path and each.field
    ]
    if any(each.field == "unknown" or each.conditional for each in fields):
        return None
    given = tuple(
        Parameter(each.name, kind, each.field == "required")  # type: ignore[arg-type]
        for each in fields
        if each.field != "excluded"
    )
    return one, Signature(given)
