"""Statements that create, change and drop tables, columns, indexes and constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gate.migrations.tools.base.sql import names
from gate.migrations.tools.base.sql.statements import library
from gate.model.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.operations import Verb

_FILLED = frozenset(
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
    """Return what operations of a statement say, with what `IF EXISTS` and `IF NOT EXISTS` add."""
    return common | {"sure": False, "guarded": True} if tree.args.get("exists") else common


def created(tree: Any, kind: str, dialect: str, common: dict[str, Any]) -> Iterator[Operation]:
    """Yield what `CREATE TABLE` and `CREATE INDEX` do."""
    digest = (_written(tree, dialect),)
    if kind == "TABLE":
        table, references = names.table(tree.this), names.references(tree)
        yield Operation("create table", table, references=references, digest=digest, **common)
        return
    index = tree.this
    over = index.args.get("params")
    yield Operation(
        "add index",
        names.table(index.args["table"]),
        index.name.lower(),
        columns=names.columns(over) if over is not None else (),
        unique=bool(tree.args.get("unique")),
        digest=digest,
        **common,
    )


def temporary(tree: Any) -> str:
    """Return the table that a statement creates for its session alone; "" where it creates none."""
    exp = library().exp
    creates = isinstance(tree, exp.Create) and tree.find(exp.TemporaryProperty) is not None
    return names.table(tree.this) if creates else ""


def dropped(tree: Any, kind: str, common: dict[str, Any]) -> Iterator[Operation]:
    """Yield what `DROP TABLE` and `DROP INDEX` do; the latter names a table in some dialects only."""
    for thing in tree.args.get("tables") or (tree.this,):
        if kind == "TABLE":
            yield Operation("drop table", names.table(thing), **common)
        else:
            on = tree.args.get("cluster")
            table = names.table(on) if on is not None else ""
            yield Operation("drop index", table, thing.name.lower(), **common)


def altered(tree: Any, action: Any, dialect: str, common: dict[str, Any]) -> Iterator[Operation]:
    """Yield what an action of `ALTER TABLE` does; nothing where it is not known."""
    exp = library().exp
    table = names.table(tree.this)
    common = guarded(action, common)
    name = (action.name or "").lower()
    match action:
        case exp.ColumnDef():
            yield _column(table, action, dialect, common)
        case exp.RenameColumn():
            old, new = (part.name.lower() for part in (action.this, action.args["to"]))
            yield Operation("rename column", table, old, new, **common)
        case exp.AlterRename():
            yield Operation("rename table", table, to=names.table(action.this), **common)
        case exp.AlterColumn():
            yield Operation("alter column", table, name, digest=tuple(_parts(action, dialect)), **common)
        case exp.ModifyColumn():
            yield _modified(table, action, dialect, common)
        case exp.Drop():
            verb = _DROPS.get(str(action.args.get("kind") or "COLUMN").upper())
            for thing in (action.args.get("tables") or (action.this,)) if verb else ():
                yield Operation(verb or "opaque", table, thing.name.lower(), **common)
        case exp.AddConstraint():
            for constraint in action.expressions:
                yield _added(table, constraint, dialect, common)
        case _:
            return


def _column(table: str, column: Any, dialect: str, common: dict[str, Any]) -> Operation:
    kinds = {type(part.args.get("kind")).__name__ for part in column.args.get("constraints") or ()}
    serial = "SERIAL" in str(column.args.get("kind") or "").upper()
    return Operation(
        "add column",
        table,
        column.name.lower(),
        required="NotNullColumnConstraint" in kinds and not kinds & _FILLED and not serial,
        references=names.references(column),
        digest=(_written(column, dialect),),
        **common,
    )


def _parts(action: Any, dialect: str) -> Iterator[str]:
    """Yield what `ALTER COLUMN` changes, in parts that are compared one by one."""
    for key, value in sorted(action.args.items()):
        if key == "this" or value is None:
            continue
        if key == "allow_null":
            yield f"null={value}"
        elif key == "drop" and value:
            yield "default="
        elif value is not False:
            yield f"{key}={value if value is True else _written(value, dialect)}"


def _modified(table: str, action: Any, dialect: str, common: dict[str, Any]) -> Operation:
    """Return what MySQL's `MODIFY` and `CHANGE` do, which repeat the whole definition."""
    new, old = action.this.name.lower(), action.args.get("rename_from")
    if old is not None and old.name.lower() != new:
        return Operation("rename column", table, old.name.lower(), new, **common)
    return Operation(
        "alter column", table, new, digest=(f"definition={_written(action.this, dialect)}",), **common
    )


def _added(table: str, constraint: Any, dialect: str, common: dict[str, Any]) -> Operation:
    exp = library().exp
    index = isinstance(constraint, exp.IndexColumnConstraint)
    unique = any(constraint.find_all(exp.UniqueColumnConstraint, exp.CheckColumnConstraint))
    return Operation(
        "add index" if index else "add constraint",
        table,
        (constraint.name or "").lower(),
        columns=names.covered(constraint),
        references=names.references(constraint),
        unique=unique,
        digest=(_written(constraint, dialect),),
        **common,
    )


def _written(tree: Any, dialect: str) -> str:
    """Return a definition as one would write it, without comments."""
    return str(tree.sql(dialect=dialect, comments=False))
