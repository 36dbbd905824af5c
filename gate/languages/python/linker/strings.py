"""What strings that are resolved at run time stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import UNKNOWN, Missing, Module
from gate.languages.base.tree import folders

if TYPE_CHECKING:
    from gate.languages.base.symbols import Symbol
    from gate.languages.python.linker.names import PythonNames
    from gate.model.source import StringReference


def resolve(linker: PythonNames, path: str, text: StringReference) -> Symbol:
    """Return what a string in the file at `path` stands for."""
    match text.kind:
        case "patch":
            return _object(linker, path, text.text, attributes=1)
        case "model":
            return _model(linker, path, text.text)
        case "export":
            return _export(linker, path, text.text)
    return _object(linker, path, text.text.replace(":", "."), attributes=0)


def _object(linker: PythonNames, path: str, chain: str, attributes: int) -> Symbol:
    """Resolve `a.b.c` as `mock.patch` does: the longest module, then at least so many attributes."""
    parts = chain.split(".")
    for length in range(len(parts) - attributes, 0, -1):
        module = linker.modules.absolute(".".join(parts[:length]), path)
        if module is not None:
            return linker.follow(linker.visit(module), parts[length:])
    return Missing(path, chain, module=True)


def _export(linker: PythonNames, path: str, name: str) -> Symbol:
    """Resolve a name of the file itself, or a module beside it when the file is a package."""
    folder = path.rpartition("/")[0] if path.endswith(("/__init__.py", "/__init__.pyi")) else None
    return linker.attribute(Module(path, folder), name)


def _model(linker: PythonNames, path: str, text: str) -> Symbol:
    """Resolve `app.Model`, or `Model` of the file's own app; unknown in migrations, whose models are of the past."""
    label, _, name = text.rpartition(".")
    apps = linker.modules.apps(label) if label else _app_around(linker, path)
    if len(apps) != 1 or "/migrations/" in path:
        return UNKNOWN
    module = linker.modules.child(Module("", apps[0]), "models")
    if module is None:
        return Missing(f"{apps[0]}/", f"{label}.models", module=True)
    return linker.attribute(linker.visit(module), name)


def _app_around(linker: PythonNames, path: str) -> list[str]:
    """Return the folder of the nearest Django app that a file lies in, as a list; [] when it lies in none."""
    return next(
        ([folder] for folder in folders(path) if folder in linker.modules.apps(folder.rpartition("/")[2])), []
    )
