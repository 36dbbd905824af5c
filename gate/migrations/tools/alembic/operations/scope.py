"""Where a call of a migration stands: what names mean there, and what cannot be read."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gate.migrations.tools.base.calls import (
    MigrationModule,
    arguments,
    called,
    calls,
    string,
    strings,
    words,
)
from gate.model.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.migrations.tools.base.syntax import Assignments

Arguments = dict[str, ast.expr]
"""The arguments of a call, by the names of its parameters."""


@dataclass(frozen=True, slots=True)
class CallScope:
    """A text with the constants that are known at some place in it; `sure`: it is no condition and no `try`."""

    module: MigrationModule
    names: Assignments
    sure: bool

    def text(self, value: ast.expr | None) -> str | None:
        """Return the text that an expression is; None when it is computed."""
        return string(value, self.names)

    def texts(self, value: ast.expr | None) -> tuple[str, ...]:
        """Return the texts in a list."""
        return strings(value, self.names)

    def qualified(self, table: str | None, values: Arguments) -> str | None:
        """Return a table's name with its schema, in lower case; None when either is computed."""
        schema = self.text(values.get("schema"))
        computed = values.get("schema") is not None and not schema and not _is_none(values["schema"])
        if table is None or computed:
            return None
        return (f"{schema}.{table}" if schema and schema != "public" else table).lower()

    def place(self, call: ast.Call) -> dict[str, Any]:
        """Return what every operation of a call says."""
        return {"sure": self.sure, "line": call.lineno, "text": self.module.snippet(call)}

    def opaque(
        self, call: ast.Call, why: str, *, table: str = "", pieces: Sequence[ast.AST] = ()
    ) -> Operation:
        """Return a call of which only the words are mentioned: those of `pieces`, or of itself."""
        mentioned = words(pieces or [call])
        return Operation("opaque", table, words=mentioned, anywhere=not table, why=why, **self.place(call))


def referenced_tables(call: ast.Call, scope: CallScope) -> tuple[str, ...]:
    """Return the tables of `ForeignKey("t.c")` and `ForeignKeyConstraint([...], ["t.c"])`."""
    columns: list[str] = []
    for inner in calls([call]):
        values = arguments(inner, ("first", "second"))
        if called(inner) == "ForeignKey":
            columns += scope.texts(values.get("first"))
        elif called(inner) == "ForeignKeyConstraint":
            columns += scope.texts(values.get("second") or values.get("refcolumns"))
    return tuple(dict.fromkeys(column.rpartition(".")[0].lower() for column in columns if "." in column))


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None
