"""Models in Python files: classes of SQLAlchemy and Django that stand for tables, and their columns.

A column is told by what the database sees of it: what only Python does (help texts, validators, defaults) is left out.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.model.operations import Field, Model
from gate.source.migrations import _constants
from gate.source.operations._calls import arguments, called, dump, last_name, truth

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = 1
_SQL_HINTS = (b"__tablename__",)
_DJANGO_HINTS = (b"Field(", b"ForeignKey(")
_RELATIONS = frozenset({"ForeignKey", "OneToOneField", "ManyToManyField"})
_FIELDS = _RELATIONS | {
    f"{name}Field"
    for name in (
        *("Auto", "BigAuto", "SmallAuto", "BigInteger", "Binary", "Boolean"),
        *("Char", "Date", "DateTime", "Decimal", "Duration", "Email"),
        *("File", "FilePath", "Float", "GenericIPAddress", "IPAddress", "Image"),
        *("Integer", "JSON", "NullBoolean", "PositiveBigInteger", "PositiveInteger", "PositiveSmallInteger"),
        *("Slug", "SmallInteger", "Text", "Time", "URL", "UUID"),
        *("Array", "HStore"),
    )
}
"""Django's own; what others are to the database is not known."""
_ELSEWHERE = frozenset({"forms", "serializers", "filters", "indexes", "fields", "graphene"})
"""Modules whose fields are called alike."""
_NO_MODELS = (
    "Expression",
    "Func",
    "Aggregate",
    "Lookup",
    "Transform",
    "Form",
    "Serializer",
    "Filter",
    "FilterSet",
)
"""How the bases of other classes with such attributes are called."""
_PYTHON_ONLY = frozenset(
    {
        *(
            "help_text",
            "verbose_name",
            "choices",
            "related_name",
            "related_query_name",
            "validators",
            "editable",
        ),
        *("error_messages", "blank", "limit_choices_to", "default", "on_delete", "upload_to", "storage"),
        *(
            "auto_now",
            "auto_now_add",
            "serialize",
            "auto_created",
            "symmetrical",
            "swappable",
            "encoder",
            "decoder",
        ),
    }
)
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


def read(content: bytes) -> tuple[Model, ...] | None:
    """The models of a file that are not nested in anything; None when there may be some and it cannot be read."""
    if not any(hint in content for hint in (*_SQL_HINTS, *_DJANGO_HINTS)):
        return ()
    tree = _constants.parsed(content)
    try:
        return tuple(_models(tree)) if tree else None
    except RecursionError:
        return None


def _models(tree: ast.Module) -> Iterator[Model]:
    for one in tree.body:
        if isinstance(one, ast.ClassDef) and one.bases:
            own = _constants.assigned(one.body)
            if isinstance(own.get("__tablename__"), ast.Constant):
                yield _mapped(one)
            elif (found := _django(one)) is not None:
                yield found


def _bases(one: ast.ClassDef) -> tuple[str, ...]:
    return tuple(last_name(base) for base in one.bases)


# -- SQLAlchemy


def _mapped(one: ast.ClassDef) -> Model:
    quiet = "__abstract__" in _constants.assigned(one.body)
    fields = tuple(field for statement in one.body if (field := _sql_field(statement)) is not None)
    return Model("alembic", one.name, one.lineno, _bases(one), fields, quiet)


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
        return Field(name, statement.lineno, "", known=False)
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
        map(_computed, (*value.args, *(each.value for each in value.keywords)))
    )


def _computed(value: ast.expr) -> bool:
    """Whether a value is looked up or made at run time."""
    return not isinstance(value, ast.Constant | ast.Tuple | ast.List)


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


# -- Django


def _django(one: ast.ClassDef) -> Model | None:
    fields = tuple(field for statement in one.body if (field := _django_field(statement)) is not None)
    if any(base.endswith(_NO_MODELS) for base in _bases(one)):
        return None
    direct = any(ast.unparse(base) in ("models.Model", "Model") for base in one.bases)
    if not direct and not any(field.known for field in fields):
        return None
    meta = next((each for each in one.body if isinstance(each, ast.ClassDef) and each.name == "Meta"), None)
    said = _constants.assigned(meta.body) if meta else {}
    quiet = (
        any(truth(said.get(name)) is not False and name in said for name in ("abstract", "proxy"))
        or ("managed" in said and truth(said["managed"]) is not True)
        or "app_label" in said
    )
    return Model("django", one.name, one.lineno, _bases(one), fields, quiet)


def _django_field(statement: ast.stmt) -> Field | None:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
            pass
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.Call() as call):
            pass
        case ast.Assign(targets=[ast.Name(id=name)]):
            return Field(name, statement.lineno, "", known=False)
        case _:
            return None
    kind = called(call)
    module = last_name(call.func.value) if isinstance(call.func, ast.Attribute) else "models"
    if kind not in _FIELDS or module in _ELSEWHERE:
        return Field(name, statement.lineno, "", known=False)
    return _told(name, statement.lineno, kind, call)


def _told(name: str, line: int, kind: str, call: ast.Call) -> Field:
    """A field with what is written out of it; the arguments that are computed make its style."""
    given = arguments(call, ("to",) if kind in _RELATIONS else ("verbose_name",))
    said, style = [], []
    for key, value in sorted(given.items()):
        if key in _PYTHON_ONLY or truth(value) is False:
            continue
        target = _target(value) if key == "to" else ""
        if target:
            said.append(f"to={target}")
        elif key in ("to", "through") or _computed(value):
            style.append(key)
        else:
            said.append(f"{key}={dump(value)}")
    return Field(name, line, " ".join((kind, *said)), " ".join(style))


def _target(value: ast.expr) -> str:
    """The model a relation leads to, "" where settings or a call say."""
    if isinstance(value, ast.Constant):
        return str(value.value).rpartition(".")[2].lower()
    setting = isinstance(value, ast.Attribute) and last_name(value.value) == "settings"
    return "" if setting else last_name(value).lower()
