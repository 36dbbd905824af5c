"""What the tests of routing share: rules, policies, and paths and patterns to draw from."""

from __future__ import annotations

from hypothesis import strategies as st

from gate import route
from gate.model.policy import Policy, Precedence, Rule, RuleKind

NAMES = st.sampled_from(["a", "b", "ab", "A", "a.py", "b.md", "x y", "é", "[", "-", "a\\", "*"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
GLOBS = st.sampled_from(
    ["a", "b", "a*", "*", "**", "*.py", "?", "[ab]", "[!a]", "ab", "é", "x\\ y", "*b*", "\\[", "-"]
)
PATTERNS = st.tuples(
    st.sampled_from(["", "/"]), st.lists(GLOBS, min_size=1, max_size=4), st.sampled_from(["", "/"])
).map(lambda parts: parts[0] + "/".join(parts[1]) + parts[2])


def exception(pattern: str, coordinator: str = "EXCEPTION") -> Rule:
    return Rule(RuleKind.EXCEPTION, pattern, coordinator)


def domain(pattern: str, coordinator: str) -> Rule:
    return Rule(RuleKind.DIRECTORY, pattern, coordinator)


def policy(*rules: Rule, precedence: Precedence = Precedence.SPECIFIC) -> Policy:
    return Policy(rules=rules, precedence=precedence)


def owner(path: str, *rules: Rule) -> str | None:
    return route.owner_of(path, policy(*rules)).owner
