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

    Why: `makemigrations --check` and `alembic check` would say so, but both need a database or a single head, and
        neither runs where there are several heads. Classes with `__tablename__` are read, and Django models whose app
        has migrations; only what the database sees of a column counts: not help texts, choices, validators or Python's
        defaults. A migration of the same app or environment, on the stream or on a stream that it is built on, silences
        it, as do abstract, proxy and unmanaged models, and fields that are not Django's.
    Example: agent/a adds `isbn = models.CharField(max_length=13)` to `Book`, and nothing below `library/migrations`.
    Resolve: make the migration on the stream.
    """
    for change in facts.migrations.models:
        yield _finding(change)


def _finding(change: ModelChange) -> Finding:
    return Finding(
        code="G244",
        name="model-without-migration",
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        message=f"{change.stream} {_changes(change)} in the model `{change.model}`, without a migration"
        + (f" in {change.store}" if change.store else ""),
        branches=(change.stream,),
        locations=(Location(change.stream, change.path, change.line),),
        hint=f"run `{tool(change.tool).make_command}` on {change.stream}, and commit what it writes",
        identity=(change.tool, change.store, change.model),
    )


def _changes(change: ModelChange) -> str:
    parts = []
    for verb in ("adds", "removes", "changes"):
        names = [f"`{column}`" for kind, column in change.changes if kind == verb]
        if names:
            parts.append(f"{verb} {series(names, 5)}")
    return " and ".join(parts)
