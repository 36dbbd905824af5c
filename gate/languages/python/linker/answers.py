"""What one state provides for the uses of a Python file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gate.languages.base import call_matching
from gate.languages.base.answering import answer_for, root_import_fails
from gate.languages.base.symbols import OUTSIDE, Bound, Missing, Module
from gate.languages.base.uses import SILENT, Answer
from gate.languages.python.linker import abstract, calls, classes, overrides, pytest_fixtures, strings
from gate.languages.python.linker.resolve import PythonResolver
from gate.model.source import Call, Definition, Import, Reference, StringReference

if TYPE_CHECKING:
    from gate.languages.base.symbols import Symbol
    from gate.languages.base.uses import Use
    from gate.languages.python.linker.names import PythonNames


class PythonLinker(PythonResolver):
    """The names of one state, and what they say to the uses of its files."""

    def answer(self, path: str, use: Use) -> Answer:
        """Return what the state provides for a use in the file at `path`."""
        self.begin()
        answer = _answer(self, path, use)
        declared = self.declared or (isinstance(use.fact, Reference) and use.fact.declared)
        if answer.fails:
            postpones = self.modules.postpones(path)
            return replace(answer, sure=answer.sure and not declared, declared=declared, postpones=postpones)
        return answer if (self.sure and not declared) or not answer.fine else replace(answer, sure=False)


def _answer(linker: PythonNames, path: str, use: Use) -> Answer:
    match use.fact:
        case Definition(kind="class"):
            return abstract.implements(linker, path, use.fact)
        case Definition():
            return overrides.fits(linker, path, use.fact)
        case Import():
            return answer_for(_imported_symbol(linker, path, use.fact))
        case StringReference(kind="fixture", text=name):
            return _fixture(linker, path, name)
        case StringReference():
            answer = answer_for(strings.resolve(linker, path, use.fact))
            return replace(answer, sure=use.fact.sure) if answer.fine else answer
        case Reference():
            if root_import_fails(linker, path, use.fact):
                return SILENT
            symbol = linker.reference(path, use.fact)
            return _call(linker, symbol, use.fact.call) if use.kind == "call" else answer_for(symbol)


def _fixture(linker: PythonNames, path: str, name: str) -> Answer:
    """Answer whether a test gets the fixture of that name."""
    fixture = pytest_fixtures.find(linker, path, name)
    if fixture is None:
        return Answer(missing=Missing(path, name))
    return Answer(fine=True, target=fixture) if isinstance(fixture, Bound) else SILENT


def _imported_symbol(linker: PythonNames, path: str, binding: Import) -> Symbol:
    """Return the module or the name of a module that an import needs; of `import a.b` that is `a.b`, not `a`."""
    source = linker.source(path, binding)
    if not isinstance(source, Module) or binding.name in ("", "*"):
        return source
    return linker.attribute(source, binding.name)


def _call(linker: PythonNames, symbol: Symbol, call: Call | None) -> Answer:
    """Answer whether a call fits the symbol that is called, and what becomes of its result."""
    if symbol == OUTSIDE:
        return SILENT
    target = calls.callee(linker, symbol)
    if target is None or call is None:
        return SILENT
    why = call_matching.mismatch(target.signature, call, target.gives) or _iterates_object(
        linker, symbol, call
    )
    if why:
        return Answer(why=why, target=target.bound)
    return Answer(
        fine=True, target=target.bound, doubt=call_matching.doubt(target.signature, call, target.gives)
    )


def _iterates_object(linker: PythonNames, symbol: Symbol, call: Call) -> str:
    """Return why a result cannot be iterated: it is declared to be an object that gives no items; "" when it can."""
    if call.use not in ("unpacked", "iterated"):
        return ""
    result = linker.result_of(symbol)
    if not isinstance(result, Bound) or not classes.gives_no_items(linker, result):
        return ""
    return f"gives one `{result.definition.name}`, which cannot be {call.use}"
