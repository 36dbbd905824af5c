"""Names in the trees of statements, in lower case."""

from __future__ import annotations

from typing import Any

from gate.migrations.tools.base.sql.statements import library


def table(tree: Any) -> str:
    """Return a table's name with its schema."""
    exp = library().exp
    node = tree if isinstance(tree, exp.Table) else tree.find(exp.Table)
    return ".".join(part for part in (node.db, node.name) if part and part.lower() != "public").lower()


def columns(tree: Any) -> tuple[str, ...]:
    """Return the columns that an expression reads."""
    return _names(tree.find_all(library().exp.Column))


def references(tree: Any) -> tuple[str, ...]:
    """Return the tables that foreign keys lead to."""
    return tuple(dict.fromkeys(table(reference) for reference in tree.find_all(library().exp.Reference)))


def covered(constraint: Any) -> tuple[str, ...]:
    """Return the columns of its own table that a constraint or an index is over."""
    exp = library().exp
    foreign = constraint.find(exp.ForeignKey)
    if foreign is not None:
        return _names(foreign.expressions)
    parts = [
        part
        for key in constraint.find_all(exp.PrimaryKey, exp.UniqueColumnConstraint)
        for part in (key.expressions or getattr(key.this, "expressions", None) or ())
    ]
    return tuple(dict.fromkeys((*_names(parts), *columns(constraint))))


def _names(parts: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.name.lower() for part in parts if part.name))
