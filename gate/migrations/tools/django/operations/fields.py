"""Definitions of fields."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.migrations.tools.base.calls import arguments, called, calls, dump, truth

if TYPE_CHECKING:
    from gate.migrations.tools.django.operations.scope import OperationScope

_RELATIONS = ("ForeignKey", "OneToOneField", "ManyToManyField")


def referenced_models(value: ast.expr | None, table: str, scope: OperationScope) -> tuple[str, ...]:
    """Return the models that the relations of a definition of `table` lead to; those settings name are not known."""
    models: list[str] = []
    for call in calls([value] if value is not None else []):
        if called(call) in _RELATIONS:
            to = (scope.text(arguments(call, ("to",)).get("to")) or "").lower()
            models += [table if to == "self" else to if "." in to else f".{to}"] if to else []
    return tuple(dict.fromkeys(models))


def required(field: ast.expr | None) -> bool:
    """Return whether rows that exist, or that others insert without it, need a value: no null, no default."""
    if not isinstance(field, ast.Call) or called(field) == "ManyToManyField":
        return False
    values = arguments(field, ())
    stamps = any(truth(values.get(name)) for name in ("auto_now", "auto_now_add"))
    defaults = {"default", "db_default"} & values.keys()
    return truth(values.get("null")) is not True and not stamps and not defaults


def definition(field: ast.expr) -> str:
    """Return a field whatever the order of its named arguments."""
    if not isinstance(field, ast.Call):
        return dump(field)
    named = sorted(f"{keyword.arg}={dump(keyword.value)}" for keyword in field.keywords)
    return " ".join((called(field), *(dump(arg) for arg in field.args), *named))
