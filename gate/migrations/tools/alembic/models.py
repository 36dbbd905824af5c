"""SQLAlchemy's models: classes with a `__tablename__`."""

from __future__ import annotations

import ast

from gate.migrations.tools.base import syntax
from gate.migrations.tools.base.calls import called, dump, last_name, truth
from gate.migrations.tools.base.models import bases, is_computed
from gate.model.operations import Field, Model

_TYPES = frozenset(
    {
        *("Integer", "BigInteger", "SmallInteger", "String", "Text", "Unicode", "UnicodeText", "Boolean"),
        *("Date", "DateTime", "Time", "Interval", "Float", "Double", "Numeric", "LargeBinary", "JSON"),
        *("JSONB", "UUID", "ARRAY", "VARCHAR", "TEXT", "INTEGER", "BIGINT", "SMALLINT", "BOOLEAN"),
        *("TIMESTAMP", "NUMERIC", "FLOAT"),
    }
)
"""SQLAlchemy's own types; what others are to the database is not known."""
_RULES = frozenset({"ForeignKey", "UniqueConstraint", "CheckConstraint", "Computed", "Identity", "Sequence"})
_NAMES = _TYPES | _RULES
_PYTHON_ONLY = frozenset(
    {
        *("doc", "info", "comment", "default", "onupdate", "default_factory", "insert_default", "init"),
        *("repr", "key", "kw_only", "compare", "hash", "deferred", "deferred_group", "active_history"),
        *("sort_order", "insert_sentinel", "quote", "system"),
    }
)
"""Arguments of columns that the database does not see."""


def model(definition: ast.ClassDef, tool: str) -> Model | None:
    """Return a class with a `__tablename__` that is written out as a model of the tool; None where it is none."""
    values = syntax.assigned(definition.body)
    if not isinstance(values.get("__tablename__"), ast.Constant):
        return None
    fields = tuple(field for statement in definition.body if (field := _field(statement)) is not None)
    quiet = "__abstract__" in values
    return Model(tool, definition.name, definition.lineno, bases(definition), fields, quiet)


def _field(statement: ast.stmt) -> Field | None:
    """Return a column: `x = Column(...)`, `x: Mapped[int]`, `x: Mapped[int] = mapped_column(...)`."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return _column(statement, name, value, None)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value, annotation=annotation):
            return _column(statement, name, value, annotation)
        case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Subscript(value=kind) as annotation) if (
            last_name(kind) == "Mapped"
        ):
            return Field(name, statement.lineno, _hint(annotation, typed=False), "mapped")
        case _:
            return None


def _column(statement: ast.stmt, name: str, value: ast.expr, annotation: ast.expr | None) -> Field:
    if not isinstance(value, ast.Call) or called(value) not in ("Column", "mapped_column"):
        return Field(name, statement.lineno, "", is_column=False)
    args = list(value.args)
    match args:
        case [ast.Constant(value=str() as name_in_database), *others]:
            name, args = name_in_database, others
    named = sorted(
        f"{keyword.arg}={dump(keyword.value)}"
        for keyword in value.keywords
        if keyword.arg is not None and keyword.arg not in _PYTHON_ONLY and not _is_default(keyword)
    )
    hint = [_hint(annotation, typed=bool(args))] if annotation is not None else []
    # Types of the project's own, and what is computed, are left out of the comparison.
    foreign = [arg for arg in args if not _is_plain_type(arg)]
    typed = [dump(arg) for arg in args if arg not in foreign]
    style = ("mapped" if hint else "") + ("?" if foreign else "")
    return Field(name, statement.lineno, " ".join((*hint, *typed, *named)), style)


def _is_plain_type(value: ast.expr) -> bool:
    """Return whether a type or a rule is SQLAlchemy's, and written out."""
    if not isinstance(value, ast.Call):
        return last_name(value) in _NAMES
    values = (*value.args, *(keyword.value for keyword in value.keywords))
    return called(value) in _NAMES and not any(map(is_computed, values))


def _hint(annotation: ast.expr, *, typed: bool) -> str:
    """Return what `Mapped[...]` says: only whether it may be empty where the call names the type."""
    inside = annotation.slice if isinstance(annotation, ast.Subscript) else annotation
    text = ast.unparse(inside).strip("'\"").replace("typing.", "")
    optional = text.startswith(("Optional[", "None |")) or text.endswith("| None")
    if typed:
        return "optional" if optional else ""
    plain = text.removeprefix("Optional[").removesuffix("]") if text.startswith("Optional[") else text
    return f"{plain.replace('| None', '').replace('None |', '').strip()} {optional}"


def _is_default(keyword: ast.keyword) -> bool:
    """Return whether a keyword repeats what holds without it."""
    return truth(keyword.value) is False and keyword.arg in ("unique", "index", "primary_key")
