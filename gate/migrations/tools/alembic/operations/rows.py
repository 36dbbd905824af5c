"""Calls that read and write rows: `bulk_insert`, and what is executed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.migrations.tools.base import sql
from gate.migrations.tools.base.calls import called, calls, last_name, words
from gate.model.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.migrations.tools.alembic.operations.scope import Arguments, CallScope
    from gate.model.operations import Effect


def inserted(call: ast.Call, values: Arguments, scope: CallScope) -> Operation:
    """Return what `bulk_insert(table, rows)` does."""
    table = _table(values.get("table"), scope)
    if not table:
        return scope.opaque(call, "its table is computed")
    return Operation(
        "change data", table, tables=(table,), words=words([call]), effect="inserts", **scope.place(call)
    )


def executed(call: ast.Call, scope: CallScope) -> Iterator[Operation]:
    """Yield what is executed: a text, or an expression of which only the tables and words are known."""
    if not call.args and not call.keywords:
        return
    argument = call.args[0] if call.args else call.keywords[0].value
    text = scope.text(argument)
    if text is not None:
        yield from sql.read(text, sure=scope.sure, line=call.lineno, snippet=scope.module.snippet(call))
        return
    named = [scope.names[name] for name in _names(argument) if name in scope.names]
    pieces = [argument, *named]
    tables = {_table(piece, scope) for piece in (*pieces, *calls(pieces))}
    named_tables = tuple(sorted(tables - {""}))
    effect = _effect({last_name(inner.func) for inner in calls(pieces)})
    if not named_tables or effect is None:
        yield scope.opaque(call, "its SQL is computed", pieces=pieces)
        return
    yield Operation(
        "change data",
        named_tables[0] if len(named_tables) == 1 else "",
        tables=named_tables,
        words=words(pieces),
        effect=effect,
        **scope.place(call),
    )


def _names(expression: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}


def _effect(verbs: set[str]) -> Effect | None:
    """Return what SQLAlchemy's expressions do to rows, by the functions they are made with."""
    if "insert" in verbs:
        return "inserts"
    if verbs & {"update", "delete"}:
        return "writes"
    return "uses" if "select" in verbs else None


def _table(value: ast.expr | None, scope: CallScope) -> str:
    """Return the name of `table("t", ...)`, directly or by the name it is assigned to."""
    for _ in range(4):
        if isinstance(value, ast.Name) and value.id in scope.names:
            value = scope.names[value.id]
    if isinstance(value, ast.Call) and called(value) in ("table", "Table") and value.args:
        return (scope.text(value.args[0]) or "").lower()
    return ""
