"""SQL texts, through sqlglot where the extra `sql` is there: what it cannot read is opaque, with its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gate.migrations.tools.base.calls import clipped, words_of
from gate.migrations.tools.base.sql import _rows, _tables
from gate.migrations.tools.base.sql._statements import dialect, library, statements, uncommented
from gate.migrations.tools.base.sql._tables import guarded
from gate.model.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.migrations.tools.base.sql._statements import Statement

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
"""Tables of the database's own, which everybody asks."""
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
    """What the statements of a text do. Without a `snippet` each is told by its own text, on its own line."""
    written = dialect(text)
    sure = sure and not _TEMPLATE.search(text)
    found = statements(text, written)
    if found is None:
        return (_opaque(text, _UNREADABLE, {"sure": sure, "line": line, "text": snippet or clipped(text)}),)
    told: list[Operation] = []
    passing: set[str] = set()
    for one in found:
        place = line if snippet is not None else line + one.line - 1
        said = snippet if snippet is not None else clipped(one.text)
        told += _told(one, written, passing, {"sure": sure, "line": place, "text": said})
    return tuple(each for each in told if each.table not in passing)


def _told(one: Statement, written: str, passing: set[str], common: dict[str, Any]) -> list[Operation]:
    """What a statement does; the temporary table that it makes is added to those."""
    if one.tree is None:
        return [_opaque(one.text, _UNREADABLE, common)]
    try:
        passing |= {_tables.temporary(one.tree)} - {""}
        return list(_read(one, written, common))
    except (AttributeError, TypeError, KeyError, IndexError, ValueError, RecursionError):
        # The trees of odd statements lack what is there in all others.
        return [_opaque(one.text, _UNREADABLE, common)]


def _read(statement: Statement, written: str, common: dict[str, Any]) -> Iterator[Operation]:
    exp = library().exp
    one = statement.tree
    kind = str(one.args.get("kind") or "").upper()
    common = guarded(one, common)
    match one:
        case exp.Create() if kind in ("TABLE", "INDEX"):
            yield from _tables.created(one, kind, written, common)
        case exp.Create() if kind == "VIEW" and one.expression is not None:
            yield _rows.view(one, common)
        case exp.Drop() if kind in ("TABLE", "INDEX"):
            yield from _tables.dropped(one, kind, common)
        case exp.Drop() if kind == "VIEW":
            return
        case exp.Alter() if kind == "TABLE" and not one.args.get("options"):
            for action in one.args["actions"]:
                told = list(_tables.altered(one, action, written, common))
                yield from told or (_opaque(statement.text, _UNKNOWN, common),)
        case exp.Query() if one.find(exp.Anonymous) is not None:
            yield _opaque(statement.text, _CALLS, common)
        case exp.Insert() | exp.Update() | exp.Delete() | exp.Merge() | exp.TruncateTable() | exp.Query():
            yield _rows.data(one, common)
        case exp.Set() | exp.Transaction() | exp.Commit() | exp.Comment() | exp.Pragma():
            return
        case _ if _NO_TABLE.match(uncommented(statement.text).strip()):
            return
        case _:
            yield _aside(statement.text, common) or _opaque(statement.text, _UNKNOWN, common)


def _aside(text: str, common: dict[str, Any]) -> Operation | None:
    found = _ASIDE.match(uncommented(text).strip())
    if found is None:
        return None
    said = " ".join(text.lower().split()).rstrip(";")
    return Operation(
        "set option", _bare(found[1]), " ".join(found[2].lower().split()), digest=(said,), **common
    )


def _opaque(text: str, why: str, common: dict[str, Any]) -> Operation:
    said = uncommented(text)
    named = {_bare(found[1]) for found in _AFTER.finditer(said)}
    tables = tuple(sorted(one for one in named - _NO_TABLES - {""} if not one.startswith(_CATALOGUE)))
    return Operation("opaque", tables=tables, words=words_of(said), why=why, **common)


def _bare(name: str) -> str:
    """A table's name as `_tables` has it."""
    plain = re.sub(r'["`\[\]]', "", name).lower().strip(".")
    return plain.removeprefix("public.")
