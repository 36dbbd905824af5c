"""SQLAlchemy's models: classes with a `__tablename__`."""

from __future__ import annotations

import ast

from gate.migrations.tools.base import syntax
from gate.migrations.tools.base.calls import called, dump, last_name, truth
from gate.migrations.tools.base.models import bases, computed
from gate.model.operations import Field, Model

_SQL_TYPES = frozenset(
    {
        *(
            "Integer",
            "BigInteger",
            "SmallInteger",
            "String",
            "Text",
            "Unicode",
            "UnicodeText",
            "Boolean",
            "Date",
        ),
        *(
            "DateTime",
            "Time",
            "Interval",
            "Float",
            "Double",
            "Numeric",
            "LargeBinary",
            "JSON",
            "JSONB",
            "UUID",
        ),
        *(
            "ARRAY",
            "VARCHAR",
            "TEXT",
            "INTEGER",
            "BIGINT",
            "SMALLINT",
            "BOOLEAN",
            "TIMESTAMP",
            "NUMERIC",
            "FLOAT",
        ),
    }
)
"""SQLAlchemy's own types; what others are to the database is not known."""
_SQL_RULES = frozenset(
    {"ForeignKey", "UniqueConstraint", "CheckConstraint", "Computed", "Identity", "Sequence"}
)
_OWN = _SQL_TYPES | _SQL_RULES
_SQL_PYTHON_ONLY = frozenset(
    {
        "doc",
        "info",
        "comment",
        "default",
        "onupdate",
        "default_factory",
        "insert_default",
        "init",
        "repr",
        "key",
    }
    | {
        "kw_only",
        "compare",
        "hash",
        "deferred",
        "deferred_group",
        "active_history",
        "sort_order",
        "insert_sentinel",
    }
    | {"quote", "system"}
)


def model(definition: ast.ClassDef, tool: str) -> Model | None:
    """Return a class with a `__tablename__` that is written out as a model of the tool; None where it is none."""
    values = syntax.assigned(definition.body)
    if not isinstance(values.get("__tablename__"), ast.Constant):
        return None
    fields = tuple(field for statement in definition.body if (field := _sql_field(statement)) is not None)
    quiet = "__abstract__" in values
    return Model(tool, definition.name, definition.lineno, bases(definition), fields, quiet)


def _sql_field(statement: ast.stmt) -> Field | None:
    """A column: `x = Column(...)`, `x: Mapped[int]`, `x: Mapped[int] = mapped_column(...)`."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return _column(statement, name, value, None)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value, annotation=annotation):
            return _column(statement, name, value, annotation)
        case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Subscript(value=made) as annotation) if (
            last_name(made) == "Mapped"
        ):
            return Field(name, statement.lineno, _hinted(annotation, typed=False), "mapped")
        case _:
            return None


def _column(statement: ast.stmt, name: str, value: ast.expr, annotation: ast.expr | None) -> Field:
    if not isinstance(value, ast.Call) or called(value) not in ("Column", "mapped_column"):
        return Field(name, statement.lineno, "", is_column=False)
    args = list(value.args)
    match args:
        case [ast.Constant(value=str() as said), *rest]:
            name, args = said, rest
    named = sorted(
        f"{each.arg}={dump(each.value)}"
        for each in value.keywords
        if each.arg is not None and each.arg not in _SQL_PYTHON_ONLY and not _usual(each)
    )
    hint = [_hinted(annotation, typed=bool(args))] if annotation is not None else []
    # Types of the project's own, and what is computed, are left out of the comparison.
    foreign = [each for each in args if not _plain_type(each)]
    typed = [dump(each) for each in args if each not in foreign]
    style = ("mapped" if hint else "") + ("?" if foreign else "")
    return Field(name, statement.lineno, " ".join((*hint, *typed, *named)), style)


def _plain_type(value: ast.expr) -> bool:
    """Whether a type or a rule is SQLAlchemy's, and written out."""
    if not isinstance(value, ast.Call):
        return last_name(value) in _OWN
    return called(value) in _OWN and not any(
        map(computed, (*value.args, *(each.value for each in value.keywords)))
    )


def _hinted(annotation: ast.expr, *, typed: bool) -> str:
    """What `Mapped[...]` says: only whether it may be empty where the call names the type."""
    inside = annotation.slice if isinstance(annotation, ast.Subscript) else annotation
    said = ast.unparse(inside).strip("'\"").replace("typing.", "")
    optional = said.startswith(("Optional[", "None |")) or said.endswith("| None")
    if typed:
        return "optional" if optional else ""
    plain = said.removeprefix("Optional[").removesuffix("]") if said.startswith("Optional[") else said
    return f"{plain.replace('| None', '').replace('None |', '').strip()} {optional}"


def _usual(one: ast.keyword) -> bool:
    """What is so without being said."""
    said = truth(one.value)
    return said is False and one.arg in ("unique", "index", "primary_key")
