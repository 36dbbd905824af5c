"""Statements that read and write rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gate.migrations.tools.base.sql import names
from gate.migrations.tools.base.sql.statements import library
from gate.model.operations import Operation

if TYPE_CHECKING:
    from gate.model.operations import Effect


def data(tree: Any, common: dict[str, Any]) -> Operation:
    """Return what `INSERT`, `UPDATE`, `DELETE`, `SELECT` and their like do."""
    exp = library().exp
    effect: Effect = "uses"
    if tree.find(exp.Insert, exp.Merge) is not None:
        effect = "inserts"
    elif tree.find(exp.Update, exp.Delete) is not None:
        effect = "writes"
    writing = tree.find(exp.Insert, exp.Merge, exp.Update, exp.Delete)
    table = names.table(writing.this) if writing is not None else ""
    return _on(tree, table, effect, common)


def view(tree: Any, common: dict[str, Any]) -> Operation:
    """Return what `CREATE VIEW` does: it reads what it selects from."""
    return _on(tree.expression, "", "uses", common)


def _on(tree: Any, table: str, effect: Effect, common: dict[str, Any]) -> Operation:
    exp = library().exp
    aliases = {alias.alias.lower() for alias in tree.find_all(exp.CTE)}
    tables = {names.table(node) for node in tree.find_all(exp.Table)} - aliases - {""}
    words = {part.name.lower() for part in tree.find_all(exp.Identifier) if part.name}
    return Operation(
        "change data",
        table,
        tables=tuple(sorted(tables)),
        words=tuple(sorted(words)),
        effect=effect,
        **common,
    )
