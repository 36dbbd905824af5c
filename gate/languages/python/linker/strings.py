"""What strings that are resolved at run time stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import UNKNOWN, Missing, Module
from gate.languages.base.tree import folders

if TYPE_CHECKING:
    from gate.languages.base.symbols import Symbol
    from gate.languages.python.linker.resolve import PythonLinker
    from gate.model.source import Text


def resolved(linker: PythonLinker, path: str, one: Text) -> Symbol:
    """What a string in the file at `path` stands for."""
    match one.kind:
        case "patch":
            return _object(linker, path, one.text, least=1)
        case "model":
            return _model(linker, path, one.text)
        case "export":
            return _export(linker, path, one.text)
    return _object(linker, path, one.text.replace(":", "."), least=0)


def _object(linker: PythonLinker, path: str, text: str, least: int) -> Symbol:
    """`a.b.c` as `mock.patch` and others import it: the longest module, then attributes, at least so many."""
    parts = text.split(".")
    for length in range(len(parts) - least, 0, -1):
        module = linker.modules.absolute(".".join(parts[:length]), path)
        if module is not None:
            return linker.along(linker.met(module), parts[length:])
    return Missing(path, text, module=True)


def _export(linker: PythonLinker, path: str, name: str) -> Symbol:
    """A name of the file itself, or a module beside it when the file is a package."""
    folder = path.rpartition("/")[0] if path.endswith(("/__init__.py", "/__init__.pyi")) else None
    return linker.attribute(Module(path, folder), name)


def _model(linker: PythonLinker, path: str, text: str) -> Symbol:
    """`app.Model`, or `Model` of the file's own app; nothing is known of migrations, whose models are of the past."""
    label, _, name = text.rpartition(".")
    found = linker.modules.apps(label) if label else _own_app(linker, path)
    if len(found) != 1 or "/migrations/" in path:
        return UNKNOWN
    module = linker.modules.child(Module("", found[0]), "models")
    if module is None:
        return Missing(f"{found[0]}/", f"{label}.models", module=True)
    return linker.attribute(linker.met(module), name)


def _own_app(linker: PythonLinker, path: str) -> list[str]:
    return next(
        ([folder] for folder in folders(path) if folder in linker.modules.apps(folder.rpartition("/")[2])), []
    )
