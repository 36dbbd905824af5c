"""Names in the trees of statements, in lower case."""

from __future__ import annotations

from typing import Any

from gate.migrations.tools.base.sql._statements import library


def table(tree: Any) -> str:
    """A table's name with its schema."""
    exp = library().exp
    found = tree if isinstance(tree, exp.Table) else tree.find(exp.Table)
    return ".".join(one for one in (found.db, found.name) if one and one.lower() != "public").lower()


def columns(tree: Any) -> tuple[str, ...]:
    """The columns that an expression reads."""
    return _names(tree.find_all(library().exp.Column))


def references(tree: Any) -> tuple[str, ...]:
    """The tables that foreign keys lead to."""
    return tuple(dict.fromkeys(table(one) for one in tree.find_all(library().exp.Reference)))


def covered(constraint: Any) -> tuple[str, ...]:
    """The columns of its own table that a constraint or an index is over."""
    exp = library().exp
    foreign = constraint.find(exp.ForeignKey)
    if foreign is not None:
        return _names(foreign.expressions)
    listed = [
        part
        for one in constraint.find_all(exp.PrimaryKey, exp.UniqueColumnConstraint)
        for part in (one.expressions or getattr(one.this, "expressions", None) or ())
    ]
    return tuple(dict.fromkeys((*_names(listed), *columns(constraint))))


def _names(parts: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name.lower() for one in parts if one.name))
