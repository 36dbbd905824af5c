"""What readers of models share."""

from __future__ import annotations

import ast

from gate.migrations.tools.base.calls import last_name


def bases(definition: ast.ClassDef) -> tuple[str, ...]:
    """Return the last names of a class's bases."""
    return tuple(last_name(base) for base in definition.bases)


def is_computed(value: ast.expr) -> bool:
    """Return whether a value is looked up or made at run time."""
    return not isinstance(value, ast.Constant | ast.Tuple | ast.List)
