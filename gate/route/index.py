"""Looking a path up in many rules without trying each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.route.patterns import pattern_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.policy import Rule
    from gate.route.patterns import Pattern


class RuleIndex:
    """Rules of one kind in one form, best first.

    A rule is looked up by the literal path it begins with, or else by its landmark; only rules that have neither
    are tried on every path.
    """

    def __init__(self, rules: list[Rule], *, folded: bool) -> None:
        self._entries = [(rule, self._patterns(rule, folded)) for rule in rules]
        self._by_prefix: dict[str, list[int]] = {}
        self._by_landmark: dict[str, list[int]] = {}
        self._above: dict[str, list[int]] = {}
        self._wild: list[int] = []
        for rank, (_, patterns) in enumerate(self._entries):
            self._add(rank, patterns[0])

    @staticmethod
    def _patterns(rule: Rule, folded: bool) -> tuple[Pattern, ...]:
        return tuple(pattern_of(text, rule.recursive, folded) for text in (rule.pattern, *rule.within))

    def _add(self, rank: int, pattern: Pattern) -> None:
        if pattern.prefix or not pattern.landmark:
            self._by_prefix.setdefault(pattern.prefix, []).append(rank)
        else:
            self._by_landmark.setdefault(pattern.landmark, []).append(rank)
        for above in _with_parents(pattern.prefix):
            self._above.setdefault(above, []).append(rank)
        if len(pattern.segments) > pattern.prefix.count("/") + bool(pattern.prefix):
            self._wild.append(rank)

    def matching(self, path: str) -> Iterator[Rule]:
        """Yield the rules that cover the path, best first."""
        ranks = [rank for prefix in ("", *_with_parents(path)) for rank in self._by_prefix.get(prefix, ())]
        if self._by_landmark:
            ranks += [rank for mark in _landmarks(path) for rank in self._by_landmark.get(mark, ())]
        for rank in sorted(ranks):
            rule, patterns = self._entries[rank]
            if all(pattern.covers(path) for pattern in patterns):
                yield rule

    def below(self, path: str) -> Iterator[Rule]:
        """Yield the rules that cover paths below this one, best first."""
        for rank in sorted({*self._above.get(path, ()), *self._wild}):
            rule, patterns = self._entries[rank]
            if patterns[0].lies_below(path):
                yield rule


def _with_parents(path: str) -> Iterator[str]:
    """Yield the path and every directory above it, but the root."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _landmarks(path: str) -> set[str]:
    """Return what `Pattern.landmark` may be for a pattern that covers the path."""
    segments = path.split("/")
    endings = {dot + ending for _, dot, ending in (segment.rpartition(".") for segment in segments) if dot}
    return endings.union(f"/{segment}" for segment in segments)
