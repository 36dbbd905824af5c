"""SQL texts, through sqlglot where the extra `sql` is installed: what it cannot read is opaque, with its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gate.migrations.tools.base.calls import clipped, words_of
from gate.migrations.tools.base.sql import rows, tables
from gate.migrations.tools.base.sql.statements import dialect, library, split_statements, uncommented
from gate.migrations.tools.base.sql.tables import guarded
from gate.model.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.migrations.tools.base.sql.statements import Statement

_UNREADABLE = "its SQL cannot be read"
_UNKNOWN = "what its SQL does is not known"
_CALLS = "what it calls stands elsewhere"
_AFTER = re.compile(
    r"\b(?:table|into|update|from|join|references|on|truncate|copy)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?"
    r'(?:\{\{[^{}]{0,80}\}\}|\$\{[^{}]{0,80}\})?([\w."`\[\]]+)',
    re.IGNORECASE,
)
"""Words that a table's name follows, with what templates put before it."""
_CATALOGUE = ("information_schema.", "pg_")
"""Tables of the database's own, which everybody reads."""
_TEMPLATE = re.compile(r"\{\{|\{%")
"""What may stand in a condition of a template is not sure to be done."""
_NO_TABLES = frozenset(
    {
        "set",
        "conflict",
        "delete",
        "update",
        "insert",
        "select",
        "cascade",
        "table",
        "only",
        "each",
        "duplicate",
    }
)
_ASIDE = re.compile(
    r"\AALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?([\w.\"]+)\s+"
    r"(OWNER\s+TO|(?:ENABLE|DISABLE|FORCE|NO\s+FORCE)\s+ROW\s+LEVEL\s+SECURITY|VALIDATE\s+CONSTRAINT"
    r"|REPLICA\s+IDENTITY|SET\s*\(|RESET\s*\(|CLUSTER\s+ON|SET\s+LOGGED|SET\s+UNLOGGED|INHERIT)\b[^,;]*;?\s*\Z",
    re.IGNORECASE,
)
"""What is done to a table and to none of its columns, alone in its statement."""
_NO_TABLE = re.compile(
    r"(?:CREATE|ALTER)\s+(?:TYPE|EXTENSION|COLLATION)\b"
    r"|DROP\s+(?:TYPE|SEQUENCE|FUNCTION|PROCEDURE|EXTENSION|COLLATION)\b(?!.*\bCASCADE\b)",
    re.IGNORECASE | re.DOTALL,
)
"""What touches no table."""


def read(text: str, *, sure: bool = True, line: int = 1, snippet: str | None = None) -> tuple[Operation, ...]:
    """Return what the statements of a text do.

    `sure` as of operations. `line` is that of the text, from 1. Without a `snippet` each statement is shown by its own
    text, on its own line.
    """
    name = dialect(text)
    sure = sure and not _TEMPLATE.search(text)
    parsed = split_statements(text, name)
    if parsed is None:
        return (_opaque(text, _UNREADABLE, {"sure": sure, "line": line, "text": snippet or clipped(text)}),)
    operations: list[Operation] = []
    temporary: set[str] = set()
    for statement in parsed:
        place = line if snippet is not None else line + statement.line - 1
        shown = snippet if snippet is not None else clipped(statement.text)
        common = {"sure": sure, "line": place, "text": shown}
        operations += _operations(statement, name, temporary, common)
    return tuple(operation for operation in operations if operation.table not in temporary)


def _operations(
    statement: Statement, dialect: str, temporary: set[str], common: dict[str, Any]
) -> list[Operation]:
    """Return what a statement does, and add the table that it creates for its session alone to `temporary`.

    `common` is what all operations of the statement say.
    """
    if statement.tree is None:
        return [_opaque(statement.text, _UNREADABLE, common)]
    try:
        temporary |= {tables.temporary(statement.tree)} - {""}
        return list(_read(statement, dialect, common))
    except (AttributeError, TypeError, KeyError, IndexError, ValueError, RecursionError):
        # The trees of odd statements lack what all others have.
        return [_opaque(statement.text, _UNREADABLE, common)]


def _read(statement: Statement, dialect: str, common: dict[str, Any]) -> Iterator[Operation]:
    exp = library().exp
    tree = statement.tree
    kind = str(tree.args.get("kind") or "").upper()
    common = guarded(tree, common)
    match tree:
        case exp.Create() if kind in ("TABLE", "INDEX"):
            yield from tables.created(tree, kind, dialect, common)
        case exp.Create() if kind == "VIEW" and tree.expression is not None:
            yield rows.view(tree, common)
        case exp.Drop() if kind in ("TABLE", "INDEX"):
            yield from tables.dropped(tree, kind, common)
        case exp.Drop() if kind == "VIEW":
            return
        case exp.Alter() if kind == "TABLE" and not tree.args.get("options"):
            for action in tree.args["actions"]:
                operations = list(tables.altered(tree, action, dialect, common))
                yield from operations or (_opaque(statement.text, _UNKNOWN, common),)
        case exp.Query() if tree.find(exp.Anonymous) is not None:
            yield _opaque(statement.text, _CALLS, common)
        case exp.Insert() | exp.Update() | exp.Delete() | exp.Merge() | exp.TruncateTable() | exp.Query():
            yield rows.data(tree, common)
        case exp.Set() | exp.Transaction() | exp.Commit() | exp.Comment() | exp.Pragma():
            return
        case _ if _NO_TABLE.match(uncommented(statement.text).strip()):
            return
        case _:
            yield _aside(statement.text, common) or _opaque(statement.text, _UNKNOWN, common)


def _aside(text: str, common: dict[str, Any]) -> Operation | None:
    """Return what a statement does to a table and to none of its columns, None where it does something else."""
    match = _ASIDE.match(uncommented(text).strip())
    if match is None:
        return None
    digest = " ".join(text.lower().split()).rstrip(";")
    option = " ".join(match[2].lower().split())
    return Operation("set option", _bare(match[1]), option, digest=(digest,), **common)


def _opaque(text: str, why: str, common: dict[str, Any]) -> Operation:
    """Return a text of which only the words are known, and the tables that it seems to name."""
    bare = uncommented(text)
    names = {_bare(match[1]) for match in _AFTER.finditer(bare)} - _NO_TABLES - {""}
    named = tuple(sorted(name for name in names if not name.startswith(_CATALOGUE)))
    return Operation("opaque", tables=named, words=words_of(bare), why=why, **common)


def _bare(name: str) -> str:
    """Return a table's name as `names.table` has it."""
    plain = re.sub(r'["`\[\]]', "", name).lower().strip(".")
    return plain.removeprefix("public.")
