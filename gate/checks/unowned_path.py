"""G103."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Confidence, Finding, Location, Severity
from gate.model.words import counted, series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts


@check("G103", "unowned-path", Level.OWNERSHIP)
def unowned_path(facts: Facts) -> Iterator[Finding]:
    """A changed path that no rule gives to anyone.

    Why: what nobody owns nobody reviews. Reported only where the policy has rules; files that the gate itself rests on
        (G001) belong to the policy's owner, if it names one.
    Example: agent/a adds `scripts/deploy.sh`, and no domain covers `scripts/`.
    Resolve: add a domain for it to the policy, or move the file into a domain that has an owner.
    """
    if not facts.policy.routes:
        return
    for stream in facts.streams:
        guarded = _guarded(facts, stream.name)
        paths = sorted(
            {
                path
                for routed in stream.changes
                for path, route in routed.routes
                if route.owner is None and path not in guarded
            }
        )
        if paths:
            yield Finding(
                code="G103",
                name="unowned-path",
                severity=Severity.WARNING,
                confidence=Confidence.CERTAIN,
                message=f"{stream.name} changes {counted(len(paths), 'path')} that nobody owns: {series(paths)}",
                branches=(stream.name,),
                locations=tuple(Location(stream.name, path) for path in paths),
                hint=f"add a domain that covers {'it' if len(paths) == 1 else 'them'} to {facts.policy.path}",
                identity=tuple(paths),
            )


def _guarded(facts: Facts, branch: str) -> set[str]:
    """Return the paths that go to the owner of the policy."""
    if not facts.policy.owner:
        return set()
    return {change.path for change in facts.protected if change.branch == branch}
