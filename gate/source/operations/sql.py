"""SQL texts, through sqlglot where the extra `sql` is there: what it cannot read is opaque, with its words."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any

from gate.model.operations import Operation
from gate.source.operations._calls import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.operations import Effect, Verb

_LONGEST = 50_000
"""Characters of SQL that are parsed: about a second's work."""
_DIALECT = "postgres"
"""What most migrations with SQL are written for; others' own syntax becomes opaque."""


def read(text: str, *, sure: bool, line: int, snippet: str) -> tuple[Operation, ...]:
    """What the statements of a text do."""
    common = {"sure": sure, "line": line, "text": snippet}
    statements = _statements(text) if len(text) <= _LONGEST else None
    if statements is None:
        return (_opaque(text, "its SQL cannot be read", common),)
    found: list[Operation] = []
    for one in statements:
        try:
            found += _read(one, common)
        except (AttributeError, TypeError, KeyError, IndexError):
            # The trees of odd statements lack what is there in all others.
            found.append(_opaque(text, "its SQL cannot be read", common))
    return tuple(found)


def _opaque(text: str, why: str, common: dict[str, Any]) -> Operation:
    return Operation("opaque", words=words_of(text), why=why, **common)


@cache
def _sqlglot() -> Any:
    """The library; None without the extra."""
    try:
        import sqlglot
    except ImportError:
        return None
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)  # it warns of all it does not know
    return sqlglot


def _statements(text: str) -> list[Any] | None:
    glot = _sqlglot()
    if glot is None:
        return None
    try:
        return [one for one in glot.parse(text, read=_DIALECT) if one is not None]
    except Exception:
        # A parser of that size fails in many ways on hostile text (its own errors, recursion, missing attributes).
        return None


def _read(one: Any, common: dict[str, Any]) -> Iterator[Operation]:
    exp = _sqlglot().exp
    kind = str(one.args.get("kind") or "").upper()
    common = common | {"sure": common["sure"] and not one.args.get("exists")}
    if isinstance(one, exp.Create) and kind in ("TABLE", "INDEX"):
        yield _created(one, kind, common)
    elif isinstance(one, exp.Drop) and kind == "TABLE":
        for table in one.args.get("tables") or (one.this,):
            yield Operation("drop table", _table(table), **common)
    elif isinstance(one, exp.Alter) and kind == "TABLE" and not one.args.get("options"):
        for action in one.args["actions"]:
            yield _altered(one, action, common)
    elif isinstance(one, exp.Insert | exp.Update | exp.Delete | exp.Merge | exp.TruncateTable | exp.Query):
        yield _data(one, common)
    elif not isinstance(one, exp.Set | exp.Transaction | exp.Commit | exp.Comment):
        yield _opaque(one.sql(_DIALECT), "what its SQL does is not known", common)


def _table(table: Any) -> str:
    """A table's name with its schema, in lower case."""
    exp = _sqlglot().exp
    table = table if isinstance(table, exp.Table) else table.find(exp.Table)
    return ".".join(one for one in (table.db, table.name) if one and one != "public").lower()


def _columns(tree: Any) -> tuple[str, ...]:
    exp = _sqlglot().exp
    found = (one.name.lower() for one in tree.find_all(exp.Column, exp.Identifier) if one.name)
    return tuple(dict.fromkeys(found))


def _references(tree: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_table(one) for one in tree.find_all(_sqlglot().exp.Reference)))


def _created(one: Any, kind: str, common: dict[str, Any]) -> Operation:
    if kind == "TABLE":
        return Operation(
            "create table", _table(one.this), references=_references(one), digest=(repr(one),), **common
        )
    index = one.this
    covered = index.args.get("params")
    return Operation(
        "add index",
        _table(index.args["table"]),
        index.name.lower(),
        columns=_columns(covered) if covered is not None else (),
        unique=bool(one.args.get("unique")),
        digest=(repr(one),),
        **common,
    )


def _altered(one: Any, action: Any, common: dict[str, Any]) -> Operation:
    exp = _sqlglot().exp
    table = _table(one.this)
    common = common | {"sure": common["sure"] and not action.args.get("exists")}
    name = (action.name or "").lower()
    if isinstance(action, exp.ColumnDef):
        kinds = [type(part.args.get("kind")).__name__ for part in action.args.get("constraints") or ()]
        required = "NotNullColumnConstraint" in kinds and "DefaultColumnConstraint" not in kinds
        return Operation(
            "add column",
            table,
            name,
            required=required,
            references=_references(action),
            digest=(repr(action),),
            **common,
        )
    if isinstance(action, exp.RenameColumn):
        return Operation(
            "rename column", table, action.this.name.lower(), action.args["to"].name.lower(), **common
        )
    if isinstance(action, exp.AlterRename):
        return Operation("rename table", table, to=_table(action.this), **common)
    if isinstance(action, exp.AlterColumn):
        set_here = sorted(key for key, value in action.args.items() if key != "this" and value is not None)
        digest = tuple(f"{key}={action.args[key]!r}" for key in set_here if action.args[key] is not False)
        return Operation("alter column", table, name, digest=digest or (repr(action),), **common)
    return _dropped_or_added(table, action, common)


def _dropped_or_added(table: str, action: Any, common: dict[str, Any]) -> Operation:
    exp = _sqlglot().exp
    if isinstance(action, exp.Drop):
        verb: Verb = "drop column" if action.args.get("kind") == "COLUMN" else "drop constraint"
        dropped = (action.args.get("tables") or (action.this,))[0]
        return Operation(verb, table, dropped.name.lower(), **common)
    if isinstance(action, exp.AddConstraint):
        constraint = action.expressions[0]
        unique = any(constraint.find_all(exp.UniqueColumnConstraint, exp.CheckColumnConstraint))
        return Operation(
            "add constraint",
            table,
            (constraint.name or "").lower(),
            columns=_columns(constraint),
            references=_references(constraint),
            unique=unique,
            digest=(repr(constraint),),
            **common,
        )
    return Operation(
        "opaque",
        words=(*words_of(action.sql(_DIALECT)), table),
        why="what its SQL does is not known",
        **common,
    )


def _data(one: Any, common: dict[str, Any]) -> Operation:
    exp = _sqlglot().exp
    tables = tuple(sorted({_table(table) for table in one.find_all(exp.Table)}))
    words = tuple(sorted({part.name.lower() for part in one.find_all(exp.Identifier) if part.name}))
    effect: Effect = "uses"
    if one.find(exp.Insert, exp.Merge) is not None:
        effect = "inserts"
    elif one.find(exp.Update, exp.Delete) is not None:
        effect = "writes"
    written = one.find(exp.Insert, exp.Merge, exp.Update, exp.Delete)
    return Operation(
        "change data",
        _table(written.this) if written is not None else "",
        tables=tables,
        words=words,
        effect=effect,
        **common,
    )
