"""What runs when something is called, and the parameters it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages.base.symbols import Bound
from gate.languages.python.linker import classes, constructors
from gate.model.source import Signature, last_name

if TYPE_CHECKING:
    from gate.languages.base.call_matching import Gives
    from gate.languages.base.symbols import Symbol
    from gate.languages.python.linker.resolve import PythonLinker
    from gate.model.source import Definition

_SAME_CALL = {
    *("staticmethod", "classmethod", "abstractmethod", "override", "final", "lru_cache", "cache"),
    *("deprecated", "contextmanager", "asynccontextmanager", "no_type_check", "coroutine"),
    *("wraps", "receiver", "inlineCallbacks"),
}
"""Decorators that leave parameters as they are; of Django `receiver`, of Twisted `inlineCallbacks`."""
_SAME_RESULT = _SAME_CALL - {"contextmanager", "asynccontextmanager", "coroutine", "inlineCallbacks"}
_TASK = re.compile(r"(?:\w+\.)*shared_task|(?:app|celery|celery_app)\.task")
"""Makes a task of Celery, which runs as the function when called; one that is bound gets itself before all else."""
_PROPERTIES = {"property", "cached_property", "abstractproperty"}


@dataclass(frozen=True, slots=True)
class Callee:
    """What runs, with the parameters a caller gives and what is known of the result."""

    bound: Bound
    signature: Signature
    gives: Gives = ""


def gives_declared(one: Definition) -> bool:
    """Whether a call of a function gives what it returns."""
    plain = one.signature is not None and not one.signature.asynchronous and not one.signature.generator
    return plain and {last_name(each) for each in one.decorators} <= _SAME_RESULT


def is_task(one: Definition) -> bool:
    """Whether a function is a task of Celery that takes the arguments of the function, `delay` too."""
    return any(map(_is_task, one.decorators))


def _is_task(decorator: str) -> bool:
    return bool(_TASK.fullmatch(decorator.partition("(")[0])) and "bind=True" not in decorator


def is_property(one: Definition) -> bool:
    """Whether what a function returns is read like an attribute."""
    names = {last_name(each) for each in one.decorators}
    return bool(names & _PROPERTIES) and names <= _PROPERTIES | _SAME_RESULT


def callee(linker: PythonLinker, symbol: Symbol) -> Callee | None:
    """What runs when this is called; None when that cannot be told."""
    if not isinstance(symbol, Bound) or symbol.instance:
        return None
    if symbol.definition.kind == "class":
        return _constructor(linker, symbol)
    return function(symbol)


def function(symbol: Bound) -> Callee | None:
    """What a call of a function or method is."""
    one = symbol.definition
    names = {last_name(decorator) for decorator in one.decorators if not _is_task(decorator)}
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
    return _result(symbol, Signature(given, one.signature.asynchronous, one.signature.generator), names)


def _result(symbol: Bound, signature: Signature, names: set[str]) -> Callee:
    if names & {"contextmanager", "asynccontextmanager"}:
        manager: Gives = "manager" if "contextmanager" in names else "async-manager"
        return Callee(symbol, Signature(signature.parameters), manager)
    if "inlineCallbacks" in names:
        return Callee(symbol, Signature(signature.parameters), "deferred")
    if is_task(symbol.definition):  # what `delay` gives is another thing
        return Callee(symbol, Signature(signature.parameters))
    # A method may be overridden by one that gives something else.
    return Callee(symbol, signature, "" if symbol.through else symbol.definition.gives)


def _constructor(linker: PythonLinker, symbol: Bound) -> Callee | None:
    for one in classes.lineage(linker, symbol):
        if one is None:
            return None
        if classes.own(linker, one, "__new__") or _has_metaclass(one):
            return None
        found = classes.own(linker, one, "__init__")
        if found:
            linker.dependencies.append((one.path, f"{one.definition.path}.__init__"))
            if len(found) != 1 or found[0].conditional:
                return None
            own = function(Bound(one.path, found[0], through="instance"))
            return None if own is None else Callee(own.bound, Signature(own.signature.parameters))
        made = constructors.maker(linker, one)
        if made == "pydantic" and one != symbol:  # its fields are not all there are
            return None
        if made:
            signature = constructors.constructor(linker, one)
            return None if signature is None else Callee(one, signature)
    return Callee(symbol, Signature())


def _has_metaclass(one: Bound) -> bool:
    return any(base.startswith("metaclass=") and "ABCMeta" not in base for base in one.definition.bases)
