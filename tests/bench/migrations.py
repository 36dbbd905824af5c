"""A repository with a long line of Alembic migrations, and streams that each add one: what comparing them costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.demo import repository_builder

if TYPE_CHECKING:
    from pathlib import Path

POLICY = 'version = 1\nbranches = ["agent/*"]\n'


def write(folder: Path, migrations: int, streams: int) -> tuple[str, ...]:
    """Write the repository and return the names of its streams; every second one adds a migration."""
    with repository_builder.repository(folder) as repo:
        files = {path(number): text(number) for number in range(migrations)}
        base = repo.commit("main", {"gate.toml": POLICY, **files}, message="Begin\n")
        names = tuple(f"agent/{number:03}" for number in range(streams))
        for number, name in enumerate(names):
            own = {f"db/versions/new_{number}.py": text(migrations, f"new_{number}")}
            edits = own if number % 2 else {f"docs/{number}.md": "text\n"}
            repo.commit(name, edits, parents=[base], message=f"Work of {name}\n")
    return names


def path(number: int) -> str:
    """Where a migration lies."""
    return f"db/versions/{number:04}_step.py"


def text(number: int, name: str = "") -> str:
    """A migration that follows the one before it."""
    parent = f'"r{number - 1}"' if number else "None"
    return f'''"""Step {number}."""

import sqlalchemy as sa
from alembic import op

revision = "{name or f"r{number}"}"
down_revision = {parent}


def upgrade():
    op.add_column("t{number % 50}", sa.Column("c{name or number}", sa.Integer, nullable=True))


def downgrade():
    op.drop_column("t{number % 50}", "c{name or number}")
'''
