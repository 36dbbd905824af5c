"""What runs when something is called, and the parameters it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages.base.call_matching import mismatch
from gate.languages.base.symbols import Bound
from gate.languages.python.linker import classes, constructors
from gate.model.source import Signature, last_name

if TYPE_CHECKING:
    from gate.languages.base.call_matching import Gives
    from gate.languages.base.symbols import Symbol
    from gate.languages.python.linker.names import PythonNames
    from gate.model.source import Call, Definition

_SAME_CALL_DECORATORS = {
    *("staticmethod", "classmethod", "abstractmethod", "override", "final", "lru_cache", "cache"),
    *("deprecated", "contextmanager", "asynccontextmanager", "no_type_check", "coroutine"),
    *("wraps", "receiver", "inlineCallbacks"),
}
"""Decorators that leave parameters as they are; of Django `receiver`, of Twisted `inlineCallbacks`."""
_SAME_RESULT_DECORATORS = _SAME_CALL_DECORATORS - {
    "contextmanager",
    "asynccontextmanager",
    "coroutine",
    "inlineCallbacks",
}
_TASK_DECORATOR = re.compile(r"(?:\w+\.)*shared_task|(?:app|celery|celery_app)\.task")
"""Makes a task of Celery, which runs as the function when called; a bound task takes itself as first argument."""
_PROPERTY_DECORATORS = {"property", "cached_property", "abstractproperty"}


@dataclass(frozen=True, slots=True)
class Callee:
    """What runs, with the parameters a caller gives and what is known of the result."""

    bound: Bound
    signature: Signature
    gives: Gives = ""


def gives_declared(definition: Definition) -> bool:
    """Return whether a call of a function gives what the function returns."""
    signature = definition.signature
    plain = signature is not None and not signature.asynchronous and not signature.generator
    return plain and set(map(last_name, definition.decorators)) <= _SAME_RESULT_DECORATORS


def is_task(definition: Definition) -> bool:
    """Return whether a function is a task of Celery that takes the arguments of the function, `delay` too."""
    return any(map(_makes_task, definition.decorators))


def _makes_task(decorator: str) -> bool:
    return bool(_TASK_DECORATOR.fullmatch(decorator.partition("(")[0])) and "bind=True" not in decorator


def is_property(definition: Definition) -> bool:
    """Return whether what a function returns is read like an attribute."""
    names = set(map(last_name, definition.decorators))
    return bool(names & _PROPERTY_DECORATORS) and names <= _PROPERTY_DECORATORS | _SAME_RESULT_DECORATORS


def callee(linker: PythonNames, symbol: Symbol) -> Callee | None:
    """Return what runs when a symbol is called; None when it is unknown."""
    if not isinstance(symbol, Bound) or symbol.instance:
        return None
    if symbol.definition.kind == "class":
        return _constructor(linker, symbol)
    return function(symbol)


def function(symbol: Bound) -> Callee | None:
    """Return what runs when a function or method is called; None when it is unknown."""
    definition = symbol.definition
    names = {last_name(decorator) for decorator in definition.decorators if not _makes_task(decorator)}
    if definition.signature is None or names - _SAME_CALL_DECORATORS:
        return None
    parameters = definition.signature.parameters
    passes_itself = (
        symbol.through
        and "staticmethod" not in names
        and (symbol.through == "instance" or "classmethod" in names)
    )
    if passes_itself:
        if not parameters or parameters[0].kind not in ("positional", "either"):
            return None
        parameters = parameters[1:]
    signature = Signature(parameters, definition.signature.asynchronous, definition.signature.generator)
    return _with_result(symbol, signature, names)


def method_misfit(method: Definition, call: Call) -> str | None:
    """Return why a call through an instance does not fit a method, "" when it fits; None when that is unknown."""
    called = function(Bound("", method, through="instance"))
    return None if called is None else mismatch(called.signature, call)


def _with_result(symbol: Bound, signature: Signature, decorators: set[str]) -> Callee:
    """Return the callee with what its result is known to be; `decorators` are their last names."""
    if decorators & {"contextmanager", "asynccontextmanager"}:
        manager: Gives = "manager" if "contextmanager" in decorators else "async-manager"
        return Callee(symbol, Signature(signature.parameters), manager)
    if "inlineCallbacks" in decorators:
        return Callee(symbol, Signature(signature.parameters), "deferred")
    if is_task(symbol.definition):  # what `delay` gives is another thing
        return Callee(symbol, Signature(signature.parameters))
    # A method may be overridden by one that gives something else.
    return Callee(symbol, signature, "" if symbol.through else symbol.definition.gives)


def _constructor(linker: PythonNames, symbol: Bound) -> Callee | None:
    """Return what runs when a class is called: the nearest `__init__`, written or made from fields."""
    for holder in classes.lineage(linker, symbol):
        if holder is None:
            return None
        if classes.definitions_in(linker, holder, "__new__") or _has_metaclass(holder):
            return None
        written = classes.definitions_in(linker, holder, "__init__")
        if written:
            linker.dependencies.append((holder.path, f"{holder.definition.path}.__init__"))
            if len(written) != 1 or written[0].conditional:
                return None
            init = function(Bound(holder.path, written[0], through="instance"))
            return None if init is None else Callee(init.bound, Signature(init.signature.parameters))
        made_by = constructors.maker(linker, holder)
        if made_by == "pydantic" and holder != symbol:  # its fields are not all there are
            return None
        if made_by:
            signature = constructors.constructor(linker, holder)
            return None if signature is None else Callee(holder, signature)
    return Callee(symbol, Signature())


def _has_metaclass(holder: Bound) -> bool:
    return any(base.startswith("metaclass=") and "ABCMeta" not in base for base in holder.definition.bases)
