"""Django's operations: the list in `class Migration`.

A model is `app.model`, one of the migration's own app `.model`; tables in SQL have the names the database knows.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.migrations.tools.base import syntax
from gate.migrations.tools.base.calls import MigrationModule, arguments, called
from gate.migrations.tools.django.operations import rows, tables
from gate.migrations.tools.django.operations.scope import Scope
from gate.migrations.tools.django.operations.signatures import HARMLESS, PARAMETERS
from gate.model.operations import unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.operations import Operation


def read(content: bytes) -> tuple[Operation, ...]:
    """What the migration does forwards."""
    tree = syntax.parsed(content)
    if tree is None:
        return (unread("it cannot be read as Python"),)
    classes = [one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == "Migration"]
    if not classes:
        return (unread("it has no operations of its own"),)
    own = syntax.assigned(classes[-1].body)
    if "operations" not in own:
        return ()
    return tuple(_listed(own["operations"], Scope(MigrationModule.of(content, tree))))


def _listed(value: ast.expr, scope: Scope) -> Iterator[Operation]:
    """The operations of a list."""
    try:
        found = list(syntax.items(value, scope.module.names))
    except syntax.Computed:
        yield scope.opaque(value, "its operations are computed")
        return
    for one in found:
        if isinstance(one, ast.Call):
            yield from _operation(one, scope)
        else:
            yield scope.opaque(one, "an operation is computed")


def _operation(call: ast.Call, scope: Scope) -> Iterator[Operation]:
    name = called(call)
    if name in HARMLESS:
        return
    if name not in PARAMETERS:
        yield scope.opaque(call, f"`{name or 'it'}` is not known")
        return
    given = arguments(call, PARAMETERS[name])
    match name:
        case "SeparateDatabaseAndState":
            for part in ("database_operations", "state_operations"):
                if part in given:
                    yield from _listed(given[part], scope)
        case "RunSQL":
            yield from rows.sent(call, given, scope)
            if "state_operations" in given:
                yield from _listed(given["state_operations"], scope)
        case "RunPython":
            yield from rows.ran(call, given, scope)
        case _:
            told = tables.told(call, name, given, scope)
            yield told or scope.opaque(call, "what it names is computed")
