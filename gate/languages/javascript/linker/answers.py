"""What one state provides for what a JavaScript or TypeScript file uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base import call_matching
from gate.languages.base.answering import answer_for, root_import_fails
from gate.languages.base.symbols import Module, Unknown
from gate.languages.base.uses import SILENT, Answer
from gate.languages.javascript.linker import abstract, calls, paths
from gate.model.source import Definition, Import, Reference

if TYPE_CHECKING:
    from gate.languages.base.symbols import Symbol
    from gate.languages.base.uses import Use
    from gate.languages.javascript.linker.names import JavaScriptNames


def answer(names: JavaScriptNames, path: str, use: Use) -> Answer:
    """Return what the state provides for a use in the file at `path`."""
    if isinstance(use.fact, Import):
        return _imported(names, path, use.fact)
    if isinstance(use.fact, Definition):
        return abstract.implements(names, path, use.fact) if use.kind == "subclass" else SILENT
    if not isinstance(use.fact, Reference) or root_import_fails(names, path, use.fact):
        return SILENT
    symbol = names.reference(path, use.fact)
    return _call(names, path, symbol, use.fact) if use.kind == "call" else answer_for(symbol)


def _imported(names: JavaScriptNames, path: str, import_: Import) -> Answer:
    """Return what provides an import; that the module does, unsurely, where its names are not known."""
    source = names.source(path, import_.module)
    if not isinstance(source, Module) or import_.name in ("", "*"):
        return answer_for(source)
    symbol = names.attribute(source, import_.name)
    if isinstance(symbol, Unknown) and not symbol.present:
        return Answer(fine=True, sure=False)
    return answer_for(symbol)


def _call(names: JavaScriptNames, path: str, symbol: Symbol, reference: Reference) -> Answer:
    """Return whether a call fits what it calls; silent in files that no compiler checks."""
    call = reference.call
    callee = calls.callee(names, symbol) if paths.is_typed(path) else None
    if callee is None or call is None or call.keywords or call.stars:
        return SILENT
    target, signature = callee
    why = call_matching.mismatch(signature, call)
    return Answer(why=why, target=target) if why else Answer(fine=True, target=target)
