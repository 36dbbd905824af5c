"""Alembic's operations: the calls of `op`, and of a batch, in `upgrade()` and the functions it calls.

What stands in a condition or a `try` may not be done.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.migrations.tools.alembic.operations import rows, tables
from gate.migrations.tools.alembic.operations.scope import CallScope
from gate.migrations.tools.alembic.operations.signatures import HARMLESS, PARAMETERS, TABLE
from gate.migrations.tools.base import syntax
from gate.migrations.tools.base.calls import MigrationModule, arguments, called, calls
from gate.model.operations import unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.migrations.tools.alembic.operations.scope import Arguments
    from gate.model.operations import Operation

_DEEPEST = 4
"""Functions that call one another are followed that far."""


def read(content: bytes) -> tuple[Operation, ...]:
    """Return what `upgrade()` does."""
    tree = syntax.parsed(content)
    if tree is None:
        return (unread("it cannot be read as Python"),)
    module = MigrationModule.of(content, tree)
    upgrade = module.functions.get("upgrade")
    if upgrade is None:
        return (unread("its `upgrade` is no function of it"),) if b"upgrade" in content else ()
    return tuple(_FunctionReader(module).body(upgrade.body, {}, sure=True))


Batches = dict[str, str | None]
"""Names of batches with their tables, None where a table is computed."""


class _FunctionReader:
    """Walks a function as it would run."""

    def __init__(self, module: MigrationModule) -> None:
        self._module = module
        self._names = dict(module.names)
        self._inside: list[str] = []
        """The functions of the text that are being read, the outermost first."""

    def body(self, statements: Sequence[ast.stmt], batches: Batches, *, sure: bool) -> Iterator[Operation]:
        self._names |= syntax.assigned(statements)
        for statement in statements:
            match statement:
                case ast.With(items=items, body=body):
                    opened = batches | dict(self._opened(items))
                    yield from self.body(body, opened, sure=sure)
                case ast.If(body=body, orelse=orelse):
                    yield from self._calls(statement.test, {}, sure=False)
                    for part in (body, orelse):
                        yield from self.body(part, batches, sure=False)
                case ast.For(body=body, orelse=orelse) | ast.While(body=body, orelse=orelse):
                    for part in (body, orelse):
                        yield from self.body(part, batches, sure=False)
                case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
                    for part in (body, *(handler.body for handler in handlers), orelse, final):
                        yield from self.body(part, batches, sure=False)
                case ast.FunctionDef() | ast.ClassDef() | ast.Import() | ast.ImportFrom():
                    pass
                case _:
                    yield from self._calls(statement, batches, sure=sure)

    def _opened(self, items: Iterable[ast.withitem]) -> Iterator[tuple[str, str | None]]:
        """Yield the batches that a `with` opens."""
        scope = CallScope(self._module, self._names, sure=True)
        for item in items:
            match item:
                case ast.withitem(context_expr=ast.Call() as call, optional_vars=ast.Name(id=name)) if (
                    called(call) == "batch_alter_table"
                ):
                    values = arguments(call, ("table_name", "schema"))
                    yield name, scope.qualified(scope.text(values.get("table_name")), values)

    def _calls(self, piece: ast.AST, batches: Batches, *, sure: bool) -> Iterator[Operation]:
        scope = CallScope(self._module, self._names, sure)
        for call in calls([piece]):
            match call.func:
                case ast.Attribute(value=ast.Name(id="op"), attr=name):
                    yield from _operation(call, name, scope)
                case ast.Attribute(value=ast.Name(id=batch), attr=name) if batch in batches:
                    yield from _batched(call, name, batches[batch], scope)
                case ast.Attribute(attr="execute" | "exec_driver_sql"):
                    yield from rows.executed(call, scope)
                case ast.Name(id=name) if name in self._module.functions:
                    yield from self._within(name, sure=sure)
                case ast.Name(id=name) if (
                    isinstance(piece, ast.Expr) and piece.value is call and name != "print"
                ):
                    yield scope.opaque(call, f"it calls `{name}`, which stands elsewhere")
                case _:
                    pass

    def _within(self, name: str, *, sure: bool) -> Iterator[Operation]:
        """Yield what a function of the same text does. What its parameters stand for is not known."""
        if name in self._inside or len(self._inside) >= _DEEPEST:
            return
        function = self._module.functions[name]
        outer, self._names = self._names, dict(self._module.names)
        self._inside.append(name)
        yield from self.body(function.body, {}, sure=sure)
        self._inside.pop()
        self._names = outer


def _operation(call: ast.Call, name: str, scope: CallScope) -> Iterator[Operation]:
    """Yield what a call of `op` does."""
    values = arguments(call, PARAMETERS.get(name, ()))
    table = next((values[parameter] for parameter in TABLE if parameter in values), None)
    yield from _done(call, name, values, scope.qualified(scope.text(table), values), scope)


def _batched(call: ast.Call, name: str, table: str | None, scope: CallScope) -> Iterator[Operation]:
    """Yield what a call of a batch does, which has the table."""
    parameters = (
        parameter for parameter in PARAMETERS.get(name, ()) if parameter not in ("table_name", "source_table")
    )
    yield from _done(call, name, arguments(call, tuple(parameters)), table, scope)


def _done(
    call: ast.Call, name: str, values: Arguments, table: str | None, scope: CallScope
) -> Iterator[Operation]:
    if name in HARMLESS:
        return
    if name not in PARAMETERS:
        yield scope.opaque(call, f"`{name}` is not known")
    elif name == "execute":
        yield from rows.executed(call, scope)
    elif name == "bulk_insert":
        yield rows.inserted(call, values, scope)
    elif table is None:
        yield scope.opaque(call, "its table is computed")
    else:
        yield tables.changed(call, name, table, values, scope)
