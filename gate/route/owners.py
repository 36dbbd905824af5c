"""Path -> coordinator, with the rule that decided.

Which rule decides (`rules.md` R1):

1. an exception that matches the path as it is;
2. an exception that matches its folded form (`fold`), so that no other spelling of a path escapes;
3. a directory rule that matches the path as it is;
4. a directory rule that matches its folded form;

and among several of them the most specific pattern (`specificity`), or, with `precedence = "last"`, the last
in the file. Rules that are equally specific tie: the first in the file decides, and `gate.config.lint`
reports it.
"""

from __future__ import annotations

from functools import lru_cache

from gate.model.policy import UNOWNED, Policy, Precedence, Route, Rule, RuleKind
from gate.route.folding import fold
from gate.route.index import RuleIndex
from gate.route.patterns import pattern_of, without_newlines

_MOST_PATHS = 1 << 17


@lru_cache(maxsize=_MOST_PATHS)
def owner_of(path: str, policy: Policy) -> Route:
    """Return where a changed path leads; `UNOWNED` when no rule matches.

    The path is git's own, relative to the root, decoded with `surrogateescape`; every character is literal.
    """
    text = without_newlines(path)
    for exact, folded in _indexes(policy):
        if rule := next(exact.matching(text), None):
            return _route(rule, folded=False)
        if rule := next(folded.matching(fold(text)), None):
            return _route(rule, folded=True)
    return UNOWNED


def rules_for(path: str, policy: Policy, *, folded: bool = False) -> tuple[Rule, ...]:
    """Return every rule that matches the path as it is (or its folded form), the one that decides first."""
    text = fold(without_newlines(path)) if folded else without_newlines(path)
    return tuple(rule for indexes in _indexes(policy) for rule in indexes[folded].matching(text))


def covered_by(path: str, policy: Policy) -> tuple[Rule, ...]:
    """Return the rules with paths below this one, concerned when a file, a symlink or a submodule takes its place.

    Letter case and Unicode form are evened out. Exceptions come first, the deciding order within a kind.
    Rules that may match in any directory (`*.py`, `**/secret/*`) are not among them: route the files that
    were there.
    """
    text = fold(without_newlines(path))
    return tuple(rule for _, folded in _indexes(policy) for rule in folded.below(text))


def specificity(rule: Rule) -> tuple[int, int, int, int, int]:
    """Return how closely a rule describes the paths it covers; the greatest decides.

    In this order: how many of its segments hold no wildcard, how many of those lead it, the count of its
    literal characters, of its segments, and of further patterns that must match as well. So a file named in
    full comes before everything, a deeper directory before a higher one, `dir/a*.py` before `dir/*`.
    """
    return (*pattern_of(rule.pattern, rule.recursive).specificity, len(rule.within))


def _route(rule: Rule, *, folded: bool) -> Route:
    owner = rule.coordinator or None
    return Route(owner, rule.kind, rule.pattern, rule.domain, rule.serialized, folded, rule.reason, rule.line)


@lru_cache(maxsize=16)
def _indexes(policy: Policy) -> tuple[tuple[RuleIndex, RuleIndex], ...]:
    """Return (as it is, folded) for exceptions, then for directory rules."""
    indexes = []
    for kind in (RuleKind.EXCEPTION, RuleKind.DIRECTORY):
        rules = _best_first([rule for rule in policy.rules if rule.kind is kind], policy.precedence)
        indexes.append((RuleIndex(rules, folded=False), RuleIndex(rules, folded=True)))
    return tuple(indexes)


def _best_first(rules: list[Rule], precedence: Precedence) -> list[Rule]:
    if precedence is Precedence.LAST:
        return rules[::-1]
    # stable: of rules that tie, the first in the file stays first
    return sorted(rules, key=specificity, reverse=True)
