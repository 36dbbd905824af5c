"""What is known of Python's own classes and of where names from outside come from."""

from __future__ import annotations

import builtins
import enum
from typing import TYPE_CHECKING

from gate.languages.python.linker import classes

if TYPE_CHECKING:
    from gate.languages.base.symbols import Bound
    from gate.languages.python.linker.resolve import PythonLinker

_ENUMS = ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag")
_OF_ENUMS = {"name", "value"}


def origin(linker: PythonLinker, path: str, name: str) -> str:
    """The top-level module a name of a file is imported from, "" when that is not certain."""
    definitions, imports = linker.names(path).get(name.partition(".")[0], ((), ()))
    if definitions or len(imports) != 1 or imports[0].level:
        return ""
    return imports[0].module.partition(".")[0]


def lacks(linker: PythonLinker, start: Bound, name: str) -> bool:
    """Whether all that a class has from outside the repository is from classes of Python's own without that member."""
    if name.startswith("_"):
        return False
    for one in filter(None, classes.lineage(linker, start)):
        if one.definition.opaque or not all(map(classes.is_plain, one.definition.decorators)):
            return False
        unknown = len(classes.bases(linker, one)) - sum(
            base is not None for base in classes.bases(linker, one)
        )
        own = [found for base in one.definition.bases if (found := _own(linker, one.path, base)) is not None]
        if len(own) < unknown or any(name in found for found in own):
            return False
    return True


def _own(linker: PythonLinker, path: str, base: str) -> set[str] | None:
    """The members of a class of Python's own; None of any other."""
    last = base.rpartition(".")[2]
    if last in _ENUMS and origin(linker, path, base) == "enum":
        return {*dir(getattr(enum, last)), *dir(type(enum.Enum)), *_OF_ENUMS}
    found = getattr(builtins, base, None)
    if not isinstance(found, type) or base in linker.names(path) or base == "object":
        return None
    return {*dir(found), *dir(type(found))}
