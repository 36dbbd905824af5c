"""What migrations do, read from their text by their tools. Nothing is imported or run."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from gate.migrations.tools import tool
from gate.model.operations import unread

if TYPE_CHECKING:
    from gate.model.operations import Operation

_MOST = 500
"""Operations of one migration that are kept; what follows them is one opaque operation."""


def form(name: str) -> tuple[str, int]:
    """Return the name and version under which a tool's operations are kept: with the extra `sql` they say more."""
    return (f"operations-{name}" + ("-sql" if find_spec("sqlglot") else ""), tool(name).operations_version)


def is_read(name: str, path: str) -> bool:
    """Return whether what a migration at that path does can be read: code of most languages is not."""
    return tool(name).reads_operations(path)


def needs_extra(name: str) -> bool:
    """Return whether all of what a tool's migrations do is read by the extra `sql` alone, and it is not installed."""
    return tool(name).runs_sql and not find_spec("sqlglot")


def read(name: str, content: bytes) -> tuple[Operation, ...]:
    """Return what a tool's migration does going forward, in the order of its text; nothing where it reads none."""
    try:
        operations = tool(name).operations(content)
    except RecursionError:
        return (unread("it is nested too deeply"),)
    if len(operations) > _MOST:
        return (*operations[:_MOST], unread(f"it has more than {_MOST} operations"))
    return operations
