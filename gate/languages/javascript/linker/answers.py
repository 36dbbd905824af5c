"""What one state says to what a JavaScript or TypeScript file needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base import call_matching
from gate.languages.base.answering import plain, root_fails
from gate.languages.base.symbols import Module, Unknown
from gate.languages.base.uses import SILENT, Answer
from gate.languages.javascript.linker import abstract, calls, paths
from gate.model.source import Definition, Import, Reference

if TYPE_CHECKING:
    from gate.languages.base.symbols import Symbol
    from gate.languages.base.uses import Use
    from gate.languages.javascript.linker.resolve import ScriptLinker


def answer(linker: ScriptLinker, path: str, use: Use) -> Answer:
    """What the linker's state says to a use in the file at `path`."""
    if isinstance(use.what, Import):
        return _imported(linker, path, use.what)
    if isinstance(use.what, Definition):
        return abstract.implements(linker, path, use.what) if use.kind == "subclass" else SILENT
    if not isinstance(use.what, Reference) or root_fails(linker, path, use.what):
        return SILENT
    found = linker.reference(path, use.what)
    return _call(linker, path, found, use.what) if use.kind == "call" else plain(found)


def _imported(linker: ScriptLinker, path: str, one: Import) -> Answer:
    """An import; where the module is there and its names cannot be told, that much is said."""
    source = linker.source(path, one.module)
    if not isinstance(source, Module) or one.name in ("", "*"):
        return plain(source)
    found = linker.attribute(source, one.name)
    if isinstance(found, Unknown) and not found.present:
        return Answer(fine=True, sure=False)
    return plain(found)


def _call(linker: ScriptLinker, path: str, found: Symbol, one: Reference) -> Answer:
    target = calls.callee(linker, found) if paths.is_typed(path) else None
    if target is None or one.call is None or one.call.keywords or one.call.stars:
        return SILENT
    bound, signature = target
    why = call_matching.mismatch(signature, one.call)
    return Answer(why=why, target=bound) if why else Answer(fine=True, target=bound)
