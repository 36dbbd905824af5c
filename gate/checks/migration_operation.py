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
        that two columns of one table are no matter. What a data migration may trip over, or an `INSERT` written out in
        code that a stream adds, is a warning, the same definition twice a note, and what cannot be read (computed SQL,
        a helper call) a note that says so. All that two streams do to one table is one finding, as grave as the gravest
        of it.
    Example: agent/a removes the field `title` of `Book`; agent/b adds an index over it.
    Resolve: land one, then write the other's migration anew against the tables it leaves.
    """
    by_table: dict[tuple[object, ...], list[Clash]] = {}
    for one in facts.migrations.clashes:
        first = one.first.node
        # What is unknown may be about other tables of its store, too: it is a finding by itself.
        where = (first.key.store,) if one.weight == "unknown" else tool(first.tool).database(first)
        key = (*sorted((one.first.stream, one.second.stream)), one.weight == "unknown", *where, one.table)
        by_table.setdefault(key, []).append(one)
    for clashes in by_table.values():
        yield _finding(sorted(clashes, key=_gravity))


def _gravity(one: Clash) -> tuple[int, int]:
    return (-_severity(one).rank, tuple(_WEIGHTS).index(one.weight))


def _finding(clashes: Sequence[Clash]) -> Finding:
    """What two streams do to one table, the gravest first: it says what the finding is."""
    lead = clashes[0]
    steps = [step for one in clashes for step in (one.first, one.second)]
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
        identity=(lead.first.node.tool, lead.table, *sorted({one.name for one in clashes})),
    )


def _is_sure(one: Clash) -> bool:
    return all(step.operation.sure and step.node.sure for step in (one.first, one.second))


def _severity(one: Clash) -> Severity:
    severity = _WEIGHTS[one.weight]
    return Severity.WARNING if severity is Severity.ERROR and not _is_sure(one) else severity


def _confidence(one: Clash) -> Confidence:
    if one.weight == "unknown":
        return Confidence.POSSIBLE
    certain = _is_sure(one) and one.weight in ("hard", "same", "order")
    return Confidence.CERTAIN if certain else Confidence.LIKELY


def _message(clashes: Sequence[Clash]) -> str:
    lead, *others = clashes
    if not others:
        return sentence(lead)
    also = series([f"`{one.name or one.table}` ({one.rule})" for one in others], most=_NAMED)
    return f"{sentence(lead)} ({lead.rule}); on the same table they also meet at {also}"


def _hint(one: Clash) -> str:
    first, second = one.first, one.second
    if one.weight == "unknown":
        return f"read {place(first)} beside {place(second)}"
    if one.weight == "same":
        return f"land {first.stream}, then take the operation out of {place(second)}"
    if one.weight == "warn" and one.rule in _THROUGH_DATA:
        return (
            f"land {second.stream} first, or write {place(second)} for the tables that {first.stream} leaves"
        )
    if one.weight == "warn":
        return f"land {first.stream}, then see that {place(second)} fits what it asks of the rows"
    if one.weight == "order":
        return f"land {first.stream}, then let {place(second)} say both changes"
    return f"land {first.stream}, then write {place(second)} anew against the tables it leaves"


def _constraints(clashes: Sequence[Clash]) -> tuple[Constraint, ...]:
    """What all of it asks: the strongest, and an order only where they agree on one."""
    asked = dict.fromkeys(each for one in clashes for each in _asked(one))
    apart = [each for each in asked if isinstance(each, Apart)]
    orders = [each for each in asked if isinstance(each, Before)]
    if apart:
        return (apart[0],)
    if len(orders) == 1:
        return (orders[0],)
    both = tuple(sorted((clashes[0].first.stream, clashes[0].second.stream)))
    return (Serial(both),) if asked else ()


def _asked(one: Clash) -> tuple[Constraint, ...]:
    both = (one.first.stream, one.second.stream)
    severity = _severity(one)
    if severity is Severity.NOTE:
        return ()
    if one.weight == "hard":
        return (Apart(both),) if severity is Severity.ERROR else (Serial(both),)
    if one.weight == "warn" and one.rule in _THROUGH_DATA:
        return (Before(one.second.stream, one.first.stream),)
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
