"""Django's models: classes with its fields."""

from __future__ import annotations

import ast

from gate.migrations.tools.base import syntax
from gate.migrations.tools.base.calls import arguments, called, dump, last_name, truth
from gate.migrations.tools.base.models import bases, is_computed
from gate.model.operations import Field, Model

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
    *("Expression", "Func", "Aggregate", "Lookup", "Transform", "Form", "Serializer", "Filter", "FilterSet"),
)
"""How the bases of other classes with such attributes are called."""
_PYTHON_ONLY = frozenset(
    {
        *("help_text", "verbose_name", "choices", "related_name", "related_query_name", "validators"),
        *("editable", "error_messages", "blank", "limit_choices_to", "default", "on_delete", "upload_to"),
        *("storage", "auto_now", "auto_now_add", "serialize", "auto_created", "symmetrical", "swappable"),
        *("encoder", "decoder"),
    }
)
"""Arguments of fields that the database does not see."""


def model(definition: ast.ClassDef, tool: str) -> Model | None:
    """Return a class with Django's fields as a model of the tool; None where it is none."""
    fields = tuple(field for statement in definition.body if (field := _field(statement)) is not None)
    if any(base.endswith(_NO_MODELS) for base in bases(definition)):
        return None
    direct = any(ast.unparse(base) in ("models.Model", "Model") for base in definition.bases)
    if not direct and not any(field.is_column for field in fields):
        return None
    return Model(tool, definition.name, definition.lineno, bases(definition), fields, _is_quiet(definition))


def _is_quiet(definition: ast.ClassDef) -> bool:
    """Return whether the `Meta` of a model says that its columns need no migration, or not one here."""
    inner = (statement for statement in definition.body if isinstance(statement, ast.ClassDef))
    meta = next((statement for statement in inner if statement.name == "Meta"), None)
    options = syntax.assigned(meta.body) if meta else {}
    return (
        any(truth(options.get(name)) is not False and name in options for name in ("abstract", "proxy"))
        or ("managed" in options and truth(options["managed"]) is not True)
        or "app_label" in options
    )


def _field(statement: ast.stmt) -> Field | None:
    """Return what a statement of a class binds; None where that is no name."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
            pass
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.Call() as call):
            pass
        case ast.Assign(targets=[ast.Name(id=name)]):
            return Field(name, statement.lineno, "", is_column=False)
        case _:
            return None
    kind = called(call)
    module = last_name(call.func.value) if isinstance(call.func, ast.Attribute) else "models"
    if kind not in _FIELDS or module in _ELSEWHERE:
        return Field(name, statement.lineno, "", is_column=False)
    return _column(name, statement.lineno, kind, call)


def _column(name: str, line: int, kind: str, call: ast.Call) -> Field:
    """Return a field with what is written out of it; the arguments that are computed make its style."""
    values = arguments(call, ("to",) if kind in _RELATIONS else ("verbose_name",))
    written, style = [], []
    for key, value in sorted(values.items()):
        if key in _PYTHON_ONLY or truth(value) is False:
            continue
        target = _target(value) if key == "to" else ""
        if target:
            written.append(f"to={target}")
        elif key in ("to", "through") or is_computed(value):
            style.append(key)
        else:
            written.append(f"{key}={dump(value)}")
    return Field(name, line, " ".join((kind, *written)), " ".join(style))


def _target(value: ast.expr) -> str:
    """Return the model a relation leads to, "" where settings or a call decide."""
    if isinstance(value, ast.Constant):
        return str(value.value).rpartition(".")[2].lower()
    setting = isinstance(value, ast.Attribute) and last_name(value.value) == "settings"
    return "" if setting else last_name(value).lower()
