"""G243."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._migrations import follow, in_databases, location, place, weight
from gate.model.check import Level, check
from gate.model.finding import Apart, Before, Confidence, Finding, Serial, Severity
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.collisions import MigrationCycle, MigrationFacts, MissingParent
    from gate.model.facts import Facts
    from gate.model.finding import Constraint
    from gate.model.migrations import Role


@check("G243", "migration-parent", Level.MIGRATION)
def migration_parent(facts: Facts) -> Iterator[Finding]:
    """A migration's parent is missing once the streams have landed, or migrations wait for one another.

    Why: one stream removes, renames or squashes away the migration that another follows; git sees two unrelated files.
        Alembic ends in a `KeyError`, Django in a `NodeNotFoundError`. Where another stream adds the parent, that stream
        has to land first. A parent that is missing on the stream alone is reported of that stream. A squash stands for
        what it replaces, but not in a database that has only a part of it: a parent whose file is removed is a warning
        there.
    Example: agent/a renames `0007_old.py` to `0007_new.py`; agent/b adds a migration that depends on `0007_old`.
    Resolve: land the stream that changes the parent, then let the other's migration follow its successor.
    """
    for need in facts.migrations.missing_parents:
        yield _order(need) if need.kind == "order" else _missing(need, facts.migrations)
    for cycle in facts.migrations.cycles:
        yield _cycle(cycle)


def _missing(need: MissingParent, migrations: MigrationFacts) -> Finding:
    severity, confidence = weight(sure=need.sure, state=need.state)
    both = (need.consumer, need.producer) if need.producer else (need.consumer,)
    ending = f"{need.producer} removes" if need.producer else "does not exist"
    if need.successor and need.state:
        ending += f"; `{need.successor.id}` stands for it, but not{in_databases(need.state)}"
    elif need.successor:
        ending = f"{need.producer} turns into `{need.successor.id}`"
    return Finding(
        code="G243",
        name="migration-parent",
        kind="missing",
        severity=severity,
        confidence=confidence,
        message=f"{need.consumer}'s migration `{need.node.id}` {_verb(need)} `{need.parent.id}`"
        + (f" of {need.parent.store}" if need.parent.store != need.node.key.store else "")
        + f", which {ending}",
        branches=both,
        locations=(location(need.consumer, need.node, _role(need), need.parent.id),),
        hint=_hint(need, migrations),
        constraints=_constraints(need, both),
        identity=(need.store.tool, need.store.name, need.node.id, need.parent.id),
    )


def _role(need: MissingParent) -> Role:
    return "run_before" if need.parent in need.node.run_before else "parent"


def _verb(need: MissingParent) -> str:
    return "comes before" if _role(need) == "run_before" else "follows"


def _constraints(need: MissingParent, both: tuple[str, ...]) -> tuple[Constraint, ...]:
    if not need.producer or not need.sure:
        return ()
    return (Serial(both),) if need.state == "partly" else (Apart(both),)


def _hint(need: MissingParent, migrations: MigrationFacts) -> str:
    first = f"land {need.producer}, then in {need.consumer} " if need.producer else ""
    named_at = place(need.node, _role(need), need.parent.id)
    if need.successor and _role(need) == "run_before":
        return f"{first}name `{need.successor.id}` in run_before of {named_at}"
    if need.successor:
        return first + follow(need.node, need.successor, need.parent.id)
    matching = [
        node
        for node in migrations.nodes
        if node.key.store == need.parent.store and node.id.startswith(need.parent.id)
    ]
    if not need.producer and len(matching) == 1 and need.parent.id:
        return f"write `{matching[0].id}` in full in {named_at}: a file may not shorten it"
    role = "migration" if _role(need) == "run_before" else "parent"
    return f"{first}name a {role} that exists in {named_at}"


def _order(need: MissingParent) -> Finding:
    return Finding(
        code="G243",
        name="migration-parent",
        kind="order",
        severity=Severity.NOTE,
        confidence=Confidence.CERTAIN,
        message=f"{need.consumer}'s migration `{need.node.id}` {_verb(need)} `{need.parent.id}`, "
        f"which {need.producer} adds",
        branches=(need.consumer, need.producer),
        locations=(location(need.consumer, need.node, _role(need), need.parent.id),),
        hint=f"land {need.producer} first",
        constraints=(Before(need.producer, need.consumer),),
        identity=(need.store.tool, need.store.name, need.node.id, need.parent.id),
    )


def _cycle(cycle: MigrationCycle) -> Finding:
    severity, confidence = weight(sure=all(node.sure for node in cycle.nodes), state=cycle.state)
    names = [f"`{node.id}`" for node in cycle.nodes]
    circle = (
        f"{names[0]} follows itself" if len(names) == 1 else f"{series(names)} follow one another in a circle"
    )
    does = "has" if len(cycle.streams) == 1 else "together have"
    return Finding(
        code="G243",
        name="migration-parent",
        kind="cycle",
        severity=severity,
        confidence=confidence,
        message=f"{series(cycle.streams)} {does} migrations of which {circle}{in_databases(cycle.state)}",
        branches=cycle.streams,
        locations=tuple(location(cycle.streams[0], node) for node in cycle.nodes),
        hint=f"name another parent in {place(cycle.nodes[0])}",
        constraints=(Apart(cycle.streams),) if len(cycle.streams) > 1 and severity is Severity.ERROR else (),
        identity=(cycle.store.tool, cycle.store.name, *sorted(node.id for node in cycle.nodes)),
    )
