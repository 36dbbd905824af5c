"""The facts of a Jot file: a definition for `define NAME`, an import for `use FILE NAME`."""

from __future__ import annotations

from gate.model.source import Definition, FileFacts, Import

NAME = "jot"
VERSION = 1


def read(content: bytes, _ending: str = ".jot") -> FileFacts:
    """Return the facts of a file; other lines are comments."""
    definitions, imports = [], []
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        match line.split():
            case ["define", name]:
                definitions.append(Definition(name, "", "function", number, number, digest=name))
            case ["use", module, name]:
                imports.append(Import(module, name, name, 0, number))
    return FileFacts("full", definitions=tuple(definitions), imports=tuple(imports))
