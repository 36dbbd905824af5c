"""Findings to decisions: for every pair (R2), for every stream, and as a whole. Pure."""

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
    from gate.model.facts import Facts, PairFacts
    from gate.model.finding import Constraint, Finding
    from gate.model.plan import Plan
    from gate.model.policy import Policy, Waiver

NOT_CHECKED = "G002"


def of_stage(checks: Iterable[Check], *, after_plan: bool) -> tuple[Check, ...]:
    """Return the checks to ask before the plan, or those to ask after its rehearsal.

    What could not be checked is asked both times: the rehearsal can add to it.
    """
    return tuple(
        check for check in checks if (check.level is Level.SET) is after_plan or check.code == NOT_CHECKED
    )


def merged(findings: Sequence[Finding], more: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings with those of `more` that are not among them."""
    known = {finding.fingerprint for finding in findings}
    return (*findings, *(finding for finding in more if finding.fingerprint not in known))


def weigh(
    findings: Iterable[Finding],
    policy: Policy,
    today: date,
    *,
    named: Container[str] = (),
    refs: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """The findings with the policy's severities and waivers applied; those it turns off are gone.

    `named` are codes that were asked for by name: the policy cannot turn these off. `refs` are the full names of the
    streams, so that a waiver for `agent/a` holds for `origin/agent/a` as well.
    """
    return tuple(
        replace(finding, waived=_waived(finding, policy.waivers, today, refs or {}))
        for finding in (_severe(finding, policy.severities, named) for finding in findings)
        if finding is not None
    )


def _severe(finding: Finding, severities: Mapping[str, str], named: Container[str]) -> Finding | None:
    prefix = max((code for code in severities if finding.code.startswith(code)), key=len, default=None)
    if prefix is None:
        return finding
    wanted = severities[prefix]
    if wanted == "off":
        return finding if finding.code in named else None
    return finding.with_severity(Severity(wanted))


def _waived(
    finding: Finding, waivers: Iterable[Waiver], today: date, refs: Mapping[str, str]
) -> Waived | None:
    for waiver in waivers:
        if waiver.expires is not None and waiver.expires < today:
            continue
        if finding.code.startswith(waiver.check) and _covers(waiver, finding, refs):
            return Waived(waiver.reason, waiver.expires.isoformat() if waiver.expires else "")
    return None


def _covers(waiver: Waiver, finding: Finding, refs: Mapping[str, str]) -> bool:
    """Every place and every stream of the finding must be within the waiver: a waiver for one file waives no other."""
    paths = {location.path for location in finding.locations}
    if waiver.paths and not (paths and all(route.matches(path, waiver.paths) for path in paths)):
        return False
    return not waiver.streams or all(
        route.stream_matches(name, refs.get(name) or name, waiver.streams) for name in finding.branches
    )


def constraints(findings: Iterable[Finding]) -> tuple[tuple[Constraint, str], ...]:
    """What the findings ask of the order, each with its finding's fingerprint.

    A waived finding's constraints stay: a waiver says that people know, not that git can merge it. Only its reviews go.
    """
    return tuple(
        (constraint, finding.fingerprint)
        for finding in findings
        for constraint in finding.constraints
        if finding.waived is None or not isinstance(constraint, Review)
    )


def blocks(finding: Finding, fail_on: str) -> bool:
    """Whether this finding alone fails the run. What was not checked makes it unknown instead."""
    if fail_on == "never" or finding.waived is not None or finding.code == NOT_CHECKED:
        return False
    return finding.severity.rank >= Severity(fail_on).rank


def outcome(findings: Sequence[Finding], fail_on: str = "error") -> Outcome:
    """The whole: a certain no weighs more than something unknown, that more than a review that is missing."""
    if any(blocks(finding, fail_on) for finding in findings):
        return Outcome.BLOCK
    live = [finding for finding in findings if finding.waived is None]
    if any(finding.code == NOT_CHECKED for finding in live):
        return Outcome.UNKNOWN
    if any(isinstance(constraint, Review) for finding in live for constraint in finding.constraints):
        return Outcome.REVIEW
    return Outcome.PASS


def single_stream_errors(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    """Errors a stream has by itself, whatever the others do: they keep it from landing."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if len(finding.branches) == 1 and finding.severity is Severity.ERROR and finding.waived is None:
            found[finding.branches[0]].append(finding)
    return {name: tuple(troubles) for name, troubles in found.items()}


def streams(facts: Facts, findings: Sequence[Finding], plan: Plan) -> tuple[StreamVerdict, ...]:
    """What happens to each stream that is judged now, who must look at it, and why."""
    reviews: dict[str, set[str]] = defaultdict(set)
    for constraint, _ in constraints(findings):
        if isinstance(constraint, Review):
            reviews[constraint.branch].update(constraint.by or ("",))
    held = {one.branch: one for one in plan.held}
    verdicts = []
    for one in facts.streams:
        if not one.stream.judged:
            continue
        by = tuple(sorted(filter(None, reviews.get(one.name, ()))))
        if one.name in held:
            decision = StreamDecision.BLOCK if held[one.name].blocked else StreamDecision.HOLD
            verdicts.append(StreamVerdict(one.name, decision, by, held[one.name].unblock))
        elif one.name in reviews:
            why = f"{series(by)} must look at it" if by else "a person must look at it"
            verdicts.append(StreamVerdict(one.name, StreamDecision.REVIEW, by, why))
        else:
            why = "nothing stands in its way" if one.changes else "it changes nothing on the target"
            verdicts.append(StreamVerdict(one.name, StreamDecision.LAND, (), why))
    return tuple(verdicts)


def pairs(facts: Facts, findings: Sequence[Finding], plan: Plan) -> tuple[Pair, ...]:
    """R2 for every pair about which there is anything to say; all others are parallel.

    The order of a pair is that of its dependency, else that of the plan.
    """
    merged = {(pair.first, pair.second): pair for pair in facts.pairs}
    asked = _asked(findings, sorted(one.name for one in facts.streams))
    before = _closed(asked)
    wanted = sorted({*merged, *asked, *(_key(*pair) for pair in before)})
    position = {name: at for at, name in enumerate((*plan.order, *(one.branch for one in plan.held)))}
    return tuple(_pair(key, merged.get(key), asked.get(key, ()), before, position) for key in wanted)


def _key(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


Asked = tuple[tuple["Constraint", str], ...]
"""What findings ask of one pair, with their codes."""


def _asked(findings: Sequence[Finding], names: Sequence[str]) -> dict[tuple[str, str], Asked]:
    found: dict[tuple[str, str], list[tuple[Constraint, str]]] = defaultdict(list)
    for finding in findings:
        for constraint in finding.constraints:
            for pair in _between(constraint, names):
                found[_key(*pair)].append((constraint, finding.code))
    return {key: tuple(asked) for key, asked in found.items()}


def _between(constraint: Constraint, names: Sequence[str]) -> Iterable[tuple[str, str]]:
    """The pairs a constraint is about. Of three or more that only together cannot land, any two can."""
    match constraint:
        case Before(first, then):
            return [(first, then)]
        case Apart(branches) if len(branches) == 2:
            return [(branches[0], branches[1])]
        case Serial(branches):
            return combinations(branches, 2)
        case Alone(branch):
            return [(branch, other) for other in names if other != branch]
    return []


def _closed(asked: Mapping[tuple[str, str], Asked]) -> set[tuple[str, str]]:
    """Everything that follows from the `Before` there are: (first, then)."""
    after: dict[str, set[str]] = defaultdict(set)
    for constraint in (one for together in asked.values() for one, _ in together):
        if isinstance(constraint, Before):
            after[constraint.first].add(constraint.then)
    found = set()
    for first in list(after):
        queue, seen = list(after[first]), set()
        while queue:
            then = queue.pop()
            if then not in seen:
                seen.add(then)
                queue += after.get(then, ())
        found |= {(first, then) for then in seen if then != first}
    return found


def _pair(
    key: tuple[str, str],
    merged: PairFacts | None,
    asked: Asked,
    before: set[tuple[str, str]],
    position: Mapping[str, int],
) -> Pair:
    decision, path = _decide(key, merged, asked, before)
    order: tuple[str, ...] = ()
    if decision is not PairDecision.PARALLEL:
        given = [pair for pair in (key, key[::-1]) if pair in before]
        planned = tuple(sorted(key, key=lambda name: (position.get(name, len(position)), name)))
        order = given[0] if len(given) == 1 else planned
    reasons = tuple(sorted({code for _, code in asked}))
    return Pair(*key, decision, _merge_word(merged), order, reasons, path)


def _decide(
    key: tuple[str, str], merged: PairFacts | None, asked: Asked, before: set[tuple[str, str]]
) -> tuple[PairDecision, tuple[str, ...]]:
    """The four steps of R2, in order; the first that decides ends it."""
    path = [_same_file(merged)]
    if merged is not None and not isinstance(merged.merge, Clean):
        return PairDecision.SERIALIZE, (*path, "one at a time")
    points = sorted({code for constraint, code in asked if isinstance(constraint, Alone)})
    path.append(f"integration point: {', '.join(points)}" if points else "integration point: none touched")
    if points:
        return PairDecision.CONVERGE, (*path, "everyone converges there")
    needs = _dependency(key, asked, before)
    path.append(f"dependency: {needs or 'none'}")
    if needs:
        return PairDecision.SERIALIZE, (*path, "one at a time")
    return PairDecision.PARALLEL, (*path, "side by side")


def _same_file(merged: PairFacts | None) -> str:
    if merged is None:
        return "same file: no"
    what = f"{counted(len(merged.shared), 'path')} ({series(merged.shared)})" if merged.shared else "no"
    match merged.merge:
        case Conflicted(paths=paths):
            return f"same file: {what}; the real merge conflicts in {series(paths) or 'a way git gives no path for'}"
        case Clean():
            return f"same file: {what}; the real merge is clean"
    return f"same file: {what}; the real merge could not be tried"


def _dependency(key: tuple[str, str], asked: Asked, before: set[tuple[str, str]]) -> str:
    """The third step: who needs whom, directly or by way of others; else what both write."""
    given = [pair for pair in (key, key[::-1]) if pair in before]
    if given:
        codes = sorted({code for constraint, code in asked if isinstance(constraint, Before)})
        needs = " and ".join(f"{first} before {then}" for first, then in given)
        return f"{needs} ({', '.join(codes) or 'by way of others'})"
    writes = sorted({code for constraint, code in asked if isinstance(constraint, Serial | Apart)})
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
