"""What a migration says of its place: `dependencies`, `run_before` and `replaces` of its `class Migration`."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from gate.migrations.tools.base import syntax
from gate.migrations.tools.base.syntax import Computed, SourceText
from gate.model.migrations import Mark, Migration

if TYPE_CHECKING:
    from gate.migrations.tools.base.syntax import Assignments
    from gate.model.migrations import Role

_CLASS = re.compile(rb"^class[ \t]+Migration\b", re.MULTILINE)
_OPERATIONS = re.compile(rb"^(?:    |\t)operations[ \t]*[:=]", re.MULTILINE)
_LATER = re.compile(
    rb"^(?:    |\t)(?:dependencies|run_before|replaces)\b|^\S*[ \t]*Migration\.", re.MULTILINE
)
_ROLES: dict[str, Role] = {"dependencies": "parent", "run_before": "run_before", "replaces": "replaces"}
_SOUTH = ("SchemaMigration", "DataMigration")
"""South's classes, from before Django had migrations: they name no parents."""
_FIRST_OR_LAST = ("__first__", "__latest__")


def read(content: bytes) -> Migration | None:
    """Return what a migration says of its place; its operations are not even parsed where they come last."""
    if not _CLASS.search(content):
        return None
    if syntax.in_conflict(content):
        return Migration("none", "it holds conflict markers")
    operations = _OPERATIONS.search(content)
    header = content
    if operations and not _LATER.search(content, operations.start()):
        header = content[: operations.start()]
    tree = syntax.parsed(header) or syntax.parsed(content) or syntax.parsed(_class_alone(header))
    if tree is None:
        return Migration("none", "it cannot be read as Python")
    classes = [
        statement
        for statement in tree.body
        if isinstance(statement, ast.ClassDef) and statement.name == "Migration"
    ]
    if not classes or any(base in _SOUTH for base in _bases(classes[-1])):
        return None
    return _read(SourceText.of(content), syntax.assigned(tree.body), classes[-1])


def _class_alone(header: bytes) -> bytes:
    """Return the class on the lines it has, without what stands above it (Python 2, say)."""
    start = _CLASS.search(header)
    return b"\n" * header.count(b"\n", 0, start.start()) + header[start.start() :] if start else header


def _read(text: SourceText, around: Assignments, migration: ast.ClassDef) -> Migration:
    """Return what a class says; `around` are the names of its module."""
    values = syntax.assigned(migration.body)
    marks: list[Mark] = []
    why = ""
    for name, role in _ROLES.items():
        if name not in values:
            continue
        try:
            for item in syntax.items(values[name], around | values):
                mark, computed = _pair(text, role, item, around)
                marks += [mark] if mark else []
                why = why or (f"it computes one of its {name}" if computed else "")
        except (Computed, RecursionError):
            why = why or f"it computes its {name}"
    if not values.keys() & _ROLES.keys() and _inherits(migration):
        why = "it inherits from another migration"
    return Migration("partial" if why else "full", why, tuple(marks), migration.lineno)


def _pair(text: SourceText, role: Role, item: ast.expr, around: Assignments) -> tuple[Mark | None, bool]:
    """Return a pair (app, name) as a mark, and whether the item is computed. A swappable model is neither."""
    if isinstance(item, ast.Call):
        called = item.func.attr if isinstance(item.func, ast.Attribute) else getattr(item.func, "id", "")
        return None, called != "swappable_dependency"
    if not isinstance(item, ast.Tuple | ast.List) or len(item.elts) != 2:
        return None, True
    try:
        app, name = (syntax.constant(part, around) for part in item.elts)
    except Computed:
        return None, True
    if not isinstance(app.value, str) or not isinstance(name.value, str):
        return None, True
    if name.value in _FIRST_OR_LAST:
        return None, False
    return text.mark(role, name, app.value), False


def _inherits(migration: ast.ClassDef) -> bool:
    return any(base != "Migration" for base in _bases(migration))


def _bases(migration: ast.ClassDef) -> list[str]:
    """Return the last names of the bases."""
    return [getattr(base, "attr", getattr(base, "id", "")) for base in migration.bases]
