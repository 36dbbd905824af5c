"""Parts of definitions: decorators, the bases of classes, variables."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.languages.python.reader.chains import dotted
from gate.model.source import Definition, last_name

if TYPE_CHECKING:
    from collections.abc import Sequence


def decorators(nodes: Sequence[ast.expr]) -> tuple[str, ...]:
    """Return each decorator as text; see `Definition.decorators`."""
    return tuple(map(_decorator, nodes))


def _decorator(node: ast.expr) -> str:
    if not isinstance(node, ast.Call):
        return dotted(node) or "?"
    name = dotted(node.func)
    keywords = [
        f"{keyword.arg}={keyword.value.value!r}"
        for keyword in node.keywords
        if keyword.arg and isinstance(keyword.value, ast.Constant)
    ]
    return f"{name or '?'}({', '.join(keywords)})"


def bases(node: ast.ClassDef) -> tuple[str, ...]:
    """Return the bases of a class; see `Definition.bases`. `Generic[T]` counts as `Generic`."""
    texts = [dotted(base.value if isinstance(base, ast.Subscript) else base) or "?" for base in node.bases]
    for keyword in node.keywords:
        if keyword.arg == "metaclass":
            texts.append(f"metaclass={dotted(keyword.value) or '?'}")
        elif keyword.arg is None:
            texts.append("?")
    return tuple(texts)


def is_abstract(decorators: Sequence[str]) -> bool:
    """Return whether decorators leave a function to subclasses."""
    return any(last_name(decorator) in ("abstractmethod", "abstractproperty") for decorator in decorators)


def variable(name: str, scope: str, node: ast.stmt | ast.expr, **details: object) -> Definition:
    """Return the definition of a name that is no function and no class."""
    return Definition(name, scope, "variable", node.lineno, node.end_lineno or node.lineno, **details)  # type: ignore[arg-type]
