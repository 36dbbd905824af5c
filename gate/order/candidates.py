"""The streams of an analysis as the planner sees them, before the plan and after its rehearsal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.finding import Apart
from gate.model.git import Clean, NotTried
from gate.model.plan import Candidate, Held, Limits
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gate.model.facts import Facts
    from gate.model.finding import Finding
    from gate.model.git import Merge
    from gate.model.plan import Rehearsal
    from gate.model.policy import Policy

_SET_CODES = ("G401", "G402")
"""Findings about sets of streams that keep them `Apart`; the last stream of the set is held."""


def candidates(facts: Facts, troubles: Mapping[str, Sequence[Finding]]) -> list[Candidate]:
    """Return the judged streams; `troubles` are the findings that block a stream by itself, by its name."""
    return [
        Candidate(
            name=stream.name,
            finished=stream.stream.finished,
            size=len(stream.changes),
            coordinator=stream.owner,
            blocked=_blocked(stream.landed is None, troubles.get(stream.name, ())),
            because=tuple(finding.fingerprint for finding in troubles.get(stream.name, ())),
        )
        for stream in facts.streams
        if stream.stream.judged
    ]


def _blocked(has_no_state: bool, troubles: Sequence[Finding]) -> str:
    if troubles:
        return "; ".join(finding.hint for finding in troubles)
    return "find out why it has no landed state" if has_no_state else ""


def limits(policy: Policy) -> Limits:
    """Return the capacity of one batch that the policy allows."""
    by_coordinator = tuple(
        (coordinator.name, coordinator.capacity)
        for coordinator in policy.coordinators
        if coordinator.capacity is not None
    )
    return Limits(policy.max_parallel, policy.max_coordinators, by_coordinator)


def held_by_rehearsal(rehearsal: Rehearsal, findings: Sequence[Finding]) -> dict[str, Held]:
    """Return, by name, the streams that did not merge at their turn, and those at whose turn a set broke a name."""
    failed = {step.branch: step.merge for step in rehearsal.steps if not isinstance(step.merge, Clean)}
    reasons: dict[str, list[Finding]] = {name: [] for name in failed}
    for finding in findings:
        for constraint in finding.constraints:
            if isinstance(constraint, Apart) and finding.code in _SET_CODES:
                reasons.setdefault(constraint.branches[-1], []).append(finding)
    return {
        name: Held(
            name,
            tuple(finding.fingerprint for finding in because),
            _unblock(name, because, failed.get(name)),
        )
        for name, because in reasons.items()
    }


def _unblock(name: str, because: Sequence[Finding], merge: Merge | None) -> str:
    if isinstance(merge, NotTried):
        return f"make it possible to try its merge: {merge.reason}"
    rivals = dict.fromkeys(branch for finding in because for branch in finding.branches if branch != name)
    return f"rebase it onto the target once {series(tuple(rivals)) or 'the streams before it'} have landed"
