"""G242."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.operations.wording import place, sentence
from gate.migrations.tools import tool
from gate.model.check import Level, check
from gate.model.finding import Apart, Before, Confidence, Evidence, Finding, Location, Serial, Severity
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
_THROUGH_DATA = ("M-OP-02", "M-OP-08")
_MOST = 8
"""Places and texts of a finding."""
_NAMED = 6
"""Columns it names besides the first."""


@check("G242", "migration-operation", Level.MIGRATION)
def migration_operation(facts: Facts) -> Iterator[Finding]:
    """Migrations of two streams do things to one table or column that do not go together.

    Why: each migration was written against the tables without the other. Merged or re-parented, one drops what the
        other alters, both create the same, or the later of two `AlterField` puts back what the earlier changed: the
        graph is fine, the database is not. Only migrations that the streams add are compared, by table and column, so
        that two columns of one table do not collide. What may fail in a data migration, or in an `INSERT` written out
        in code that a stream adds, is a warning, the same definition twice a note, and what cannot be read (computed
        SQL, a helper call) a note that says so. All that two streams do to one table is one finding, as grave as the
        gravest of it.
    Example: agent/a removes the field `title` of `Book`; agent/b adds an index over it.
    Resolve: land either stream, then rewrite the other's migration for the tables as they are by then.
    """
    by_table: dict[tuple[object, ...], list[Clash]] = {}
    for clash in facts.migrations.clashes:
        first = clash.first.node
        # What is unknown may be about other tables of its store, too: it is a finding by itself.
        database = (first.key.store,) if clash.weight == "unknown" else tool(first.tool).database(first)
        key = (
            *sorted((clash.first.stream, clash.second.stream)),
            clash.weight == "unknown",
            *database,
            clash.table,
        )
        by_table.setdefault(key, []).append(clash)
    for clashes in by_table.values():
        yield _finding(sorted(clashes, key=_gravity))


def _gravity(clash: Clash) -> tuple[int, int]:
    return (-_severity(clash).rank, tuple(_WEIGHTS).index(clash.weight))


def _finding(clashes: Sequence[Clash]) -> Finding:
    """Return the finding of what two streams do to one table; the gravest clash comes first and gives its kind."""
    lead = clashes[0]
    steps = [step for clash in clashes for step in (clash.first, clash.second)]
    return Finding(
        code="G242",
        name="migration-operation",
        kind="unknown" if lead.weight == "unknown" else lead.rule.lower(),
        severity=_severity(lead),
        confidence=_confidence(lead),
        message=_message(clashes),
        branches=(lead.first.stream, lead.second.stream),
        locations=tuple(dict.fromkeys(map(_location, steps)))[:_MOST],
        hint=_hint(lead),
        constraints=_constraints(clashes),
        evidence=tuple(dict.fromkeys(_evidence(step) for step in steps if step.operation.text))[:_MOST],
        identity=(lead.first.node.tool, lead.table, *sorted({clash.name for clash in clashes})),
    )


def _is_sure(clash: Clash) -> bool:
    return all(step.operation.sure and step.node.sure for step in (clash.first, clash.second))


def _severity(clash: Clash) -> Severity:
    severity = _WEIGHTS[clash.weight]
    return Severity.WARNING if severity is Severity.ERROR and not _is_sure(clash) else severity


def _confidence(clash: Clash) -> Confidence:
    if clash.weight == "unknown":
        return Confidence.POSSIBLE
    certain = _is_sure(clash) and clash.weight in ("hard", "same", "order")
    return Confidence.CERTAIN if certain else Confidence.LIKELY


def _message(clashes: Sequence[Clash]) -> str:
    lead, *others = clashes
    if not others:
        return sentence(lead)
    also = series([f"`{clash.name or clash.table}` ({clash.rule})" for clash in others], most=_NAMED)
    return f"{sentence(lead)} ({lead.rule}); on the same table they also meet at {also}"


def _hint(clash: Clash) -> str:
    first, second = clash.first, clash.second
    if clash.weight == "unknown":
        return f"compare {place(first)} with {place(second)}"
    if clash.weight == "same":
        return f"land {first.stream}, then remove the operation from {place(second)}"
    if clash.weight == "warn" and clash.rule in _THROUGH_DATA:
        return f"land {second.stream} first, or rewrite {place(second)} for the tables as {first.stream} leaves them"
    if clash.weight == "warn":
        return f"land {first.stream}, then check that the rows of {place(second)} meet what it asks of them"
    if clash.weight == "order":
        return f"land {first.stream}, then write both changes into {place(second)}"
    return f"land {first.stream}, then rewrite {place(second)} for the tables as it leaves them"


def _constraints(clashes: Sequence[Clash]) -> tuple[Constraint, ...]:
    """Return the strongest constraint of the clashes, and an order only where they agree on one."""
    constraints = dict.fromkeys(constraint for clash in clashes for constraint in _constraints_of(clash))
    apart = [constraint for constraint in constraints if isinstance(constraint, Apart)]
    orders = [constraint for constraint in constraints if isinstance(constraint, Before)]
    if apart:
        return (apart[0],)
    if len(orders) == 1:
        return (orders[0],)
    both = tuple(sorted((clashes[0].first.stream, clashes[0].second.stream)))
    return (Serial(both),) if constraints else ()


def _constraints_of(clash: Clash) -> tuple[Constraint, ...]:
    both = (clash.first.stream, clash.second.stream)
    severity = _severity(clash)
    if severity is Severity.NOTE:
        return ()
    if clash.weight == "hard":
        return (Apart(both),) if severity is Severity.ERROR else (Serial(both),)
    if clash.weight == "warn" and clash.rule in _THROUGH_DATA:
        return (Before(clash.second.stream, clash.first.stream),)
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
