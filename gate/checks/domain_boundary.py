"""G101."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Confidence, Finding, Location, Review, Severity
from gate.model.policy import RuleKind
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts, StreamFacts


@check("G101", "domain-boundary", Level.OWNERSHIP)
def domain_boundary(facts: Facts) -> Iterator[Finding]:
    """A stream writes in a domain not its own.

    Why: whoever answers for a domain must hear of changes in it. Work across domains is not forbidden; it is routed to
        every owner it touches and never accepted in silence. A stream nobody has declared is reviewed by all of them.
    Example: agent/engine/solver, declared for COORD_ENGINE, edits `frontend/src/api.ts`, which is COORD_FRONTEND's.
    Resolve: get that owner's review, or move the foreign part to a stream of theirs.
    """
    for one in facts.streams:
        for owner, paths in sorted(_foreign(one).items()):
            yield _finding(one, owner, paths)


def _foreign(one: StreamFacts) -> dict[str, list[str]]:
    """Paths by the owners that are not the stream's own. Exceptions are routed by their own check."""
    found: dict[str, list[str]] = {}
    for routed in one.changes:
        for path, route in routed.routes:
            if route.kind is RuleKind.DIRECTORY and route.owner and route.owner != one.owner:
                found.setdefault(route.owner, []).append(path)
    return {owner: sorted(set(paths)) for owner, paths in found.items()}


def _finding(one: StreamFacts, owner: str, paths: list[str]) -> Finding:
    declared = one.owner is not None
    return Finding(
        code="G101",
        name="domain-boundary",
        kind="foreign" if declared else "undeclared",
        severity=Severity.WARNING if declared else Severity.NOTE,
        confidence=Confidence.CERTAIN,
        message=_message(one, owner, paths),
        branches=(one.name,),
        locations=tuple(Location(one.name, path) for path in paths),
        hint=f"get the review of {owner}, or leave {_them(paths)} to a stream of theirs",
        constraints=(Review(one.name, (owner,)),),
        identity=(owner,),
    )


def _message(one: StreamFacts, owner: str, paths: list[str]) -> str:
    if one.owner is not None:
        return f"{one.name} works for {one.owner} and changes {series(paths)}, which {_is(paths)} {owner}'s"
    why = (
        f"names {one.unknown_owner} as its coordinator, whom the policy does not know,"
        if one.unknown_owner
        else "has no coordinator"
    )
    return f"{one.name} {why} and changes {series(paths)}, which {_is(paths)} {owner}'s"


def _is(paths: list[str]) -> str:
    return "is" if len(paths) == 1 else "are"


def _them(paths: list[str]) -> str:
    return "it" if len(paths) == 1 else f"these {len(paths)} paths"
