"""Calls that make, change and drop tables, columns, indexes and constraints."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from gate.migrations.tools.alembic.operations.scope import led_to
from gate.migrations.tools.alembic.operations.signatures import ADDED, GUARDS
from gate.migrations.tools.base.calls import arguments, called, calls, dump, truth
from gate.model.operations import Operation

if TYPE_CHECKING:
    from gate.migrations.tools.alembic.operations.scope import Scope

_NO_SCHEMA = frozenset({"comment", "info", "doc", "default", "onupdate", "key"})
"""What of a column the database does not see."""


def told(call: ast.Call, name: str, table: str, given: dict[str, ast.expr], scope: Scope) -> Operation:
    """What one call does to a table."""
    common = scope.place(call)
    if any(truth(given.get(one)) for one in GUARDS):
        common |= {"sure": False, "guarded": True}
    match name:
        case "create_table":
            made = tuple(dump(one) for one in call.args[1:])
            return Operation("create table", table, references=led_to(call, scope), digest=made, **common)
        case "drop_table":
            return Operation("drop table", table, **common)
        case "rename_table":
            to = scope.qualified(scope.text(given.get("new_table_name")), given)
            if to is not None:
                return Operation("rename table", table, to=to, **common)
        case "add_column":
            if isinstance(column := given.get("column"), ast.Call):
                return _column(table, column, scope, common)
        case "drop_column" | "alter_column":
            if (column_name := scope.text(given.get("column_name"))) is not None:
                return _altered(name, table, column_name.lower(), given, scope, common)
        case _:
            return _constraint(name, table, given, scope, common)
    return scope.opaque(call, "what it names is computed", table=table)


def _column(table: str, column: ast.Call, scope: Scope, common: dict[str, Any]) -> Operation:
    given = arguments(column, ("name", "type_"))
    name = scope.text(given.get("name"))
    if name is None:
        return scope.opaque(column, "what it names is computed", table=table)
    required = truth(given.get("nullable")) is False and "server_default" not in given
    return Operation(
        "add column",
        table,
        name.lower(),
        references=led_to(column, scope),
        required=required and not any(called(one) in ("Computed", "Identity") for one in calls([column])),
        digest=_definition(column),
        **common,
    )


def _definition(column: ast.Call) -> tuple[str, ...]:
    """What of a column the database sees."""
    named = (
        f"{one.arg}={dump(one.value)}"
        for one in sorted(column.keywords, key=lambda each: each.arg or "")
        if one.arg not in _NO_SCHEMA
    )
    return (*(dump(one) for one in column.args), *named)


def _altered(
    verb: str, table: str, name: str, given: dict[str, ast.expr], scope: Scope, common: dict[str, Any]
) -> Operation:
    if verb == "drop_column":
        return Operation("drop column", table, name, **common)
    to = scope.text(given.get("new_column_name"))
    if to is not None and to.lower() != name:
        return Operation("rename column", table, name, to.lower(), **common)
    said = (
        f"{key}={dump(value)}"
        for key, value in sorted(given.items())
        if key in ("nullable", "type_", "server_default")
    )
    return Operation("alter column", table, name, digest=tuple(said), **common)


def _constraint(
    call: str, table: str, given: dict[str, ast.expr], scope: Scope, common: dict[str, Any]
) -> Operation:
    name = next((scope.text(given[one]) for one in ("index_name", "constraint_name") if one in given), None)
    covered = scope.texts(given.get("columns") or given.get("local_cols"))
    target = scope.text(given.get("referent_table"))
    return Operation(
        ADDED[call],
        table,
        (name or "").lower(),
        columns=tuple(one.lower() for one in covered),
        references=(target.lower(),) if target else (),
        unique=call in ("create_unique_constraint", "create_check_constraint")
        or truth(given.get("unique")) is True,
        digest=tuple(f"{key}={dump(value)}" for key, value in sorted(given.items())),
        **common,
    )
