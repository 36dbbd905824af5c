"""G103."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Confidence, Finding, Location, Severity
from gate.model.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts

_MOST_LOCATIONS = 20


@check("G103", "unowned-path", Level.OWNERSHIP)
def unowned_path(facts: Facts) -> Iterator[Finding]:
    """A changed path that no rule gives to anyone.

    Why: what nobody owns nobody reviews. Asked only where the policy has rules.
    Example: agent/a adds `scripts/deploy.sh`, and no domain covers `scripts/`.
    Resolve: add a domain for it to the policy, or move the file into one.
    """
    if not facts.policy.routes:
        return
    for one in facts.streams:
        paths = sorted(
            {path for routed in one.changes for path, route in routed.routes if route.owner is None}
        )
        if paths:
            yield Finding(
                code="G103",
                name="unowned-path",
                severity=Severity.WARNING,
                confidence=Confidence.CERTAIN,
                message=f"{one.name} changes {counted(len(paths), 'path')} that nobody owns: {listed(paths)}",
                branches=(one.name,),
                locations=tuple(Location(one.name, path) for path in paths[:_MOST_LOCATIONS]),
                hint=f"give {paths[0]} an owner in {facts.policy.path}",
                identity=tuple(paths),
            )
