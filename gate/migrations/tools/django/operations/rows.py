"""Operations that run code: `RunSQL` and `RunPython`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.migrations.tools.base import sql
from gate.migrations.tools.base.calls import (
    arguments,
    called,
    calls,
    last_name,
    reached,
    strings,
    words,
)
from gate.model.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.migrations.tools.django.operations.scope import Arguments, OperationScope
    from gate.model.operations import Effect

_WRITES = frozenset({"save", "update", "bulk_update", "delete", "add", "set", "remove"})
_INSERTS = frozenset({"create", "bulk_create", "get_or_create", "update_or_create"})


def run_sql(call: ast.Call, values: Arguments, scope: OperationScope) -> Iterator[Operation]:
    """Yield what `RunSQL` does: a text, or a list of texts."""
    value = values.get("sql")
    snippet = scope.module.snippet(call)
    text = scope.text(value)
    if text is not None:
        yield from sql.read(text, sure=True, line=call.lineno, snippet=snippet)
        return
    texts = strings(value, scope.module.names) if isinstance(value, ast.List | ast.Tuple) else ()
    if texts and len(texts) == len(getattr(value, "elts", ())):
        for part in texts:
            yield from sql.read(part, sure=True, line=call.lineno, snippet=snippet)
    elif not (value is not None and last_name(value) == "noop"):
        yield scope.opaque(call, "its SQL is computed")


def run_python(call: ast.Call, values: Arguments, scope: OperationScope) -> Iterator[Operation]:
    """Yield what `RunPython` does, whose function is not run: its models, its words, whether it writes."""
    code = values.get("code")
    if code is not None and last_name(code) == "noop":
        return
    start: ast.AST | None = code if isinstance(code, ast.Lambda) else None
    if isinstance(code, ast.Name):
        start = scope.module.functions.get(code.id)
    if start is None:
        yield scope.opaque(call, "its function stands elsewhere")
        return
    pieces = reached(scope.module, start)
    models = _models(pieces, scope)
    if models is None:
        yield scope.opaque(call, "the models it takes are computed", pieces)
        return
    sends = any(called(inner) == "execute" for inner in calls(pieces))
    yield Operation(
        "change data",
        tables=models,
        words=words(pieces),
        effect=_effect({called(inner) for inner in calls(pieces)}),
        anywhere=sends,
        sure=False,
        why="it sends SQL of its own" if sends else "",
        line=getattr(start, "lineno", call.lineno),
        text=scope.module.snippet(start if isinstance(start, ast.stmt) else call),
    )


def _effect(methods: set[str]) -> Effect:
    return "inserts" if methods & _INSERTS else "writes" if methods & _WRITES else "uses"


def _models(pieces: Sequence[ast.AST], scope: OperationScope) -> tuple[str, ...] | None:
    """Return the models of `apps.get_model("app", "Model")`; None where one is computed."""
    models: set[str] = set()
    for call in calls(pieces):
        if called(call) != "get_model":
            continue
        values = arguments(call, ("app_label", "model_name"))
        app, model = (scope.text(values.get(name)) for name in ("app_label", "model_name"))
        if app is None or (model is None and "." not in app):
            return None
        models.add((f"{app}.{model}" if model else app).lower())
    return tuple(sorted(models))
