"""Definitions of fields."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.migrations.tools.base.calls import arguments, called, calls, dump, truth

if TYPE_CHECKING:
    from gate.migrations.tools.django.operations.scope import Scope

_RELATIONS = ("ForeignKey", "OneToOneField", "ManyToManyField")


def led_to(value: ast.expr | None, table: str, scope: Scope) -> tuple[str, ...]:
    """The models that the relations of a definition lead to; those settings name are not known."""
    found: list[str] = []
    for one in calls([value] if value is not None else []):
        if called(one) in _RELATIONS:
            to = (scope.text(arguments(one, ("to",)).get("to")) or "").lower()
            found += [table if to == "self" else to if "." in to else f".{to}"] if to else []
    return tuple(dict.fromkeys(found))


def required(field: ast.expr | None) -> bool:
    """Whether rows that are there, or that others insert without it, need a value: no null, no default."""
    if not isinstance(field, ast.Call) or called(field) == "ManyToManyField":
        return False
    given = arguments(field, ())
    stamps = any(truth(given.get(one)) for one in ("auto_now", "auto_now_add"))
    return (
        truth(given.get("null")) is not True and not stamps and not {"default", "db_default"} & given.keys()
    )


def definition(field: ast.expr) -> str:
    """A field whatever the order of its named arguments."""
    if not isinstance(field, ast.Call):
        return dump(field)
    named = sorted(f"{one.arg}={dump(one.value)}" for one in field.keywords)
    return " ".join((called(field), *(dump(one) for one in field.args), *named))
