"""Where names from outside the repository come from, and which members Python's own classes have."""

from __future__ import annotations

import builtins
import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gate.languages.python.linker.names import PythonNames

_ENUMS = ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag")
_ENUM_PROPERTIES = {"name", "value"}


def origin(linker: PythonNames, path: str, name: str) -> str:
    """Return the top-level module a name of a file is imported from, "" when that is not certain."""
    definitions, imports = linker.names(path).get(name.partition(".")[0], ((), ()))
    if definitions or len(imports) != 1 or imports[0].level:
        return ""
    return imports[0].module.partition(".")[0]


def members(linker: PythonNames, path: str, base: str) -> set[str] | None:
    """Return the members of a class of Python's own, as a file names it among its bases; None of any other class."""
    last = base.rpartition(".")[2]
    if last in _ENUMS and origin(linker, path, base) == "enum":
        return {*dir(getattr(enum, last)), *dir(type(enum.Enum)), *_ENUM_PROPERTIES}
    builtin = getattr(builtins, base, None)
    if not isinstance(builtin, type) or base in linker.names(path) or base == "object":
        return None
    return {*dir(builtin), *dir(type(builtin))}
