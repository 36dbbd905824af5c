"""G105."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Confidence, Finding, Location, Serial, Severity
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts

Places = dict[str, list[str]]
"""The paths of a domain that each stream changes, by stream."""


@check("G105", "serialized-domain", Level.OWNERSHIP)
def serialized_domain(facts: Facts) -> Iterator[Finding]:
    """Several streams work in a domain that takes one at a time.

    Why: in some places, such as a chain of migrations, each change builds on the one before it. Two that were made side
        by side merge as text and break as a chain.
    Example: agent/a and agent/b each add a migration below `backend/alembic/`.
    Resolve: land them one at a time; rebase each of the later ones onto the target before its turn.
    """
    for (domain, owner), streams in sorted(_domains(facts).items()):
        if len(streams) > 1:
            yield _finding(domain, owner, streams)


def _domains(facts: Facts) -> dict[tuple[str, str], Places]:
    """Return the places in each domain that takes one stream at a time, by (domain, owner)."""
    domains: dict[tuple[str, str], Places] = {}
    for stream in facts.streams:
        if stream.landed is None:
            continue
        for routed in stream.changes:
            for path, route in routed.routes:
                if route.serialized:
                    places = domains.setdefault((route.domain, route.owner or ""), {})
                    places.setdefault(stream.name, []).append(path)
    return domains


def _finding(domain: str, owner: str, streams: Places) -> Finding:
    names = tuple(sorted(streams))
    return Finding(
        code="G105",
        name="serialized-domain",
        severity=Severity.WARNING,
        confidence=Confidence.CERTAIN,
        message=f"{series(names)} {_all(names)} change the domain {domain}, which takes one stream at a time",
        branches=names,
        locations=tuple(Location(name, path) for name in names for path in sorted(set(streams[name]))),
        hint=f"land them one at a time: once one has landed, rebase the next onto the target{_reviewer(owner)}",
        constraints=(Serial(names),),
        identity=(domain,),
    )


def _all(names: tuple[str, ...]) -> str:
    return "both" if len(names) == 2 else "all"


def _reviewer(owner: str) -> str:
    return f"; {owner} looks at each" if owner else ""
