"""Whether a method takes every call that the method it overrides takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import Bound
from gate.languages.base.uses import SILENT, Answer
from gate.languages.python.linker import classes
from gate.languages.python.linker.calls import function
from gate.model.source import last_name
from gate.model.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.python.linker.names import PythonNames
    from gate.model.source import Definition, Parameter, Signature


def fits(linker: PythonNames, path: str, definition: Definition) -> Answer:
    """Answer whether a method of a file fits the nearest method it overrides; silent where that is unknown."""
    owners = [owner for owner in linker.facts(path).definitions if owner.path == definition.scope]
    if definition.name.startswith("_") or len(owners) != 1 or owners[0].kind != "class":
        return SILENT
    start = Bound(path, owners[0])
    override = _method(linker, start, definition.name)
    overridden = _overridden(linker, start, definition.name)
    if override is None or overridden is None or _is_classmethod(override) != _is_classmethod(overridden):
        return SILENT
    callee, expected = function(override), function(overridden)
    if callee is None or expected is None:
        return SILENT
    why = next(differences(callee.signature, expected.signature), "")
    return Answer(why=why, target=overridden, sure=False) if why else Answer(fine=True, target=overridden)


def _overridden(linker: PythonNames, start: Bound, name: str) -> Bound | None:
    """Return the method of a base that a class's method of this name overrides."""
    for position, holder in enumerate(classes.lineage(linker, start)):
        if holder is None:
            return None
        if position and classes.definitions_in(linker, holder, name):
            linker.dependencies.append((holder.path, f"{holder.definition.path}.{name}"))
            return _method(linker, holder, name)
    return None


def _method(linker: PythonNames, holder: Bound, name: str) -> Bound | None:
    """Return the method of a name in a class; None unless it is bound once, by a function that gets an instance."""
    definitions = classes.definitions_in(linker, holder, name)
    if len(definitions) != 1 or definitions[0].kind != "function" or definitions[0].conditional:
        return None
    static = "staticmethod" in map(last_name, definitions[0].decorators)
    return None if static else Bound(holder.path, definitions[0], through="instance")


def _is_classmethod(method: Bound) -> bool:
    return "classmethod" in map(last_name, method.definition.decorators)


def differences(override: Signature, overridden: Signature) -> Iterator[str]:
    """Yield why calls that fit the overridden method do not fit its override, in words that follow its name."""
    kinds = {parameter.kind for parameter in override.parameters}
    if override.asynchronous != overridden.asynchronous and not (override.generator or overridden.generator):
        yield f"is {'' if override.asynchronous else 'not '}a coroutine"
    swallowing = {"rest", "keywords"}
    if swallowing & {parameter.kind for parameter in overridden.parameters} or swallowing <= kinds:
        return
    positional, expected = _positional(override), _positional(overridden)
    if "rest" not in kinds and len(positional) < len(expected):
        yield f"takes {counted(len(positional), 'positional argument')}, not {len(expected)}"
    names = {parameter.name for parameter in override.parameters if parameter.kind in ("either", "keyword")}
    for parameter in overridden.parameters:
        by_name = parameter.kind in ("either", "keyword")
        if by_name and parameter.name not in names and "keywords" not in kinds:
            yield f"has no parameter `{parameter.name}`"
    yield from _new_requirements(override, overridden)


def _new_requirements(override: Signature, overridden: Signature) -> Iterator[str]:
    """Yield what the override requires of callers that the overridden method does not."""
    count = sum(parameter.required for parameter in _positional(overridden))
    named = {
        parameter.name
        for parameter in overridden.parameters
        if parameter.required and parameter.kind != "positional"
    }
    for position, parameter in enumerate(_positional(override)):
        if parameter.required and position >= count and parameter.name not in named:
            yield f"needs `{parameter.name}`"
    for parameter in override.parameters:
        if parameter.required and parameter.kind == "keyword" and parameter.name not in named:
            yield f"needs `{parameter.name}`"


def _positional(signature: Signature) -> list[Parameter]:
    return [parameter for parameter in signature.parameters if parameter.kind in ("positional", "either")]
