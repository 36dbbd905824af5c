"""Faults of a policy that can be read: ties, rules that never decide, coordinators without people, unowned paths. Pure.

`rules.md` R1 asks for the ties, the rules that can never match and the paths without an owner.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

from gate import route
from gate.model.finding import Severity
from gate.model.policy import LintFinding, Policy, Precedence, Rule, RuleKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

_EXAMPLES = 3


def lint(policy: Policy, paths: Collection[str], *, today: date) -> tuple[LintFinding, ...]:
    """Return everything to look at in a policy, the gravest first and then in the order of the file.

    `paths` are all files of the target; without any, nothing is said about which rules match.
    """
    findings = [
        *_twice(policy),
        *_stream_ties(policy),
        *_people(policy),
        *_expired(policy, today),
        *(_against_paths(policy, paths) if paths else ()),
    ]
    return tuple(sorted(findings, key=_rank))


def _rank(finding: LintFinding) -> tuple[int, int, str, str]:
    return -finding.severity.rank, finding.line or 0, finding.name, finding.message


# Rules against one another


def _twice(policy: Policy) -> Iterator[LintFinding]:
    """Yield patterns that two rules of one kind share."""
    same: dict[object, list[Rule]] = defaultdict(list)
    for rule in policy.rules:
        same[rule.kind, rule.pattern, rule.recursive, rule.within].append(rule)
    for rules in same.values():
        for earlier, later in pairwise(rules):
            yield _pattern_twice(earlier, later, policy.precedence)


def _pattern_twice(earlier: Rule, later: Rule, precedence: Precedence) -> LintFinding:
    what = f"{_called(later)} is in the policy twice, at {_line(earlier)} too"
    if _alike(earlier, later):
        return LintFinding("duplicate", Severity.NOTE, what, "remove one of them", later.line)
    if precedence is Precedence.LAST:
        return LintFinding(
            "shadowed-rule", Severity.WARNING, what, "the earlier one never decides", earlier.line
        )
    hint = f"keep one: as it is, {_named(earlier)} decides because it comes first"
    return LintFinding("tie", Severity.ERROR, f"{what}, for {_named(earlier)}", hint, later.line)


def _alike(left: Rule, right: Rule) -> bool:
    return (left.coordinator, left.serialized) == (right.coordinator, right.serialized)


def _against_paths(policy: Policy, paths: Collection[str]) -> Iterator[LintFinding]:
    """Yield what shows only when the rules meet the files that are there."""
    ranked = {path: route.rules_for(path, policy) for path in sorted(paths)}
    yield from _ties(policy, ranked)
    yield from _idle_rules(policy, ranked)
    yield from _unowned([path for path, rules in ranked.items() if not rules])


def _ties(policy: Policy, ranked: dict[str, tuple[Rule, ...]]) -> Iterator[LintFinding]:
    """Yield rules that claim one path equally; the first path of each pair is the example."""
    if policy.precedence is Precedence.LAST:
        return
    seen: dict[tuple[Rule, Rule], list[str]] = defaultdict(list)
    for path, rules in ranked.items():
        for rival in rules[1:]:
            if rival.kind is not rules[0].kind or route.specificity(rival) != route.specificity(rules[0]):
                break
            if not _alike(rules[0], rival) and rules[0].pattern != rival.pattern:
                seen[rules[0], rival].append(path)
    for (first, rival), tied in seen.items():
        both = f"{_called(first)} ({_named(first)}) and {_called(rival)} ({_named(rival)})"
        hint = f"make one of them more specific: as it is, {_named(first)} decides because it comes first"
        yield LintFinding("tie", Severity.ERROR, f"{both} equally claim {_examples(tied)}", hint, rival.line)


def _idle_rules(policy: Policy, ranked: dict[str, tuple[Rule, ...]]) -> Iterator[LintFinding]:
    """Yield rules that match nothing, or only what another rule decides."""
    matched = {rule for rules in ranked.values() for rule in rules}
    deciding = {rules[0] for rules in ranked.values() if rules}
    respelled = {} if matched.issuperset(policy.rules) else _respelled(policy, ranked)
    for rule in policy.rules:
        if rule not in matched:
            yield _dead(rule, respelled.get(rule))
        elif rule not in deciding:
            yield _shadowed(rule, ranked)


def _respelled(policy: Policy, paths: Iterable[str]) -> dict[Rule, str]:
    """Return the first path each rule would match if letter case and Unicode form did not count."""
    examples: dict[Rule, str] = {}
    for path in paths:
        for rule in route.rules_for(path, policy, folded=True):
            examples.setdefault(rule, path)
    return examples


def _dead(rule: Rule, alike: str | None) -> LintFinding:
    hint = "correct the pattern or remove it"
    if alike is not None:
        hint = f"`{alike}` differs only in letter case or Unicode form"
    return LintFinding("dead-rule", Severity.WARNING, f"{_called(rule)} matches no file", hint, rule.line)


def _shadowed(rule: Rule, ranked: dict[str, tuple[Rule, ...]]) -> LintFinding:
    winners = Counter(rules[0] for rules in ranked.values() if rule in rules)
    winner = max(winners, key=lambda rule: (winners[rule], -(rule.line or 0)))
    more = f" and {len(winners) - 1} more" if len(winners) > 1 else ""
    what = f"{_called(rule)} never decides: {_called(winner)} ({_line(winner)}){more} always comes before it"
    return LintFinding("shadowed-rule", Severity.WARNING, what, "remove one of them", rule.line)


def _unowned(paths: list[str]) -> Iterator[LintFinding]:
    """Yield the paths no rule matches, by their top folder."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        folder, slash, _ = path.partition("/")
        folders[f"{folder}/" if slash else ""].append(path)
    for folder, folder_paths in folders.items():
        where = f"under {folder}" if folder else "at the top"
        verb = "has" if len(folder_paths) == 1 else "have"
        what = f"{_count(folder_paths)} {where} {verb} no owner: {_examples(folder_paths)}"
        pattern = f"{folder or '/'}*"
        hint = f'add [[domains]] with paths = ["{pattern}"]'
        yield LintFinding("unowned", Severity.WARNING, what, hint)


# Streams, people, dates


def _stream_ties(policy: Policy) -> Iterator[LintFinding]:
    patterns = [
        (pattern, coordinator.name) for coordinator in policy.coordinators for pattern in coordinator.streams
    ]
    for (pattern, name), (other_pattern, other_name) in combinations(patterns, 2):
        equal = route.stream_specificity(pattern) == route.stream_specificity(other_pattern)
        if name != other_name and equal and _may_meet(pattern, other_pattern):
            what = f"streams `{pattern}` of {name} and `{other_pattern}` of {other_name} can claim one branch equally"
            hint = "make one of them more specific; until then such a branch counts as undeclared"
            yield LintFinding("stream-tie", Severity.WARNING, what, hint)


def _may_meet(first: str, second: str) -> bool:
    """Return whether some name matches both globs; sets of characters count as any character."""
    left, right = (re.findall(r"\[[!^]?\]?[^\]]*\]|.", glob, re.DOTALL) for glob in (first, second))
    meets: dict[
        tuple[int, int], bool
    ] = {}  # the rest of `left` from here with the rest of `right` from there
    for at, to in product(range(len(left), -1, -1), range(len(right), -1, -1)):
        if at == len(left) or to == len(right):
            meets[at, to] = all(piece == "*" for piece in (*left[at:], *right[to:]))
        elif "*" in (left[at], right[to]):
            meets[at, to] = meets[at + 1, to] or meets[at, to + 1]
        else:
            meets[at, to] = _same_character(left[at], right[to]) and meets[at + 1, to + 1]
    return meets[0, 0]


def _same_character(left: str, right: str) -> bool:
    return left == right or "?" in (left, right) or len(left) > 1 or len(right) > 1


def _people(policy: Policy) -> Iterator[LintFinding]:
    """Yield coordinators that answer for nothing, or that have no reviewers."""
    busy = {rule.coordinator for rule in policy.rules} | {policy.owner}
    busy |= {name for point in policy.points for name in point.requires}
    for coordinator in policy.coordinators:
        if coordinator.name not in busy:
            hint = "give it a domain, or remove it"
            yield LintFinding(
                "idle-coordinator", Severity.WARNING, f"{coordinator.name} answers for nothing", hint
            )
        if not coordinator.reviewers:
            hint = f"add `reviewers` to [coordinators.{coordinator.name}]"
            yield LintFinding(
                "no-reviewers", Severity.NOTE, f"{coordinator.name} has no reviewers to ask", hint
            )
    if policy.routes and not policy.owner:
        what = "nobody is named to look at changes of the policy itself"
        yield LintFinding("no-owner", Severity.NOTE, what, 'add `owner = "COORDINATOR"`')


def _expired(policy: Policy, today: date) -> Iterator[LintFinding]:
    for waiver in policy.waivers:
        if waiver.expires and waiver.expires < today:
            what = f"the waiver of {waiver.check} ({waiver.reason}) expired on {waiver.expires.isoformat()}"
            hint = "remove it, or set a new date"
            yield LintFinding("expired-waiver", Severity.WARNING, what, hint, waiver.line)


# Words


def _called(rule: Rule) -> str:
    kind = "exception" if rule.kind is RuleKind.EXCEPTION else "domain"
    return f"{kind} `{rule.pattern}`"


def _named(rule: Rule) -> str:
    return rule.coordinator or "nobody"


def _line(rule: Rule) -> str:
    return f"line {rule.line}" if rule.line else "an unknown line"


def _count(paths: list[str]) -> str:
    return f"{len(paths)} file" + ("" if len(paths) == 1 else "s")


def _examples(paths: list[str]) -> str:
    shown = ", ".join(f"`{path}`" for path in paths[:_EXAMPLES])
    return shown + (f" and {len(paths) - _EXAMPLES} more" if len(paths) > _EXAMPLES else "")
