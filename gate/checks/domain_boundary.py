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

    Why: whoever answers for a domain must know of changes in it. Work across domains is not forbidden; it is routed to
        every owner it touches and never accepted in silence. An undeclared stream is reviewed by all of them.
    Example: agent/engine/solver, declared for COORD_ENGINE, edits `frontend/src/api.ts`, which is COORD_FRONTEND's.
    Resolve: get that owner's review, or move this part of the work to a stream of theirs.
    """
    for stream in facts.streams:
        for owner, paths in sorted(_paths_by_owner(stream).items()):
            yield _finding(stream, owner, paths)


def _paths_by_owner(stream: StreamFacts) -> dict[str, list[str]]:
    """Return the changed paths of each owner but the stream's coordinator. Exceptions are routed by another check."""
    by_owner: dict[str, list[str]] = {}
    for routed in stream.changes:
        for path, route in routed.routes:
            if route.kind is RuleKind.DIRECTORY and route.owner and route.owner != stream.owner:
                by_owner.setdefault(route.owner, []).append(path)
    return {owner: sorted(set(paths)) for owner, paths in by_owner.items()}


def _finding(stream: StreamFacts, owner: str, paths: list[str]) -> Finding:
    declared = stream.owner is not None
    return Finding(
        code="G101",
        name="domain-boundary",
        kind="foreign" if declared else "undeclared",
        severity=Severity.WARNING if declared else Severity.NOTE,
        confidence=Confidence.CERTAIN,
        message=_message(stream, owner, paths),
        branches=(stream.name,),
        locations=tuple(Location(stream.name, path) for path in paths),
        hint=f"get the review of {owner}, or leave {_them(paths)} to a stream of theirs",
        constraints=(Review(stream.name, (owner,)),),
        identity=(owner,),
    )


def _message(stream: StreamFacts, owner: str, paths: list[str]) -> str:
    if stream.owner is not None:
        return f"{stream.name} works for {stream.owner} and changes {series(paths)}, which {_is(paths)} {owner}'s"
    why = (
        f"names {stream.unknown_owner} as its coordinator, whom the policy does not know,"
        if stream.unknown_owner
        else "has no coordinator"
    )
    return f"{stream.name} {why} and changes {series(paths)}, which {_is(paths)} {owner}'s"


def _is(paths: list[str]) -> str:
    return "is" if len(paths) == 1 else "are"


def _them(paths: list[str]) -> str:
    return "it" if len(paths) == 1 else f"these {len(paths)} paths"
