"""G242."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Apart, Before, Confidence, Evidence, Finding, Location, Serial, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.finding import Constraint
    from gate.model.operations import Clash, Step

_WEIGHTS = {
    "hard": Severity.ERROR,
    "order": Severity.WARNING,
    "warn": Severity.WARNING,
    "same": Severity.NOTE,
    "unknown": Severity.NOTE,
}
_ENDS = {
    "order": "the one that lands later silently wins",
    "same": "they say the same",
    "M-OP-02": "its rows may be gone, or elsewhere, by then",
    "M-OP-08": "the data is read or written where the column is no longer",
    "M-OP-09": "its rows lack the value",
    "M-OP-10": "rows may break the constraint",
}
_THROUGH_DATA = ("M-OP-02", "M-OP-08")


@check("G242", "migration-operation", Level.MIGRATION)
def migration_operation(facts: Facts) -> Iterator[Finding]:
    """Migrations of two streams do things to one table or column that do not go together.

    Why: each migration was written against the tables without the other. Merged or re-parented, one drops what the
        other alters, both create the same, or the later of two `AlterField` puts back what the earlier changed: the
        graph is fine, the database is not. Only migrations that the streams add are compared, by table and column, so
        that two columns of one table are no matter. What a data migration may trip over is a warning, the same
        definition twice a note, and what cannot be read (computed SQL, a helper call) a note that says so.
    Example: agent/a removes the field `title` of `Book`; agent/b adds an index over it.
    Resolve: land one, then write the other's migration anew against the tables it leaves.
    """
    for one in facts.migrations.clashes:
        yield _finding(one)


def _finding(one: Clash) -> Finding:
    both = (one.one.stream, one.other.stream)
    severity = _WEIGHTS[one.weight]
    sure = all(step.operation.sure and step.node.sure for step in (one.one, one.other))
    if severity is Severity.ERROR and not sure:
        severity = Severity.WARNING
    return Finding(
        code="G242",
        name="migration-operation",
        kind="unknown" if one.weight == "unknown" else one.rule.lower(),
        severity=severity,
        confidence=_confidence(one, sure=sure),
        message=_message(one),
        branches=both,
        locations=tuple(_location(step) for step in (one.one, one.other)),
        hint=_hint(one),
        constraints=_constraints(one, severity),
        evidence=tuple(_evidence(step) for step in (one.one, one.other) if step.operation.text),
        identity=(one.one.node.system, one.table, one.name),
    )


def _confidence(one: Clash, *, sure: bool) -> Confidence:
    if one.weight == "unknown":
        return Confidence.POSSIBLE
    return Confidence.CERTAIN if sure and one.weight in ("hard", "same", "order") else Confidence.LIKELY


def _message(one: Clash) -> str:
    if one.weight == "unknown":
        table = f" on `{one.table}`" if one.table else ""
        return (
            f"what {one.one.stream} does in {one.one.node.path}{table} is unknown ({one.one.operation.why}); "
            f"{one.other.stream} {_does(one.other, one.table)}"
        )
    end = _ENDS.get(one.weight, "") or (_ENDS.get(one.rule, "") if one.weight == "warn" else "")
    said = f"{one.one.stream} {_does(one.one, one.table)}, {one.other.stream} {_does(one.other, one.table)}"
    return f"{said}; {end}" if end else said


def _does(step: Step, table: str) -> str:
    """What a step does, in words."""
    operation = step.operation
    where = f" of `{table}`" if table else ""
    named = f" `{operation.name}`" if operation.name else ""
    verb, _, thing = operation.verb.partition(" ")
    if verb == "opaque":
        return f"does something that cannot be read ({operation.why})"
    if thing == "data":
        return f"{_EFFECTS[operation.effect]} `{table or next(iter(operation.tables), 'some table')}`"
    own = _table(step)
    if thing == "table":
        to = f" to `{operation.to.lstrip('.')}`" if operation.to else ""
        return f"{verb}s the table `{own}`{to}"
    to = f" to `{operation.to}`" if operation.to else ""
    where = f" of `{own}`" if own else where
    over = (
        f" over {', '.join(f'`{one}`' for one in operation.columns)}"
        if thing in ("index", "constraint") and operation.columns
        else ""
    )
    return f"{verb}s the {thing}{named}{where}{to}{over}"


_EFFECTS = {"uses": "reads rows of", "writes": "changes rows of", "inserts": "inserts rows into"}


def _table(step: Step) -> str:
    table = step.operation.table
    return f"{step.node.key.store}{table}" if table.startswith(".") else table


def _hint(one: Clash) -> str:
    first, second = one.one, one.other
    if one.weight == "unknown":
        return f"read {_place(first)} beside {_place(second)}"
    if one.weight == "same":
        return f"land {first.stream}, then take the operation out of {_place(second)}"
    if one.weight == "warn" and one.rule in _THROUGH_DATA:
        return (
            f"land {second.stream} first, or write {_place(second)} for the tables that {first.stream} leaves"
        )
    if one.weight == "warn":
        return f"land {first.stream}, then see that {_place(second)} fits what it asks of the rows"
    if one.weight == "order":
        return f"land {first.stream}, then let {_place(second)} say both changes"
    return f"land {first.stream}, then write {_place(second)} anew against the tables it leaves"


def _place(step: Step) -> str:
    return f"{step.node.path}:{step.operation.line}"


def _constraints(one: Clash, severity: Severity) -> tuple[Constraint, ...]:
    both = (one.one.stream, one.other.stream)
    if severity is Severity.NOTE:
        return ()
    if one.weight == "hard":
        return (Apart(both),) if severity is Severity.ERROR else (Serial(both),)
    if one.weight == "warn" and one.rule in _THROUGH_DATA:
        return (Before(one.other.stream, one.one.stream),)
    return (Serial(both),)


def _location(step: Step) -> Location:
    return Location(step.stream, step.node.path, step.operation.line)


def _evidence(step: Step) -> Evidence:
    return Evidence(
        f"{step.stream}: {step.node.path}",
        step.operation.text,
        step.stream,
        step.node.path,
        step.operation.line,
    )
