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

    from gate.languages.python.linker.resolve import PythonLinker
    from gate.model.source import Definition, Parameter, Signature


def fits(linker: PythonLinker, path: str, one: Definition) -> Answer:
    """Whether a method of a file fits the nearest one above it; silent where there is none, or none that is known."""
    owner = [each for each in linker.facts(path).definitions if each.path == one.scope]
    if one.name.startswith("_") or len(owner) != 1 or owner[0].kind != "class":
        return SILENT
    start = Bound(path, owner[0])
    own = _method(linker, start, one.name)
    above = _above(linker, start, one.name)
    if own is None or above is None or _of_class(own) != _of_class(above):
        return SILENT
    given, wanted = function(own), function(above)
    if given is None or wanted is None:
        return SILENT
    why = next(drift(given.signature, wanted.signature), "")
    return Answer(why=why, target=above, sure=False) if why else Answer(fine=True, target=above)


def _above(linker: PythonLinker, start: Bound, name: str) -> Bound | None:
    """The method of a base that one of this name overrides."""
    for at, one in enumerate(classes.lineage(linker, start)):
        if one is None:
            return None
        if at and classes.own(linker, one, name):
            linker.dependencies.append((one.path, f"{one.definition.path}.{name}"))
            return _method(linker, one, name)
    return None


def _method(linker: PythonLinker, one: Bound, name: str) -> Bound | None:
    """The one method of a name in a class, where it is plainly one."""
    found = classes.own(linker, one, name)
    if len(found) != 1 or found[0].kind != "function" or found[0].conditional:
        return None
    static = any(last_name(each) == "staticmethod" for each in found[0].decorators)
    return None if static else Bound(one.path, found[0], through="instance")


def _of_class(one: Bound) -> bool:
    return any(last_name(each) == "classmethod" for each in one.definition.decorators)


def drift(own: Signature, above: Signature) -> Iterator[str]:
    """Why calls that fit the method above do not fit its override, in words that follow the override's name."""
    kinds = {one.kind for one in own.parameters}
    if own.asynchronous != above.asynchronous and not (own.generator or above.generator):
        yield f"is {'' if own.asynchronous else 'not '}a coroutine"
    if {"rest", "keywords"} & {one.kind for one in above.parameters} or {"rest", "keywords"} <= kinds:
        return
    places, wanted = _places(own), _places(above)
    if "rest" not in kinds and len(places) < len(wanted):
        yield f"takes {counted(len(places), 'positional argument')}, not {len(wanted)}"
    known = {one.name for one in own.parameters if one.kind in ("either", "keyword")}
    for one in above.parameters:
        if one.kind in ("either", "keyword") and one.name not in known and "keywords" not in kinds:
            yield f"has no parameter `{one.name}`"
    yield from _needs(own, above)


def _needs(own: Signature, above: Signature) -> Iterator[str]:
    """What the override requires that callers need not give."""
    given = sum(one.required for one in _places(above))
    named = {one.name for one in above.parameters if one.required and one.kind != "positional"}
    for at, one in enumerate(_places(own)):
        if one.required and at >= given and one.name not in named:
            yield f"needs `{one.name}`"
    for one in own.parameters:
        if one.required and one.kind == "keyword" and one.name not in named:
            yield f"needs `{one.name}`"


def _places(one: Signature) -> list[Parameter]:
    return [each for each in one.parameters if each.kind in ("positional", "either")]
