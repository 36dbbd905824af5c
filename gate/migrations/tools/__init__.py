"""Migration tools, a file or folder each. Nothing that a repository holds is imported or run.

To add a tool: a file here (or a folder) with a subclass of `base.tool.Tool`, or of one of its subclasses in `base`, and
an instance of it called `TOOL`. Nothing else names it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Collection

    from gate.migrations.tools.base.tool import Tool
    from gate.model.migrations import Store

_SHARED = "base"
"""The folder beside the tools that holds what several use."""


@cache
def tools() -> tuple[Tool, ...]:
    """Return every tool: those in Python, those that number their files, then the others, each by name."""
    names = (module.name for module in iter_modules(__path__) if module.name != _SHARED)
    return tuple(sorted(map(tool, names), key=_rank))


def _rank(tool: Tool) -> tuple[bool, bool, str]:
    return (not tool.reads_python, tool.model == "graph", tool.name)


@cache
def python_tools() -> tuple[Tool, ...]:
    """Return the tools whose migrations are Python files, sorted by name."""
    return tuple(tool for tool in tools() if tool.reads_python)


@cache
def tool(name: str) -> Tool:
    """Return the tool of that name.

    Raises:
        ModuleNotFoundError: there is none.
    """
    return cast("Tool", import_module(f"{__name__}.{name}").TOOL)


def rewritten_files(store: Store, *changed: Collection[str]) -> list[str]:
    """Return the files that the store's tool writes again after each migration, of those that all of these change."""
    return [path for path in tool(store.tool).derived_files(store) if all(path in paths for paths in changed)]
