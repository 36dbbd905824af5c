"""Django's operations: the list in `class Migration`.

A model is `app.model`, one of the migration's own app `.model`; tables in SQL have the names the database knows.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.migrations.tools.base import syntax
from gate.migrations.tools.base.calls import MigrationModule, arguments, called
from gate.migrations.tools.django.operations import rows, tables
from gate.migrations.tools.django.operations.scope import OperationScope
from gate.migrations.tools.django.operations.signatures import HARMLESS, PARAMETERS
from gate.model.operations import unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.operations import Operation


def read(content: bytes) -> tuple[Operation, ...]:
    """Return what the migration does forwards."""
    tree = syntax.parsed(content)
    if tree is None:
        return (unread("it cannot be read as Python"),)
    classes = [
        statement
        for statement in tree.body
        if isinstance(statement, ast.ClassDef) and statement.name == "Migration"
    ]
    if not classes:
        return (unread("it has no operations of its own"),)
    values = syntax.assigned(classes[-1].body)
    if "operations" not in values:
        return ()
    return tuple(_items(values["operations"], OperationScope(MigrationModule.of(content, tree))))


def _items(value: ast.expr, scope: OperationScope) -> Iterator[Operation]:
    """Yield what the operations of a list do."""
    try:
        items = list(syntax.items(value, scope.module.names))
    except syntax.Computed:
        yield scope.opaque(value, "its operations are computed")
        return
    for item in items:
        if isinstance(item, ast.Call):
            yield from _operation(item, scope)
        else:
            yield scope.opaque(item, "an operation is computed")


def _operation(call: ast.Call, scope: OperationScope) -> Iterator[Operation]:
    name = called(call)
    if name in HARMLESS:
        return
    if name not in PARAMETERS:
        yield scope.opaque(call, f"`{name or 'it'}` is not known")
        return
    values = arguments(call, PARAMETERS[name])
    match name:
        case "SeparateDatabaseAndState":
            for part in ("database_operations", "state_operations"):
                if part in values:
                    yield from _items(values[part], scope)
        case "RunSQL":
            yield from rows.run_sql(call, values, scope)
            if "state_operations" in values:
                yield from _items(values["state_operations"], scope)
        case "RunPython":
            yield from rows.run_python(call, values, scope)
        case _:
            operation = tables.changed(call, name, values, scope)
            yield operation or scope.opaque(call, "what it names is computed")
