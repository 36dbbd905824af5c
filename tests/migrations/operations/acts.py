"""Two streams whose migrations have operations, from their texts."""

from __future__ import annotations

from gate.migrations.operations import reading
from gate.migrations.operations.clashes import clashes
from gate.model.migrations import Delta, Key, Node

HEADS = {
    "alembic": 'from alembic import op\nimport sqlalchemy as sa\nrevision = "x"\ndown_revision = "a"\n\n\n',
    "django": "from django.db import migrations, models\n\n\n",
}


def text(system: str, body: str, before: str = "") -> bytes:
    """A whole migration of operations that are given as lines; of SQL, as it stands."""
    if system not in HEADS:
        return body.encode()
    lines = body.strip().splitlines()
    if system == "alembic":
        return f"{HEADS[system]}{before}\n\ndef upgrade():\n{_indented(lines, 4)}\n".encode()
    return (
        f"{HEADS[system]}{before}\n\nclass Migration(migrations.Migration):\n    operations = [\n"
        f"{_indented(lines, 8)}\n    ]\n"
    ).encode()


def _indented(lines: list[str], by: int) -> str:
    return "\n".join(" " * by + line for line in lines)


def clash(
    system: str, first: str, second: str, *, before: str = "", store: str = "library"
) -> list[tuple[str, str, str, str]]:
    """What comes of two migrations, as (rule, weight, table, name)."""
    every = clashes(*two(system, first, second, before=before, store=store))
    return [(clash.rule, clash.weight, clash.table, clash.name) for clash in every]


def two(system: str, first: str, second: str, *, before: str = "", store: str = "library"):  # type: ignore[no-untyped-def]
    """What `clashes` takes: stream a with one migration, stream b with the other."""
    nodes = {
        stream: Node(system, Key(store, f"{stream}1"), f"m/{stream}1.py", f"blob {stream}") for stream in "ab"
    }
    steps = {
        (nodes[stream].path, nodes[stream].blob): reading.read(system, text(system, body, before))
        for stream, body in (("a", first), ("b", second))
    }
    return [Delta(stream, (node,)) for stream, node in nodes.items()], [], steps
