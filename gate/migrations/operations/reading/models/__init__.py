"""Models in Python files: classes of SQLAlchemy and Django that stand for tables, and their columns.

A column is told by what the database sees of it: what only Python does (help texts, validators, defaults) is left out.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.migrations.operations.reading.models import _django, _sqlalchemy
from gate.migrations.tools import _constants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.operations import Model

VERSION = 1
_SQL_HINTS = (b"__tablename__",)
_DJANGO_HINTS = (b"Field(", b"ForeignKey(")


def read(content: bytes) -> tuple[Model, ...] | None:
    """The models of a file that are not nested in anything; None when there may be some and it cannot be read."""
    if not any(hint in content for hint in (*_SQL_HINTS, *_DJANGO_HINTS)):
        return ()
    tree = _constants.parsed(content)
    try:
        return tuple(_models(tree)) if tree else None
    except RecursionError:
        return None


def _models(tree: ast.Module) -> Iterator[Model]:
    for one in tree.body:
        if isinstance(one, ast.ClassDef) and one.bases:
            own = _constants.assigned(one.body)
            if isinstance(own.get("__tablename__"), ast.Constant):
                yield _sqlalchemy.mapped(one)
            elif (found := _django.model(one)) is not None:
                yield found
