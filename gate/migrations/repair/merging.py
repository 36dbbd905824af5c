"""A new migration that merges two heads, for those that are published and must stay as they are."""

from __future__ import annotations

import ast
import hashlib
import re
from typing import TYPE_CHECKING

from gate.migrations.repair.refused import Refused
from gate.migrations.tools._constants import parsed
from gate.model.repairs import Rewrite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.model.migrations import Key, Node, Store

_PLAIN = re.compile(r"[\w.-]+", re.ASCII)
_ALEMBIC = '''"""Merge {one} and {other}

Revision ID: {id}
Revises: {one}, {other}

"""

revision = "{id}"
down_revision = ("{one}", "{other}")
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
'''
_DJANGO = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("{app}", "{one}"),
        ("{app}", "{other}"),
    ]

    operations = []
"""


def revision(store: Store, one: Key, other: Key, nodes: Sequence[Node]) -> Rewrite:
    """The file that merges them, beside the stream's head.

    Raises:
        Refused: a name cannot be written into it.
    """
    app = store.name.partition("@")[0]
    if not all(
        _PLAIN.fullmatch(text) for text in (one.id, other.id, app if store.system == "django" else "db")
    ):
        raise Refused("a name holds what cannot be written into a file")
    folder = next(node.path for node in nodes if node.key == other).rpartition("/")[0]
    made = hashlib.sha256(f"{one.id} {other.id}".encode()).hexdigest()[:12]
    numbers = [int(found[0]) for key in (one, other) if (found := re.match(r"\d{1,8}", key.id))]
    name = (
        f"{max(numbers, default=0) + 1:04}_merge_{made[:8]}" if store.system == "django" else f"{made}_merge"
    )
    text = (_DJANGO if store.system == "django" else _ALEMBIC).format(
        one=one.id, other=other.id, app=app, id=made
    )
    return Rewrite(f"{folder}/{name}.py".lstrip("/"), None, text.encode())


def does_nothing(content: bytes) -> bool:
    """Whether a migration is a mere merge: without operations, without anything in its functions."""
    tree = parsed(content)
    return tree is not None and all(_is_empty(statement) for statement in tree.body)


def _is_empty(statement: ast.stmt) -> bool:
    match statement:
        case ast.FunctionDef(body=body):
            return all(isinstance(one, ast.Pass) or _is_text(one) for one in body)
        case ast.ClassDef(body=body):
            return all(_is_text(one) or isinstance(one, ast.Pass) or _is_harmless(one) for one in body)
    return _is_text(statement) or isinstance(
        statement, ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign
    )


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_harmless(statement: ast.stmt) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Name(id="operations")], value=value):
            return isinstance(value, ast.List | ast.Tuple) and not value.elts
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name in ("dependencies", "initial", "atomic")
    return False
