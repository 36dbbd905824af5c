"""Calls that read and write rows: `bulk_insert`, and what is executed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.migrations.tools.base import sql
from gate.migrations.tools.base.calls import called, calls, last_name, words
from gate.model.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.migrations.tools.alembic.operations.scope import Scope
    from gate.model.operations import Effect


def inserted(call: ast.Call, given: dict[str, ast.expr], scope: Scope) -> Operation:
    """`bulk_insert(table, rows)`."""
    table = _table(given.get("table"), scope)
    if not table:
        return scope.opaque(call, "its table is computed")
    return Operation(
        "change data", table, tables=(table,), words=words([call]), effect="inserts", **scope.place(call)
    )


def executed(call: ast.Call, scope: Scope) -> Iterator[Operation]:
    """A text, or an expression of which only the tables and words are known."""
    if not call.args and not call.keywords:
        return
    given = call.args[0] if call.args else call.keywords[0].value
    text = scope.text(given)
    if text is not None:
        yield from sql.read(text, sure=scope.sure, line=call.lineno, snippet=scope.module.snippet(call))
        return
    named = [scope.names[one] for one in _names(given) if one in scope.names]
    pieces = [given, *named]
    tables = {_table(one, scope) for one in (*pieces, *calls(pieces))}
    known = tuple(sorted(tables - {""}))
    effect = _effect({last_name(one.func) for one in calls(pieces)})
    if not known or effect is None:
        yield scope.opaque(call, "its SQL is computed", pieces=pieces)
        return
    yield Operation(
        "change data",
        known[0] if len(known) == 1 else "",
        tables=known,
        words=words(pieces),
        effect=effect,
        **scope.place(call),
    )


def _names(given: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(given) if isinstance(node, ast.Name)}


def _effect(verbs: set[str]) -> Effect | None:
    """What SQLAlchemy's expressions do to rows, by the functions they are made with."""
    if "insert" in verbs:
        return "inserts"
    if verbs & {"update", "delete"}:
        return "writes"
    return "uses" if "select" in verbs else None


def _table(value: ast.expr | None, scope: Scope) -> str:
    """The name of `table("t", ...)`, directly or by the name it was given."""
    for _ in range(4):
        if isinstance(value, ast.Name) and value.id in scope.names:
            value = scope.names[value.id]
    if isinstance(value, ast.Call) and called(value) in ("table", "Table") and value.args:
        return (scope.text(value.args[0]) or "").lower()
    return ""
