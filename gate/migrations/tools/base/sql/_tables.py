"""Statements that make, change and drop tables, columns, indexes and constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gate.migrations.tools.base.sql import _names
from gate.migrations.tools.base.sql._statements import library
from gate.model.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.operations import Verb

_GIVEN = frozenset(
    {
        "DefaultColumnConstraint",
        "ComputedColumnConstraint",
        "GeneratedAsIdentityColumnConstraint",
        "GeneratedAsRowColumnConstraint",
        "AutoIncrementColumnConstraint",
    }
)
"""What gives a column a value that no statement names."""
_DROPS: dict[str, Verb] = {
    "COLUMN": "drop column",
    "INDEX": "drop index",
    "CONSTRAINT": "drop constraint",
    "FOREIGN KEY": "drop constraint",
    "CHECK": "drop constraint",
}


def guarded(tree: Any, common: dict[str, Any]) -> dict[str, Any]:
    """The same for `IF EXISTS` and `IF NOT EXISTS`."""
    return common | {"sure": False, "guarded": True} if tree.args.get("exists") else common


def created(one: Any, kind: str, written: str, common: dict[str, Any]) -> Iterator[Operation]:
    """`CREATE TABLE`, `CREATE INDEX`."""
    said = (_said(one, written),)
    if kind == "TABLE":
        led = _names.references(one)
        yield Operation("create table", _names.table(one.this), references=led, digest=said, **common)
        return
    index = one.this
    over = index.args.get("params")
    yield Operation(
        "add index",
        _names.table(index.args["table"]),
        index.name.lower(),
        columns=_names.columns(over) if over is not None else (),
        unique=bool(one.args.get("unique")),
        digest=said,
        **common,
    )


def temporary(one: Any) -> str:
    """The table that a statement makes for its session alone, which is nobody else's; "" where it makes none."""
    exp = library().exp
    made = isinstance(one, exp.Create) and one.find(exp.TemporaryProperty) is not None
    return _names.table(one.this) if made else ""


def dropped(one: Any, kind: str, common: dict[str, Any]) -> Iterator[Operation]:
    """`DROP TABLE`, `DROP INDEX`, which names a table in some dialects only."""
    for named in one.args.get("tables") or (one.this,):
        if kind == "TABLE":
            yield Operation("drop table", _names.table(named), **common)
        else:
            on = one.args.get("cluster")
            yield Operation(
                "drop index", _names.table(on) if on is not None else "", named.name.lower(), **common
            )


def altered(one: Any, action: Any, written: str, common: dict[str, Any]) -> Iterator[Operation]:
    """One action of `ALTER TABLE`; nothing where it is not known."""
    exp = library().exp
    table = _names.table(one.this)
    common = guarded(action, common)
    name = (action.name or "").lower()
    match action:
        case exp.ColumnDef():
            yield _column(table, action, written, common)
        case exp.RenameColumn():
            old, new = (part.name.lower() for part in (action.this, action.args["to"]))
            yield Operation("rename column", table, old, new, **common)
        case exp.AlterRename():
            yield Operation("rename table", table, to=_names.table(action.this), **common)
        case exp.AlterColumn():
            yield Operation("alter column", table, name, digest=tuple(_parts(action, written)), **common)
        case exp.ModifyColumn():
            yield _modified(table, action, written, common)
        case exp.Drop():
            verb = _DROPS.get(str(action.args.get("kind") or "COLUMN").upper())
            for each in (action.args.get("tables") or (action.this,)) if verb else ():
                yield Operation(verb or "opaque", table, each.name.lower(), **common)
        case exp.AddConstraint():
            for each in action.expressions:
                yield _added(table, each, written, common)
        case _:
            return


def _column(table: str, column: Any, written: str, common: dict[str, Any]) -> Operation:
    kinds = {type(part.args.get("kind")).__name__ for part in column.args.get("constraints") or ()}
    serial = "SERIAL" in str(column.args.get("kind") or "").upper()
    return Operation(
        "add column",
        table,
        column.name.lower(),
        required="NotNullColumnConstraint" in kinds and not kinds & _GIVEN and not serial,
        references=_names.references(column),
        digest=(_said(column, written),),
        **common,
    )


def _parts(action: Any, written: str) -> Iterator[str]:
    """What `ALTER COLUMN` changes: each part counts by itself."""
    for key, value in sorted(action.args.items()):
        if key == "this" or value is None:
            continue
        if key == "allow_null":
            yield f"null={value}"
        elif key == "drop" and value:
            yield "default="
        elif value is not False:
            yield f"{key}={value if value is True else _said(value, written)}"


def _modified(table: str, action: Any, written: str, common: dict[str, Any]) -> Operation:
    """MySQL's `MODIFY` and `CHANGE`, which say the whole definition anew."""
    new, old = action.this.name.lower(), action.args.get("rename_from")
    if old is not None and old.name.lower() != new:
        return Operation("rename column", table, old.name.lower(), new, **common)
    return Operation(
        "alter column", table, new, digest=(f"definition={_said(action.this, written)}",), **common
    )


def _added(table: str, constraint: Any, written: str, common: dict[str, Any]) -> Operation:
    exp = library().exp
    index = isinstance(constraint, exp.IndexColumnConstraint)
    unique = any(constraint.find_all(exp.UniqueColumnConstraint, exp.CheckColumnConstraint))
    return Operation(
        "add index" if index else "add constraint",
        table,
        (constraint.name or "").lower(),
        columns=_names.covered(constraint),
        references=_names.references(constraint),
        unique=unique,
        digest=(_said(constraint, written),),
        **common,
    )


def _said(tree: Any, written: str) -> str:
    """A definition as one would write it, without comments."""
    return str(tree.sql(dialect=written, comments=False))
