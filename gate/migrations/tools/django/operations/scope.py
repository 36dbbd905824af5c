"""The text of a migration, and what of it cannot be read."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gate.migrations.tools.base.calls import string, words
from gate.model.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.migrations.tools.base.calls import MigrationModule

Arguments = dict[str, ast.expr]
"""The arguments of a call, by the names of its parameters."""


@dataclass(frozen=True, slots=True)
class OperationScope:
    """A migration's text with the constants at its top."""

    module: MigrationModule

    def text(self, value: ast.expr | None) -> str | None:
        """Return the text that an expression is; None when it is computed."""
        return string(value, self.module.names)

    def low(self, values: Arguments, name: str) -> str:
        """Return an argument in lower case; "" where there is none, or it is computed."""
        return (self.text(values.get(name)) or "").lower()

    def place(self, node: ast.expr) -> dict[str, Any]:
        """Return what every operation of a call says."""
        return {"line": node.lineno, "text": self.module.snippet(node)}

    def opaque(self, node: ast.expr, why: str, pieces: Sequence[ast.AST] = ()) -> Operation:
        """Return a call of which only the words are known: those of `pieces`, or of itself."""
        return Operation("opaque", words=words(pieces or [node]), anywhere=True, why=why, **self.place(node))
