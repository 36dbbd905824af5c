"""Calls that create, change and drop tables, columns, indexes and constraints."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from gate.migrations.tools.alembic.operations.scope import referenced_tables
from gate.migrations.tools.alembic.operations.signatures import ADDED, GUARDS
from gate.migrations.tools.base.calls import arguments, called, calls, dump, truth
from gate.model.operations import Operation

if TYPE_CHECKING:
    from gate.migrations.tools.alembic.operations.scope import Arguments, CallScope

_NO_SCHEMA = frozenset({"comment", "info", "doc", "default", "onupdate", "key"})
"""What of a column the database does not see."""
_FILLED = ("Computed", "Identity")
"""What gives a column a value that no statement names."""


def changed(call: ast.Call, name: str, table: str, values: Arguments, scope: CallScope) -> Operation:
    """Return what the call of an operation does to a table."""
    common = scope.place(call)
    if any(truth(values.get(guard)) for guard in GUARDS):
        common |= {"sure": False, "guarded": True}
    match name:
        case "create_table":
            digest = tuple(dump(arg) for arg in call.args[1:])
            references = referenced_tables(call, scope)
            return Operation("create table", table, references=references, digest=digest, **common)
        case "drop_table":
            return Operation("drop table", table, **common)
        case "rename_table":
            to = scope.qualified(scope.text(values.get("new_table_name")), values)
            if to is not None:
                return Operation("rename table", table, to=to, **common)
        case "add_column":
            if isinstance(column := values.get("column"), ast.Call):
                return _added(table, column, scope, common)
        case "drop_column" | "alter_column":
            if (column_name := scope.text(values.get("column_name"))) is not None:
                return _altered(name, table, column_name.lower(), values, scope, common)
        case _:
            return _constraint(name, table, values, scope, common)
    return scope.opaque(call, "what it names is computed", table=table)


def _added(table: str, column: ast.Call, scope: CallScope, common: dict[str, Any]) -> Operation:
    values = arguments(column, ("name", "type_"))
    name = scope.text(values.get("name"))
    if name is None:
        return scope.opaque(column, "what it names is computed", table=table)
    required = truth(values.get("nullable")) is False and "server_default" not in values
    return Operation(
        "add column",
        table,
        name.lower(),
        references=referenced_tables(column, scope),
        required=required and not any(called(inner) in _FILLED for inner in calls([column])),
        digest=_definition(column),
        **common,
    )


def _definition(column: ast.Call) -> tuple[str, ...]:
    """Return what of a column the database sees."""
    named = (
        f"{keyword.arg}={dump(keyword.value)}"
        for keyword in sorted(column.keywords, key=lambda keyword: keyword.arg or "")
        if keyword.arg not in _NO_SCHEMA
    )
    return (*(dump(arg) for arg in column.args), *named)


def _altered(
    verb: str, table: str, name: str, values: Arguments, scope: CallScope, common: dict[str, Any]
) -> Operation:
    if verb == "drop_column":
        return Operation("drop column", table, name, **common)
    to = scope.text(values.get("new_column_name"))
    if to is not None and to.lower() != name:
        return Operation("rename column", table, name, to.lower(), **common)
    digest = (
        f"{key}={dump(value)}"
        for key, value in sorted(values.items())
        if key in ("nullable", "type_", "server_default")
    )
    return Operation("alter column", table, name, digest=tuple(digest), **common)


def _constraint(
    call: str, table: str, values: Arguments, scope: CallScope, common: dict[str, Any]
) -> Operation:
    names = (scope.text(values[key]) for key in ("index_name", "constraint_name") if key in values)
    covered = scope.texts(values.get("columns") or values.get("local_cols"))
    target = scope.text(values.get("referent_table"))
    return Operation(
        ADDED[call],
        table,
        (next(names, None) or "").lower(),
        columns=tuple(column.lower() for column in covered),
        references=(target.lower(),) if target else (),
        unique=call in ("create_unique_constraint", "create_check_constraint")
        or truth(values.get("unique")) is True,
        digest=tuple(f"{key}={dump(value)}" for key, value in sorted(values.items())),
        **common,
    )
