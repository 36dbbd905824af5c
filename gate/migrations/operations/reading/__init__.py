"""What migrations do, read from their text: one reader for all that are SQL. Nothing is imported or run."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from gate.model.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

_VERSION = 2
"""Raise it whenever a reader answers something else."""
_MOST = 500
"""Operations of one migration that are told; what follows them is one opaque operation."""
_SCRIPTS = (
    *("flyway", "golang_migrate", "goose", "dbmate", "sqlx", "atlas"),
    *("prisma", "drizzle", "node_pg_migrate"),
)
"""Systems whose migrations are SQL, or may be."""
_MODULES = {"alembic": "alembic", "django": "django", **dict.fromkeys(_SCRIPTS, "scripts")}


def form(system: str) -> tuple[str, int]:
    """The name and version of a system's reader: with the extra `sql` it says more."""
    return (f"operations-{system}" + ("-sql" if find_spec("sqlglot") else ""), _VERSION)


def is_read(system: str, path: str) -> bool:
    """Whether what a migration at that path does can be told: code of other languages is not read."""
    return system in _MODULES and (system not in _SCRIPTS or path.endswith(".sql"))


def needs_extra(system: str) -> bool:
    """Whether all of what a system's migrations do is told by the extra `sql`, and it is not installed."""
    return system in _SCRIPTS and not find_spec("sqlglot")


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
