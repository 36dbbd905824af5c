"""What one state says to what a Python file needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gate.languages.base import call_matching
from gate.languages.base.answering import plain, root_fails
from gate.languages.base.symbols import OUTSIDE, Bound, Missing, Module
from gate.languages.base.uses import SILENT, Answer
from gate.languages.python.linker import abstract, calls, classes, overrides, pytest_fixtures, strings
from gate.model.source import Call, Definition, Import, Reference, Text

if TYPE_CHECKING:
    from gate.languages.base.symbols import Symbol
    from gate.languages.base.uses import Use
    from gate.languages.python.linker.resolve import PythonLinker


def answer(linker: PythonLinker, path: str, use: Use) -> Answer:
    """What the linker's state says to a use in the file at `path`."""
    linker.begin()
    said = _answer(linker, path, use)
    declared = linker.declared or (isinstance(use.what, Reference) and use.what.declared)
    if said.fails:
        postpones = linker.modules.postpones(path)
        return replace(said, sure=said.sure and not declared, declared=declared, postpones=postpones)
    return said if (linker.sure and not declared) or not said.fine else replace(said, sure=False)


def _answer(linker: PythonLinker, path: str, use: Use) -> Answer:
    match use.what:
        case Definition(kind="class"):
            return abstract.implements(linker, path, use.what)
        case Definition():
            return overrides.fits(linker, path, use.what)
        case Import():
            return plain(_imported(linker, path, use.what))
        case Text(kind="fixture", text=text):
            return _fixture(linker, path, text)
        case Text():
            said = plain(strings.resolved(linker, path, use.what))
            return replace(said, sure=use.what.sure) if said.fine else said
        case Reference():
            if root_fails(linker, path, use.what):
                return SILENT
            found = linker.reference(path, use.what)
            return _call(linker, found, use.what) if use.kind == "call" else plain(found)


def _fixture(linker: PythonLinker, path: str, name: str) -> Answer:
    """A fixture asked for by name."""
    found = pytest_fixtures.find(linker, path, name)
    if found is None:
        return Answer(missing=Missing(path, name))
    return Answer(fine=True, target=found) if isinstance(found, Bound) else SILENT


def _imported(linker: PythonLinker, path: str, one: Import) -> Symbol:
    source = linker.source(path, one)
    if not isinstance(source, Module) or one.name in ("", "*"):
        return source
    return linker.attribute(source, one.name)


def _unpacked(linker: PythonLinker, found: Symbol, call: Call) -> str:
    """Why several names cannot take what a function is declared to give: it is one object that gives no items."""
    if call.use not in ("unpacked", "iterated"):
        return ""
    given = linker.called(found)
    if not isinstance(given, Bound) or not classes.gives_no_items(linker, given):
        return ""
    return f"gives one `{given.definition.name}`, which cannot be {call.use}"


def _call(linker: PythonLinker, found: Symbol, one: Reference) -> Answer:
    if found == OUTSIDE:
        return SILENT
    target = calls.callee(linker, found)
    if target is None or one.call is None:
        return SILENT
    why = call_matching.mismatch(target.signature, one.call, target.gives) or _unpacked(
        linker, found, one.call
    )
    if why:
        return Answer(why=why, target=target.bound)
    return Answer(
        fine=True, target=target.bound, doubt=call_matching.doubt(target.signature, one.call, target.gives)
    )
