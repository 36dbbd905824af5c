"""What migrations do, read from their text: one file a system. Nothing is imported or run."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from gate.model.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

_VERSION = 1
"""Raise it whenever a reader answers something else."""
_MOST = 500
"""Operations of one migration that are told; what follows them is one opaque operation."""
_MODULES = {"alembic": "alembic", "django": "django"}


def form(system: str) -> tuple[str, int]:
    """The name and version of a system's reader: with the extra `sql` it says more."""
    return (f"operations-{system}" + ("-sql" if find_spec("sqlglot") else ""), _VERSION)


def read(system: str, content: bytes) -> tuple[Operation, ...]:
    """What a migration does going forward, in the order of its text; nothing for systems without a reader."""
    if system not in _MODULES:
        return ()
    reader: Callable[[bytes], tuple[Operation, ...]] = import_module(f"{__name__}.{_MODULES[system]}").read
    try:
        found = reader(content)
    except RecursionError:
        return (unread("it is nested too deeply"),)
    return (*found[:_MOST], unread(f"it has more than {_MOST} operations")) if len(found) > _MOST else found


def unread(why: str, line: int = 1) -> Operation:
    """A whole text of which nothing is known."""
    return Operation("opaque", anywhere=True, why=why, line=line)
