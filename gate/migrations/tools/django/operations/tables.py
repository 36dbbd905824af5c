"""Operations on models, fields, indexes, constraints and options."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from gate.migrations.tools.base.calls import arguments, called, calls, dump, strings, words
from gate.migrations.tools.django.operations.fields import definition, referenced_models, required
from gate.migrations.tools.django.operations.signatures import OPTIONS, PARAMETERS
from gate.model.operations import Operation

if TYPE_CHECKING:
    from gate.migrations.tools.django.operations.scope import Arguments, OperationScope
    from gate.model.operations import Verb


def changed(call: ast.Call, name: str, values: Arguments, scope: OperationScope) -> Operation | None:
    """Return what an operation does to a table; None where what it names is computed."""
    common = scope.place(call)
    table = scope.low(values, PARAMETERS[name][0])
    if not table:
        return None
    table = f".{table}"
    match name:
        case "CreateModel":
            references = referenced_models(values.get("fields"), table, scope)
            parts = (part for part in ("fields", "options", "bases") if part in values)
            digest = tuple(f"{part}={dump(values[part])}" for part in parts)
            return Operation("create table", table, references=references, digest=digest, **common)
        case "DeleteModel":
            return Operation("drop table", table, **common)
        case "RenameModel":
            to = scope.low(values, "new_name")
            return Operation("rename table", table, to=f".{to}", **common) if to else None
        case "AddField" | "AlterField" | "RemoveField" | "RenameField":
            return _field(name, table, values, scope, common)
        case "AddIndex" | "AddIndexConcurrently" | "AddConstraint" | "AddConstraintNotValid":
            verb: Verb = "add index" if "Index" in name else "add constraint"
            return _index(verb, table, values.get("index") or values.get("constraint"), scope, common)
        case "RemoveIndex" | "RemoveIndexConcurrently" | "RemoveConstraint":
            verb = "drop index" if "Index" in name else "drop constraint"
            dropped = scope.low(values, "name")
            return Operation(verb, table, dropped, **common) if dropped else None
        case _:
            return _option(name, table, values, common)


def _field(
    name: str, table: str, values: Arguments, scope: OperationScope, common: dict[str, Any]
) -> Operation | None:
    column = scope.low(values, "old_name" if name == "RenameField" else "name")
    if not column:
        return None
    if name == "RemoveField":
        return Operation("drop column", table, column, **common)
    if name == "RenameField":
        to = scope.low(values, "new_name")
        return Operation("rename column", table, column, to, **common) if to else None
    field = values.get("field")
    verb: Verb = "add column" if name == "AddField" else "alter column"
    return Operation(
        verb,
        table,
        column,
        references=referenced_models(field, table, scope),
        required=verb == "add column" and required(field),
        digest=(f"field={definition(field)}",) if field is not None else (),
        **common,
    )


def _index(
    verb: Verb, table: str, value: ast.expr | None, scope: OperationScope, common: dict[str, Any]
) -> Operation | None:
    """Return what an index or a constraint does, which `value` makes."""
    if not isinstance(value, ast.Call):
        return None
    values = arguments(value, ())
    fields = strings(values.get("fields"), scope.module.names) or _condition_fields(value)
    return Operation(
        verb,
        table,
        scope.low(values, "name"),
        columns=tuple(field.lstrip("-").lower() for field in fields),
        unique=called(value) in ("UniqueConstraint", "CheckConstraint"),
        digest=(f"made={dump(value)}",),
        **common,
    )


def _condition_fields(constraint: ast.Call) -> tuple[str, ...]:
    """Return the fields that the conditions of a constraint name: `Q(title="")`, `F("title")`."""
    fields: list[str] = []
    for call in calls([constraint]):
        if call is not constraint:
            fields += (keyword.arg.split("__")[0] for keyword in call.keywords if keyword.arg)
            fields += (
                arg.value
                for arg in call.args[:1]
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            )
    return tuple(dict.fromkeys(fields))


def _option(name: str, table: str, values: Arguments, common: dict[str, Any]) -> Operation:
    value = values.get(PARAMETERS[name][1])
    covered = words([value]) if value is not None and name.endswith("Together") else ()
    return Operation(
        "set option",
        table,
        OPTIONS[name],
        columns=covered,
        unique=name == "AlterUniqueTogether" and bool(covered),
        digest=(f"value={dump(value)}" if value is not None else "value=",),
        **common,
    )
