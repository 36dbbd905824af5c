"""G301."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gate.checks._migrations import location
from gate.migrations.tools import tool
from gate.model.check import Level, check
from gate.model.finding import Alone, Confidence, Finding, Location, Review, Serial, Severity
from gate.model.words import counted, series
from gate.route import matches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.model.collisions import MigrationFacts
    from gate.model.facts import Facts, StreamFacts
    from gate.model.migrations import Delta, Node
    from gate.model.policy import IntegrationPoint

_SHOWN = 3
"""The number of migrations, models or paths that are named; further ones are counted."""


@check("G301", "migration-point", Level.POINT)
def migration_point(facts: Facts) -> Iterator[Finding]:
    """Streams change the schema of one database: an integration point, which they pass one at a time.

    Why: migrations build on one another even where nothing forks, and what is written for the old schema while another
        migration lands was tested with a database that no longer exists. So streams that bring migrations for one
        database are chained: never two in one batch. Where the policy has an integration point of kind `migration`,
        each has its batch to itself, and its `requires` must review; migrations of every tool that is read, changed
        columns of models, and the paths of the point then count.
    Example: agent/a and agent/b each add a migration, of two apps of one Django project; nothing collides.
    Resolve: land one of them, rebase the other onto the target, land it. `G301 = "off"` below `[severity]` lifts it.
    """
    landed = [stream for stream in facts.streams if stream.landed is not None]
    points = [point for point in facts.policy.points if point.kind == "migration"]
    if not points:
        yield from _chained(facts.migrations)
        return
    deltas = {delta.stream: delta for delta in facts.migrations.deltas}
    by = tuple(sorted({coordinator for point in points for coordinator in point.requires}))
    for stream in landed:
        yield from _alone(stream, deltas.get(stream.name), facts.migrations, points, by)


# -- streams with one another


def _chained(facts: MigrationFacts) -> Iterator[Finding]:
    spaces: defaultdict[tuple[str, str], dict[str, list[Node]]] = defaultdict(dict)
    for delta in facts.deltas:
        for node in _changed(delta):
            spaces[tool(node.tool).database(node)].setdefault(delta.stream, []).append(node)
    for database, streams in sorted(spaces.items()):
        if len(streams) > 1:
            yield _one_at_a_time(database, streams)


def _one_at_a_time(database: tuple[str, str], streams: dict[str, list[Node]]) -> Finding:
    names = tuple(sorted(streams))
    stores = sorted({node.key.store for nodes in streams.values() for node in nodes})
    return Finding(
        code="G301",
        name="migration-point",
        severity=Severity.NOTE,
        confidence=Confidence.CERTAIN,
        message=f"{series(names, 6)} {'both' if len(names) == 2 else 'all'} bring migrations "
        f"({series(stores, _SHOWN)}), which land one at a time",
        branches=names,
        locations=tuple(location(name, streams[name][0], "id") for name in names),
        hint="land them one at a time: once one has landed, rebase the next onto the target",
        constraints=(Serial(names),),
        identity=database,
    )


def _changed(delta: Delta | None) -> list[Node]:
    if delta is None:
        return []
    return sorted((*delta.added, *delta.removed, *delta.edited), key=lambda node: (node.key, node.path))


# -- one stream at a point of the policy


def _alone(
    stream: StreamFacts,
    delta: Delta | None,
    facts: MigrationFacts,
    points: Sequence[IntegrationPoint],
    by: tuple[str, ...],
) -> Iterator[Finding]:
    nodes = _changed(delta)
    models = [model for model in facts.models if model.stream == stream.name]
    inside = sorted(path for path in stream.files if any(matches(path, point.paths) for point in points))
    if nodes:
        stores = sorted({node.key.store for node in nodes})
        what = f"{counted(len(nodes), 'migration')} of {series(stores, _SHOWN)}"
        yield _point(stream.name, what, [location(stream.name, node, "id") for node in nodes], by)
    elif models:
        what = f"columns of {series([f'`{model.model}`' for model in models], _SHOWN)}"
        yield _point(
            stream.name, what, [Location(stream.name, model.path, model.line) for model in models], by
        )
    elif inside:
        places = [Location(stream.name, path) for path in inside]
        yield _point(stream.name, series(inside, _SHOWN), places, by)


def _point(stream: str, what: str, places: Sequence[Location], by: tuple[str, ...]) -> Finding:
    seen = f"; {series(by)} must look at it" if by else ""
    return Finding(
        code="G301",
        name="migration-point",
        kind="alone",
        severity=Severity.NOTE,
        confidence=Confidence.CERTAIN,
        message=f"{stream} changes {what}, where all streams converge: it lands alone{seen}",
        branches=(stream,),
        locations=tuple(dict.fromkeys(places)),
        hint="once it has landed, rebase the other streams onto the target",
        constraints=(Alone(stream), *((Review(stream, by),) if by else ())),
    )
