"""What readers of models share."""

from __future__ import annotations

import ast

from gate.migrations.tools.base.calls import last_name


def bases(one: ast.ClassDef) -> tuple[str, ...]:
    """The last names of a class's bases."""
    return tuple(last_name(base) for base in one.bases)


def computed(value: ast.expr) -> bool:
    """Whether a value is looked up or made at run time."""
    return not isinstance(value, ast.Constant | ast.Tuple | ast.List)
