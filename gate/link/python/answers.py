"""What one state says to what a Python file needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.link import fit
from gate.link.python import calls, fixtures
from gate.link.symbols import Bound, Missing, Module, Unknown
from gate.link.uses import SILENT, Answer
from gate.model.source import Import, Reference, Text

if TYPE_CHECKING:
    from gate.link.python.linker import PythonLinker
    from gate.link.symbols import Symbol
    from gate.link.uses import Use


def answer(linker: PythonLinker, path: str, use: Use) -> Answer:
    """What the linker's state says to a use in the file at `path`."""
    match use.what:
        case Import():
            return _plain(_imported(linker, path, use.what))
        case Text(kind="patch", text=text):
            return _plain(_patched(linker, path, text))
        case Text(text=text):
            return _fixture(linker, path, text)
        case Reference():
            if _root_fails(linker, path, use.what):
                return SILENT
            found = linker.reference(path, use.what)
            return _call(linker, found, use.what) if use.kind == "call" else _plain(found)


def _fixture(linker: PythonLinker, path: str, name: str) -> Answer:
    """A fixture asked for by name."""
    found = fixtures.find(linker, path, name)
    if found is None:
        return Answer(missing=Missing(path, name))
    return Answer(fine=True, target=found) if isinstance(found, Bound) else SILENT


def _plain(found: Symbol) -> Answer:
    match found:
        case Missing():
            return Answer(missing=found, sure=found.sure)
        case Unknown(present=present):
            return Answer(fine=present)
        case Bound():
            return Answer(fine=True, target=found)
    return Answer(fine=True, module=True)


def _imported(linker: PythonLinker, path: str, one: Import) -> Symbol:
    source = linker.source(path, one)
    if not isinstance(source, Module) or one.name in ("", "*"):
        return source
    return linker.attribute(source, one.name)


def _patched(linker: PythonLinker, path: str, text: str) -> Symbol:
    """`a.b.c` as `mock.patch` imports it: the longest module, then attributes."""
    parts = text.split(".")
    for length in range(len(parts) - 1, 0, -1):
        module = linker.modules.absolute(".".join(parts[:length]), path)
        if module is not None:
            linker.hops.append((module.path or f"{module.folder}/", ""))
            return linker.along(module, parts[length:])
    return Missing(path, text, module=True)


def _root_fails(linker: PythonLinker, path: str, one: Reference) -> bool:
    """Whether the import behind a chain fails already; that is told once, at the import."""
    name = one.chain.partition(".")[0].removesuffix("()")
    if one.via == "local":
        return isinstance(linker.local_root(path, name, one.owner), Missing)
    return (
        one.via == "module"
        and bool(linker.names(path).get(name))
        and isinstance(linker.binding(path, name), Missing)
    )


def _call(linker: PythonLinker, found: Symbol, one: Reference) -> Answer:
    target = calls.callee(linker, found)
    if target is None or one.call is None:
        return SILENT
    bound, signature = target
    why = fit.mismatch(signature, one.call)
    return Answer(why=why, target=bound) if why else Answer(fine=True, target=bound)
