"""Publishes one analysis: internal values as one `git-gate/report/1`, in fixed order and valid Unicode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, assert_never

import msgspec

from gate.model import report as published
from gate.model.facts import untried_merges
from gate.model.finding import Alone, Apart, Before, Review, Serial, sort_key
from gate.model.git import Clean, Conflicted, NotTried
from gate.model.verdict import PairDecision, StreamDecision, StreamVerdict
from gate.report.text import valid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gate.model.facts import Facts, RoutedChange, StreamFacts
    from gate.model.finding import Constraint, Finding
    from gate.model.git import Merge
    from gate.model.plan import Plan, Rehearsal
    from gate.model.policy import Policy
    from gate.model.verdict import Outcome, Pair

Status = Literal["clean", "conflict", "not_tried"]


def publish(
    facts: Facts,
    findings: Sequence[Finding],
    pairs: Sequence[Pair],
    streams: Sequence[StreamVerdict],
    plan: Plan,
    rehearsal: Rehearsal,
    outcome: Outcome,
    version: str,
) -> published.Report:
    """The report of one analysis. `version` is the tool's own.

    Raises:
        KeyError: a judged stream has no verdict.
    """
    verdicts = {verdict.branch: verdict for verdict in streams}
    report = published.Report(
        schema=published.SCHEMA,
        tool=published.ToolRecord("git-gate", version),
        target=published.TargetRecord(facts.target.ref, facts.target.commit),
        policy=_policy(facts.policy),
        coverage=_coverage(facts),
        streams=[
            _stream(stream, verdicts) for stream in sorted(facts.streams, key=lambda stream: stream.name)
        ],
        findings=[_finding(finding) for finding in sorted(findings, key=sort_key)],
        pairs=_pairs(pairs),
        plan=_plan(plan),
        rehearsal=_rehearsal(rehearsal),
        verdict=outcome.value,
    )
    return msgspec.convert(_valid(msgspec.to_builtins(report)), published.Report)


def _valid(value: Any) -> Any:
    if isinstance(value, str):
        return valid(value)
    if isinstance(value, list):
        return [_valid(item) for item in value]
    if isinstance(value, dict):
        return {key: _valid(item) for key, item in value.items()}
    return value


def _policy(policy: Policy) -> published.PolicySource:
    origin = msgspec.convert(policy.origin, Literal["target", "file", "default"])
    return published.PolicySource(
        path=policy.path, from_=origin, digest=policy.digest, mode=policy.mode.value
    )


def _coverage(facts: Facts) -> published.Coverage:
    count = len(facts.streams)
    merged = sum(not isinstance(pair.merge, NotTried) for pair in facts.pairs)
    gaps = {
        (not gap.required, gap.what, gap.why, gap.hint)
        for gap in (*facts.not_checked, *untried_merges(facts))
    }
    return published.Coverage(
        streams=count,
        pairs=count * (count - 1) // 2,
        pairs_merged=merged,
        not_checked=[
            published.NotCheckedRecord(what, why, required=not optional, hint=hint)
            for optional, what, why, hint in sorted(gaps)
        ],
    )


def _stream(facts: StreamFacts, verdicts: dict[str, StreamVerdict]) -> published.StreamRecord:
    stream = facts.stream
    verdict = verdicts[facts.name] if stream.judged else verdicts.get(facts.name, _compared(facts.name))
    return published.StreamRecord(
        name=stream.name,
        ref=stream.ref,
        tip=stream.tip,
        merge_base=stream.merge_base,
        coordinator=facts.owner,
        declared=bool(facts.declared_by),
        uncommitted=stream.uncommitted,
        judged=stream.judged,
        decision=verdict.decision.value,
        why=verdict.why,
        review_by=list(verdict.review_by),
        landing=_landing(facts.landing),
        changes=[_change(routed) for routed in sorted(facts.changes, key=lambda routed: routed.change.paths)],
    )


def _compared(name: str) -> StreamVerdict:
    return StreamVerdict(name, StreamDecision.LAND, why="only compared with, not judged")


def _landing(merge: Merge) -> published.LandingRecord:
    conflicts = sorted(merge.paths) if isinstance(merge, Conflicted) else []
    return published.LandingRecord(_status(merge), _tree(merge), conflicts)


def _change(routed: RoutedChange) -> published.ChangeRecord:
    change, route = routed.change, routed.route
    rule = published.RuleRecord(route.kind.value, route.pattern)
    return published.ChangeRecord(change.path, change.old_path, change.kind.value, route.owner, rule)


def _finding(finding: Finding) -> published.FindingRecord:
    return published.FindingRecord(
        code=finding.code,
        name=finding.name,
        kind=finding.kind,
        severity=finding.severity.value,
        confidence=finding.confidence.value,
        branches=list(finding.branches),
        message=finding.message,
        locations=[
            published.LocationRecord(place.branch, place.path, place.line, place.end_line)
            for place in finding.locations
        ],
        hint=finding.hint,
        constraints=[_constraint(constraint) for constraint in finding.constraints],
        evidence=[
            published.EvidenceRecord(
                evidence.title, evidence.branch, evidence.path, evidence.line, evidence.text
            )
            for evidence in finding.evidence
        ],
        fingerprint=finding.fingerprint,
        waived=published.WaivedRecord(finding.waived.reason, finding.waived.expires)
        if finding.waived
        else None,
        against=published.AgainstRecord(finding.against.ref, finding.against.commit, finding.against.subject)
        if finding.against
        else None,
    )


def _constraint(constraint: Constraint) -> published.ConstraintRecord:
    match constraint:
        case Before(first, then):
            return published.ConstraintRecord("before", [first, then], [])
        case Apart(branches):
            return published.ConstraintRecord("apart", list(branches), [])
        case Serial(branches):
            return published.ConstraintRecord("serial", list(branches), [])
        case Alone(branch):
            return published.ConstraintRecord("alone", [branch], [])
        case Review(branch, by):
            return published.ConstraintRecord("review", [branch], list(by))
    assert_never(constraint)


def _pairs(pairs: Iterable[Pair]) -> list[published.PairRecord]:
    tied = (pair for pair in pairs if pair.decision is not PairDecision.PARALLEL)
    rows = [
        {
            "branches": (pair.first, pair.second),
            "decision": pair.decision.value,
            "order": pair.order,
            "merge": pair.merge,
            "reasons": pair.reasons,
            "path": pair.path,
        }
        for pair in sorted(tied, key=lambda pair: (pair.first, pair.second))
    ]
    return msgspec.convert(rows, list[published.PairRecord])


def _plan(plan: Plan) -> published.PlanRecord:
    held = sorted(plan.held, key=lambda held_stream: held_stream.branch)
    handoffs = sorted(plan.handoffs, key=lambda handoff: (handoff.consumer, handoff.producer))
    return published.PlanRecord(
        order=list(plan.order),
        batches=[list(batch) for batch in plan.batches],
        held=[
            published.HeldRecord(held_stream.branch, list(held_stream.because), held_stream.unblock)
            for held_stream in held
        ],
        critical_path=list(plan.critical_path),
        handoffs=[
            published.HandoffRecord(handoff.consumer, handoff.producer, list(handoff.needs))
            for handoff in handoffs
        ],
    )


def _rehearsal(rehearsal: Rehearsal) -> published.RehearsalRecord:
    steps = [
        published.StepRecord(step.branch, _status(step.merge), _tree(step.merge)) for step in rehearsal.steps
    ]
    return published.RehearsalRecord(rehearsal.tree, steps)


def _status(merge: Merge) -> Status:
    match merge:
        case Clean():
            return "clean"
        case Conflicted():
            return "conflict"
        case NotTried():
            return "not_tried"
    assert_never(merge)


def _tree(merge: Merge) -> str | None:
    """The tree of a clean merge; one that holds conflict markers is no state to compare anything with."""
    return merge.tree if isinstance(merge, Clean) else None
