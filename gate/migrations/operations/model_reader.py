"""Models in Python files: classes that stand for tables, and their columns.

A column is described by what the database sees of it: what only Python does (help texts, validators, defaults) is left
out.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.migrations.tools import python_tools
from gate.migrations.tools.base import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.operations import Model

VERSION = 1
"""Raise it whenever a tool's `model_of` answers something else."""


def read(content: bytes) -> tuple[Model, ...] | None:
    """Return the models of a file that are not nested in anything; None when it may have some and cannot be read."""
    if not any(hint in content for tool in python_tools() for hint in tool.model_hints):
        return ()
    tree = syntax.parsed(content)
    try:
        return tuple(_models(tree)) if tree else None
    except RecursionError:
        return None


def _models(tree: ast.Module) -> Iterator[Model]:
    """Yield each class with a base as the first tool's model that it is one of."""
    for statement in tree.body:
        if isinstance(statement, ast.ClassDef) and statement.bases:
            models = (tool.model_of(statement) for tool in python_tools())
            model = next((model for model in models if model is not None), None)
            if model is not None:
                yield model
