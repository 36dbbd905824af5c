"""The words and the form of findings whose other side is a stream or the target."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gate.model.finding import Against

if TYPE_CHECKING:
    from gate.model.facts import Facts
    from gate.model.finding import Finding
    from gate.model.names import Collision, NameFacts

_PAST = {"makes": "made", "leaves": "left"}
"""Verbs whose past is not regular."""


def since(names: NameFacts, side: str) -> str:
    """Return a side as the subject of a sentence: of the target, what it did since the merge base."""
    return f"since the merge base, {side}" if side == names.target else side


def did(names: NameFacts, side: str, verb: str) -> str:
    """Return a side with what it does: "agent/a removes"; of the target, "since the merge base, main removed"."""
    if side != names.target:
        return f"{side} {verb}"
    past = _PAST.get(verb) or f"{verb.removesuffix('s').removesuffix('e')}ed"
    return f"{since(names, side)} {past}"


def rebase_and(names: NameFacts, producer: str, consumer: str) -> str:
    """Return how a hint begins: which side lands, which is rebased, and then something is done."""
    if producer == names.target:
        return f"rebase {consumer} onto {producer} and"
    if consumer == names.target:
        return f"rebase {producer} onto {consumer} and"
    return f"land {producer}, then rebase {consumer} and"


def or_keep(names: NameFacts, producer: str, what: str) -> str:
    """Return the end of a hint: the producer may keep what it removes, unless the target has removed it already."""
    return f", or keep {what} in {producer}" if producer != names.target else ""


def facing(finding: Finding, facts: Facts, names: NameFacts, collision: Collision) -> Finding:
    """Return the finding as it is told of its sides: of a stream alone where the other side is the target.

    It then names the commit on the target, and asks nothing of the order: the stream has to be repaired first.
    """
    if not names.target:
        return finding
    commit = names.commits.get(collision)
    cause = f" ({commit.oid[:10]}, {commit.date}, {commit.subject})" if commit is not None else ""
    stream_places = [place for place in finding.locations if place.branch != names.target]
    target_places = [place for place in finding.locations if place.branch == names.target]
    return replace(
        finding,
        message=finding.message + cause,
        branches=tuple(branch for branch in finding.branches if branch != names.target),
        locations=(*stream_places, *target_places),
        constraints=(),
        against=Against(facts.target.ref, commit.oid if commit else "", commit.subject if commit else ""),
    )
