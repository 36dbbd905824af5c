"""From findings to decisions: for every pair (R2), for every stream, and as a whole. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from gate import route
from gate.model.check import Level
from gate.model.finding import Alone, Apart, Before, Review, Serial, Severity, Waived
from gate.model.git import Clean, Conflicted
from gate.model.verdict import Outcome, Pair, PairDecision, StreamDecision, StreamVerdict
from gate.model.words import counted, series

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from datetime import date

    from gate.model.check import Check
    from gate.model.facts import Facts, PairFacts, StreamFacts
    from gate.model.finding import Constraint, Finding
    from gate.model.plan import Held, Plan
    from gate.model.policy import Policy, Waiver

NOT_CHECKED = "G002"


def of_stage(checks: Iterable[Check], *, after_plan: bool) -> tuple[Check, ...]:
    """Return the checks to ask before the plan, or those to ask after its rehearsal.

    What could not be checked is asked both times: the rehearsal can add to it.
    """
    return tuple(
        check for check in checks if (check.level is Level.SET) is after_plan or check.code == NOT_CHECKED
    )


def union(findings: Sequence[Finding], more: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings with those of `more` that are not among them."""
    fingerprints = {finding.fingerprint for finding in findings}
    return (*findings, *(finding for finding in more if finding.fingerprint not in fingerprints))


def weigh(
    findings: Iterable[Finding],
    policy: Policy,
    today: date,
    *,
    named: Container[str] = (),
    refs: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """Return the findings with the policy's severities and waivers applied, without those that it turns off.

    `named` are the codes selected by name: the policy cannot turn these off. `refs` are the full refs of the
    streams, by name, so that a waiver for `agent/a` holds for `origin/agent/a` as well.
    """
    return tuple(
        replace(finding, waived=_waiver_of(finding, policy.waivers, today, refs or {}))
        for finding in (_with_policy_severity(finding, policy.severities, named) for finding in findings)
        if finding is not None
    )


def _with_policy_severity(
    finding: Finding, severities: Mapping[str, str], named: Container[str]
) -> Finding | None:
    """Return the finding with the severity of the longest prefix of its code, None when that turns it off."""
    prefix = max((code for code in severities if finding.code.startswith(code)), key=len, default=None)
    if prefix is None:
        return finding
    severity = severities[prefix]
    if severity == "off":
        return finding if finding.code in named else None
    return finding.with_severity(Severity(severity))


def _waiver_of(
    finding: Finding, waivers: Iterable[Waiver], today: date, refs: Mapping[str, str]
) -> Waived | None:
    """Return the first waiver that covers the finding and has not expired."""
    for waiver in waivers:
        if waiver.expires is not None and waiver.expires < today:
            continue
        if finding.code.startswith(waiver.check) and _covers(waiver, finding, refs):
            return Waived(waiver.reason, waiver.expires.isoformat() if waiver.expires else "")
    return None


def _covers(waiver: Waiver, finding: Finding, refs: Mapping[str, str]) -> bool:
    """Whether every place and every stream of the finding is within the waiver: one file waives no further file."""
    paths = {location.path for location in finding.locations}
    if waiver.paths and not (paths and all(route.matches(path, waiver.paths) for path in paths)):
        return False
    return not waiver.streams or all(
        route.stream_matches(name, refs.get(name) or name, waiver.streams) for name in finding.branches
    )


def constraints(findings: Iterable[Finding]) -> tuple[tuple[Constraint, str], ...]:
    """Return the constraints of the findings, each with its finding's fingerprint.

    A waived finding keeps its constraints, except reviews: a waiver says that people know, not that git can merge it.
    """
    return tuple(
        (constraint, finding.fingerprint)
        for finding in findings
        for constraint in finding.constraints
        if finding.waived is None or not isinstance(constraint, Review)
    )


def blocks(finding: Finding, fail_on: str) -> bool:
    """Return whether this finding alone blocks. One of code G002 makes the outcome unknown instead."""
    if fail_on == "never" or finding.waived is not None or finding.code == NOT_CHECKED:
        return False
    return finding.severity.rank >= Severity(fail_on).rank


def outcome(findings: Sequence[Finding], fail_on: str = "error") -> Outcome:
    """Return the outcome of the whole: a block comes before an unknown, that before a missing review."""
    if any(blocks(finding, fail_on) for finding in findings):
        return Outcome.BLOCK
    live = [finding for finding in findings if finding.waived is None]
    if any(finding.code == NOT_CHECKED for finding in live):
        return Outcome.UNKNOWN
    if any(isinstance(constraint, Review) for finding in live for constraint in finding.constraints):
        return Outcome.REVIEW
    return Outcome.PASS


def single_stream_errors(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    """Return the errors that a stream has by itself, by stream: they keep it from landing whatever the others do."""
    errors: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if len(finding.branches) == 1 and finding.severity is Severity.ERROR and finding.waived is None:
            errors[finding.branches[0]].append(finding)
    return {name: tuple(own_errors) for name, own_errors in errors.items()}


def streams(facts: Facts, findings: Sequence[Finding], plan: Plan) -> tuple[StreamVerdict, ...]:
    """Return the verdict on each judged stream: what happens to it, who must look at it, and why."""
    reviews: dict[str, set[str]] = defaultdict(set)
    for constraint, _ in constraints(findings):
        if isinstance(constraint, Review):
            reviews[constraint.branch].update(constraint.by or ("",))
    held = {stream.branch: stream for stream in plan.held}
    return tuple(
        _stream_verdict(stream, held.get(stream.name), reviews.get(stream.name))
        for stream in facts.streams
        if stream.stream.judged
    )


def _stream_verdict(stream: StreamFacts, held: Held | None, reviewers: set[str] | None) -> StreamVerdict:
    """`reviewers` is None when no finding asks for a review; "" in it is a person with the right to decide."""
    by = tuple(sorted(filter(None, reviewers or ())))
    if held is not None:
        decision = StreamDecision.BLOCK if held.blocked else StreamDecision.HOLD
        return StreamVerdict(stream.name, decision, by, held.unblock)
    if reviewers is not None:
        why = f"{series(by)} must look at it" if by else "a person must look at it"
        return StreamVerdict(stream.name, StreamDecision.REVIEW, by, why)
    why = "nothing stands in its way" if stream.changes else "it changes nothing on the target"
    return StreamVerdict(stream.name, StreamDecision.LAND, (), why)


def pairs(facts: Facts, findings: Sequence[Finding], plan: Plan) -> tuple[Pair, ...]:
    """Return R2 for every pair about which there is anything to say, sorted; all others are parallel.

    The order of a pair is that of its dependency, else that of the plan.
    """
    merged = {(pair.first, pair.second): pair for pair in facts.pairs}
    constraints_of = _constraints_by_pair(findings, sorted(stream.name for stream in facts.streams))
    before = _closure(constraints_of)
    keys = sorted({*merged, *constraints_of, *(_key(*pair) for pair in before)})
    position = {name: at for at, name in enumerate((*plan.order, *(held.branch for held in plan.held)))}
    return tuple(_pair(key, merged.get(key), constraints_of.get(key, ()), before, position) for key in keys)


def _key(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)


PairConstraints = tuple[tuple["Constraint", str], ...]
"""The constraints on one pair, each with the code of its finding."""


def _constraints_by_pair(
    findings: Sequence[Finding], names: Sequence[str]
) -> dict[tuple[str, str], PairConstraints]:
    by_pair: dict[tuple[str, str], list[tuple[Constraint, str]]] = defaultdict(list)
    for finding in findings:
        for constraint in finding.constraints:
            for pair in _pairs_of(constraint, names):
                by_pair[_key(*pair)].append((constraint, finding.code))
    return {key: tuple(constrained) for key, constrained in by_pair.items()}


def _pairs_of(constraint: Constraint, names: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Return the pairs a constraint is about. Of three or more that only together cannot land, any two can."""
    match constraint:
        case Before(first, then):
            return [(first, then)]
        case Apart(branches) if len(branches) == 2:
            return [(branches[0], branches[1])]
        case Serial(branches):
            return combinations(branches, 2)
        case Alone(branch):
            return [(branch, name) for name in names if name != branch]
    return []


def _closure(constraints_of: Mapping[tuple[str, str], PairConstraints]) -> set[tuple[str, str]]:
    """Return (first, then) for everything that follows from the `Before` constraints."""
    after: dict[str, set[str]] = defaultdict(set)
    for constraint in (constraint for on_pair in constraints_of.values() for constraint, _ in on_pair):
        if isinstance(constraint, Before):
            after[constraint.first].add(constraint.then)
    closure = set()
    for first in list(after):
        queue, seen = list(after[first]), set()
        while queue:
            then = queue.pop()
            if then not in seen:
                seen.add(then)
                queue += after.get(then, ())
        closure |= {(first, then) for then in seen if then != first}
    return closure


def _pair(
    key: tuple[str, str],
    merged: PairFacts | None,
    on_pair: PairConstraints,
    before: set[tuple[str, str]],
    position: Mapping[str, int],
) -> Pair:
    decision, path = _decide(key, merged, on_pair, before)
    order: tuple[str, ...] = ()
    if decision is not PairDecision.PARALLEL:
        dependencies = [pair for pair in (key, key[::-1]) if pair in before]
        planned = tuple(sorted(key, key=lambda name: (position.get(name, len(position)), name)))
        order = dependencies[0] if len(dependencies) == 1 else planned
    reasons = tuple(sorted({code for _, code in on_pair}))
    return Pair(*key, decision, _merge_word(merged), order, reasons, path)


def _decide(
    key: tuple[str, str], merged: PairFacts | None, on_pair: PairConstraints, before: set[tuple[str, str]]
) -> tuple[PairDecision, tuple[str, ...]]:
    """Return the decision and its path: the four steps of R2 in order, up to the first that decides."""
    path = [_same_file(merged)]
    if merged is not None and not isinstance(merged.merge, Clean):
        return PairDecision.SERIALIZE, (*path, "one at a time")
    points = sorted({code for constraint, code in on_pair if isinstance(constraint, Alone)})
    path.append(f"integration point: {', '.join(points)}" if points else "integration point: none touched")
    if points:
        return PairDecision.CONVERGE, (*path, "everyone converges there")
    needs = _dependency(key, on_pair, before)
    path.append(f"dependency: {needs or 'none'}")
    if needs:
        return PairDecision.SERIALIZE, (*path, "one at a time")
    return PairDecision.PARALLEL, (*path, "side by side")


def _same_file(merged: PairFacts | None) -> str:
    if merged is None:
        return "same file: no"
    shared = f"{counted(len(merged.shared), 'path')} ({series(merged.shared)})" if merged.shared else "no"
    match merged.merge:
        case Conflicted(paths=paths):
            return f"same file: {shared}; the real merge conflicts in {series(paths) or 'a way git gives no path for'}"
        case Clean():
            return f"same file: {shared}; the real merge is clean"
    return f"same file: {shared}; the real merge could not be tried"


def _dependency(key: tuple[str, str], on_pair: PairConstraints, before: set[tuple[str, str]]) -> str:
    """Return the third step: which stream needs which, directly or by way of others, else what both write."""
    dependencies = [pair for pair in (key, key[::-1]) if pair in before]
    if dependencies:
        codes = sorted({code for constraint, code in on_pair if isinstance(constraint, Before)})
        needs = " and ".join(f"{first} before {then}" for first, then in dependencies)
        return f"{needs} ({', '.join(codes) or 'by way of others'})"
    writes = sorted({code for constraint, code in on_pair if isinstance(constraint, Serial | Apart)})
    return f"write-write ({', '.join(writes)})" if writes else ""


def _merge_word(merged: PairFacts | None) -> str:
    if merged is None:
        return "not_needed"
    match merged.merge:
        case Clean():
            return "clean"
        case Conflicted():
            return "conflict"
    return "not_tried"
