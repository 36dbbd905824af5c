"""Statements that read and write rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gate.migrations.tools.base.sql import _names
from gate.migrations.tools.base.sql._statements import library
from gate.model.operations import Operation

if TYPE_CHECKING:
    from gate.model.operations import Effect


def data(one: Any, common: dict[str, Any]) -> Operation:
    """`INSERT`, `UPDATE`, `DELETE`, `SELECT` and their like."""
    exp = library().exp
    effect: Effect = "uses"
    if one.find(exp.Insert, exp.Merge) is not None:
        effect = "inserts"
    elif one.find(exp.Update, exp.Delete) is not None:
        effect = "writes"
    written = one.find(exp.Insert, exp.Merge, exp.Update, exp.Delete)
    table = _names.table(written.this) if written is not None else ""
    return _on(one, table, effect, common)


def view(one: Any, common: dict[str, Any]) -> Operation:
    """`CREATE VIEW`: it reads what it selects from."""
    return _on(one.expression, "", "uses", common)


def _on(tree: Any, table: str, effect: Effect, common: dict[str, Any]) -> Operation:
    exp = library().exp
    aliases = {one.alias.lower() for one in tree.find_all(exp.CTE)}
    tables = {_names.table(one) for one in tree.find_all(exp.Table)} - aliases - {""}
    words = {part.name.lower() for part in tree.find_all(exp.Identifier) if part.name}
    return Operation(
        "change data",
        table,
        tables=tuple(sorted(tables)),
        words=tuple(sorted(words)),
        effect=effect,
        **common,
    )
