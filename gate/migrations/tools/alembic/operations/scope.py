"""Where a call of a migration stands: what names mean there, and what cannot be read."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gate.migrations.tools.base.calls import Module, arguments, called, calls, string, strings, words
from gate.model.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.migrations.tools.base.syntax import Names


@dataclass(frozen=True, slots=True)
class Scope:
    """A text with the constants that are known at some place in it; `sure`: it is no condition and no `try`."""

    module: Module
    names: Names
    sure: bool

    def text(self, value: ast.expr | None) -> str | None:
        """The text that an expression is; None when it is computed."""
        return string(value, self.names)

    def texts(self, value: ast.expr | None) -> tuple[str, ...]:
        """The texts in a list."""
        return strings(value, self.names)

    def qualified(self, table: str | None, given: dict[str, ast.expr]) -> str | None:
        """A table's name with its schema, in lower case; None when either is computed."""
        schema = self.text(given.get("schema"))
        if table is None or (given.get("schema") is not None and not schema and not _none(given["schema"])):
            return None
        return (f"{schema}.{table}" if schema and schema != "public" else table).lower()

    def place(self, call: ast.Call) -> dict[str, Any]:
        """What every operation of a call says."""
        return {"sure": self.sure, "line": call.lineno, "text": self.module.snippet(call)}

    def opaque(
        self, call: ast.Call, why: str, *, table: str = "", pieces: Sequence[ast.AST] = ()
    ) -> Operation:
        """A call of which only the words are known."""
        said = words(pieces or [call])
        return Operation("opaque", table, words=said, anywhere=not table, why=why, **self.place(call))


def led_to(call: ast.Call, scope: Scope) -> tuple[str, ...]:
    """The tables of `ForeignKey("t.c")` and `ForeignKeyConstraint([...], ["t.c"])`."""
    found: list[str] = []
    for one in calls([call]):
        given = arguments(one, ("first", "second"))
        if called(one) == "ForeignKey":
            found += scope.texts(given.get("first"))
        elif called(one) == "ForeignKeyConstraint":
            found += scope.texts(given.get("second") or given.get("refcolumns"))
    return tuple(dict.fromkeys(one.rpartition(".")[0].lower() for one in found if "." in one))


def _none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None
