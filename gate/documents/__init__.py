"""Data files that programs read: whether they parse, and which keys a mapping repeats. One file a format.

A format is a module beside this one that has `PATHS`, and whose facts hold `key` definitions and `repeated` only. The
scope of a key is the path of its mapping, with `[]` for whatever stands in a list. Only files that two streams change
are read.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.documents.paths import FormatPaths
    from gate.model.source import FileFacts


class FactsReader(Protocol):
    """The module that reads one format, or the files of one language."""

    NAME: str
    """The name facts are kept under."""
    VERSION: int
    """Raised whenever the facts change, so that kept ones are forgotten."""

    def read(self, content: bytes, ending: str) -> FileFacts:
        """Return the facts of a file."""


class Format(FactsReader, Protocol):
    """The module of a format. It loads its parser when it first reads."""

    PATHS: FormatPaths


def format_of(path: str) -> str:
    """Return the name of a path's format, "" when it is no data file."""
    file_name = path.rpartition("/")[2]
    ending = f".{file_name.rpartition('.')[2].lower()}" if "." in file_name else ""
    names = _names_by_file_name()
    format_name = names.get(file_name) or names.get(f"*{ending}", "")
    for name, module in _formats().items():
        where = module.PATHS.where
        if format_name and module.PATHS.instead_of == format_name and where is not None and where(path):
            return name
    return format_name


def reader(format_name: str) -> FactsReader:
    """Return the module that reads a format.

    Raises:
        KeyError: there is no such format.
    """
    return _formats()[format_name]


@cache
def _formats() -> Mapping[str, Format]:
    """Return the formats by their names, collected from the modules beside this one."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    formats = [cast("Format", module) for module in modules if hasattr(module, "PATHS")]
    return {module.NAME: module for module in formats}


@cache
def _names_by_file_name() -> Mapping[str, str]:
    """Return the names of formats by a whole file name, or by `*` and an ending."""
    names: dict[str, str] = {}
    for name, module in _formats().items():
        names |= dict.fromkeys(
            (*module.PATHS.names, *(f"*{ending}" for ending in module.PATHS.endings)), name
        )
    return names
