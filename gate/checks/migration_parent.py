"""G243."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._migrations import follow, location, place, weight, where
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
        Alembic ends in a `KeyError`, Django in a `NodeNotFoundError`. Where the parent is what another stream brings,
        that one has to land first. A parent that is missing on the stream alone is its own. A squash stands for what it
        replaces, but not in a database that has only a part of it: a parent whose file is gone is a warning there.
    Example: agent/a renames `0007_old.py` to `0007_new.py`; agent/b adds a migration that depends on `0007_old`.
    Resolve: land the one that changes the parent, then follow it on the other.
    """
    for one in facts.migrations.missing_parents:
        yield _brought(one) if one.kind == "order" else _missing(one, facts.migrations)
    for cycle in facts.migrations.cycles:
        yield _cycle(cycle)


def _missing(one: MissingParent, known: MigrationFacts) -> Finding:
    severity, confidence = weight(sure=one.sure, state=one.state)
    both = (one.consumer, one.producer) if one.producer else (one.consumer,)
    gone = f"{one.producer} removes" if one.producer else "is not there"
    if one.successor and one.state:
        gone += f"; `{one.successor.id}` stands for it, but not{where(one.state)}"
    elif one.successor:
        gone = f"{one.producer} turns into `{one.successor.id}`"
    return Finding(
        code="G243",
        name="migration-parent",
        kind="missing",
        severity=severity,
        confidence=confidence,
        message=f"{one.consumer}'s migration `{one.node.id}` {_goes(one)} `{one.parent.id}`"
        + (f" of {one.parent.store}" if one.parent.store != one.node.key.store else "")
        + f", which {gone}",
        branches=both,
        locations=(location(one.consumer, one.node, _role(one), one.parent.id),),
        hint=_hint(one, known),
        constraints=_together(one, both),
        identity=(one.store.tool, one.store.name, one.node.id, one.parent.id),
    )


def _role(one: MissingParent) -> Role:
    return "run_before" if one.parent in one.node.run_before else "parent"


def _goes(one: MissingParent) -> str:
    return "comes before" if _role(one) == "run_before" else "follows"


def _together(one: MissingParent, both: tuple[str, ...]) -> tuple[Constraint, ...]:
    if not one.producer or not one.sure:
        return ()
    return (Serial(both),) if one.state == "partly" else (Apart(both),)


def _hint(one: MissingParent, known: MigrationFacts) -> str:
    first = f"land {one.producer}, then in {one.consumer} " if one.producer else ""
    said = place(one.node, _role(one), one.parent.id)
    if one.successor and _role(one) == "run_before":
        return f"{first}name `{one.successor.id}` in run_before of {said}"
    if one.successor:
        return first + follow(one.node, one.successor, one.parent.id)
    whole = [
        node
        for node in known.nodes
        if node.key.store == one.parent.store and node.id.startswith(one.parent.id)
    ]
    if not one.producer and len(whole) == 1 and one.parent.id:
        return f"write the whole of `{whole[0].id}` in {said}: files may not shorten it"
    what = "migration" if _role(one) == "run_before" else "parent"
    return f"{first}name a {what} that is there in {said}"


def _brought(one: MissingParent) -> Finding:
    return Finding(
        code="G243",
        name="migration-parent",
        kind="order",
        severity=Severity.NOTE,
        confidence=Confidence.CERTAIN,
        message=f"{one.consumer}'s migration `{one.node.id}` {_goes(one)} `{one.parent.id}`, "
        f"which {one.producer} brings",
        branches=(one.consumer, one.producer),
        locations=(location(one.consumer, one.node, _role(one), one.parent.id),),
        hint=f"land {one.producer} first",
        constraints=(Before(one.producer, one.consumer),),
        identity=(one.store.tool, one.store.name, one.node.id, one.parent.id),
    )


def _cycle(one: MigrationCycle) -> Finding:
    severity, confidence = weight(sure=all(node.sure for node in one.nodes), state=one.state)
    names = [f"`{node.id}`" for node in one.nodes]
    said = (
        f"{names[0]} follows itself" if len(names) == 1 else f"{series(names)} follow one another in a circle"
    )
    does = "has" if len(one.streams) == 1 else "together have"
    return Finding(
        code="G243",
        name="migration-parent",
        kind="cycle",
        severity=severity,
        confidence=confidence,
        message=f"{series(one.streams)} {does} migrations of which {said}{where(one.state)}",
        branches=one.streams,
        locations=tuple(location(one.streams[0], node) for node in one.nodes),
        hint=f"name another parent in {place(one.nodes[0])}",
        constraints=(Apart(one.streams),) if len(one.streams) > 1 and severity is Severity.ERROR else (),
        identity=(one.store.tool, one.store.name, *sorted(node.id for node in one.nodes)),
    )
