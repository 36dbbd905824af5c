"""G244."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.tools import tool
from gate.model.check import Level, check
from gate.model.finding import Confidence, Finding, Location, Severity
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.operations import ModelChange


@check("G244", "model-without-migration", Level.MIGRATION)
def model_without_migration(facts: Facts) -> Iterator[Finding]:
    """A stream changes a model's columns and carries no migration.

    Why: `makemigrations --check` and `alembic check` would say so, but both want a database or one head, and neither
        runs where several heads stand open. Read are classes with `__tablename__` and Django models whose app has
        migrations; only what the database sees of a column counts: not help texts, choices, validators or Python's
        defaults. A migration of the same app or environment, on the stream or on one it is built on, silences it, as
        do abstract, proxy and unmanaged models, and fields that are not Django's own.
    Example: agent/a adds `isbn = models.CharField(max_length=13)` to `Book`, and nothing below `library/migrations`.
    Resolve: make the migration on the stream.
    """
    for one in facts.migrations.models:
        yield _finding(one)


def _finding(one: ModelChange) -> Finding:
    return Finding(
        code="G244",
        name="model-without-migration",
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        message=f"{one.stream} {_changes(one)} in the model `{one.model}`, without a migration"
        + (f" in {one.store}" if one.store else ""),
        branches=(one.stream,),
        locations=(Location(one.stream, one.path, one.line),),
        hint=f"run `{tool(one.tool).make_command}` on {one.stream}, and commit what it writes",
        identity=(one.tool, one.store, one.model),
    )


def _changes(one: ModelChange) -> str:
    parts = []
    for verb in ("adds", "removes", "changes"):
        names = [f"`{name}`" for what, name in one.changes if what == verb]
        if names:
            parts.append(f"{verb} {series(names, 5)}")
    return " and ".join(parts)
