"""Operations on models, fields, indexes, constraints and options."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from gate.migrations.tools.base.calls import arguments, called, calls, dump, strings, words
from gate.migrations.tools.django.operations.fields import definition, led_to, required
from gate.migrations.tools.django.operations.signatures import OPTIONS, PARAMETERS
from gate.model.operations import Operation

if TYPE_CHECKING:
    from gate.migrations.tools.django.operations.scope import Scope
    from gate.model.operations import Verb


def told(call: ast.Call, name: str, given: dict[str, ast.expr], scope: Scope) -> Operation | None:
    """What an operation does to a table; None where what it names is computed."""
    common = scope.place(call)
    table = scope.low(given, PARAMETERS[name][0])
    if not table:
        return None
    table = f".{table}"
    match name:
        case "CreateModel":
            references = led_to(given.get("fields"), table, scope)
            digest = tuple(
                f"{one}={dump(given[one])}" for one in ("fields", "options", "bases") if one in given
            )
            return Operation("create table", table, references=references, digest=digest, **common)
        case "DeleteModel":
            return Operation("drop table", table, **common)
        case "RenameModel":
            to = scope.low(given, "new_name")
            return Operation("rename table", table, to=f".{to}", **common) if to else None
        case "AddField" | "AlterField" | "RemoveField" | "RenameField":
            return _field(name, table, given, scope, common)
        case "AddIndex" | "AddIndexConcurrently" | "AddConstraint" | "AddConstraintNotValid":
            verb: Verb = "add index" if "Index" in name else "add constraint"
            return _index(verb, table, given.get("index") or given.get("constraint"), scope, common)
        case "RemoveIndex" | "RemoveIndexConcurrently" | "RemoveConstraint":
            verb = "drop index" if "Index" in name else "drop constraint"
            dropped = scope.low(given, "name")
            return Operation(verb, table, dropped, **common) if dropped else None
        case _:
            return _option(name, table, given, common)


def _field(
    name: str, table: str, given: dict[str, ast.expr], scope: Scope, common: dict[str, Any]
) -> Operation | None:
    column = scope.low(given, "old_name" if name == "RenameField" else "name")
    if not column:
        return None
    if name == "RemoveField":
        return Operation("drop column", table, column, **common)
    if name == "RenameField":
        to = scope.low(given, "new_name")
        return Operation("rename column", table, column, to, **common) if to else None
    field = given.get("field")
    verb: Verb = "add column" if name == "AddField" else "alter column"
    return Operation(
        verb,
        table,
        column,
        references=led_to(field, table, scope),
        required=verb == "add column" and required(field),
        digest=(f"field={definition(field)}",) if field is not None else (),
        **common,
    )


def _index(
    verb: Verb, table: str, made: ast.expr | None, scope: Scope, common: dict[str, Any]
) -> Operation | None:
    if not isinstance(made, ast.Call):
        return None
    given = arguments(made, ())
    fields = strings(given.get("fields"), scope.module.names) or _asked(made)
    return Operation(
        verb,
        table,
        scope.low(given, "name"),
        columns=tuple(one.lstrip("-").lower() for one in fields),
        unique=called(made) in ("UniqueConstraint", "CheckConstraint"),
        digest=(f"made={dump(made)}",),
        **common,
    )


def _asked(made: ast.Call) -> tuple[str, ...]:
    """The fields that the conditions of a constraint name: `Q(title="")`, `F("title")`."""
    found: list[str] = []
    for one in calls([made]):
        if one is not made:
            found += (each.arg.split("__")[0] for each in one.keywords if each.arg)
            found += (
                each.value
                for each in one.args[:1]
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )
    return tuple(dict.fromkeys(found))


def _option(name: str, table: str, given: dict[str, ast.expr], common: dict[str, Any]) -> Operation:
    value = given.get(PARAMETERS[name][1])
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
