"""What is written is read back as the same policy, whatever strings it holds."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gate.config import load
from gate.config.toml_text import quoted
from gate.config.write import dump
from gate.model.git import Landing
from gate.model.policy import (
    Coordinator,
    IntegrationPoint,
    Mode,
    Policy,
    Precedence,
    Rule,
    RuleKind,
    Waiver,
)

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
SOME = ANY.filter(str.strip)
MANY = st.lists(SOME, max_size=3).map(tuple)
NAMES = st.sampled_from(["A", "B-1", "c.d", "COORD_X", "Ünder"])
GLOBS = st.sampled_from(
    ["a/*", "/b", "**/c", "é\t*.x", 'q"uote', "back\\\\slash", "sp\\ ", "line\nend", "[!a]"]
)
CODES = st.sampled_from(["G1", "G201", "XY9"])


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A policy that `load` accepts."""
    names = draw(st.lists(NAMES, min_size=1, unique=True))
    coordinators = tuple(
        Coordinator(name, draw(ANY), draw(MANY), draw(MANY), draw(st.none() | st.integers(1, 9)))
        for name in names
    )
    rules = draw(st.lists(_rules(names), max_size=5))
    return Policy(
        mode=draw(st.sampled_from(Mode)),
        landing=draw(st.sampled_from(Landing)),
        precedence=draw(st.sampled_from(Precedence)),
        branches=draw(MANY),
        against=draw(MANY),
        protected=draw(MANY),
        max_parallel=draw(st.none() | st.integers(1, 99)),
        owner=draw(st.sampled_from(["", *names])),
        templates=draw(st.sampled_from(["", "ci/own", "a b"])),
        coordinators=coordinators,
        rules=tuple(sorted(rules, key=lambda rule: rule.kind is RuleKind.DIRECTORY)),
        points=draw(st.lists(_points(names), max_size=2).map(tuple)),
        severities=draw(st.dictionaries(CODES, st.sampled_from(["error", "off"]), max_size=2)),
        waivers=draw(st.lists(_WAIVERS, max_size=2).map(tuple)),
    )


def _rules(names: list[str]) -> st.SearchStrategy[Rule]:
    made = st.builds(
        Rule,
        st.sampled_from([RuleKind.EXCEPTION, RuleKind.DIRECTORY]),
        GLOBS,
        st.sampled_from(["", *names]),
        ANY,
        serialized=st.booleans(),
        reason=ANY,
        recursive=st.booleans(),
        within=st.lists(GLOBS, max_size=2).map(tuple),
    )
    return made.map(lambda rule: replace(rule, domain=rule.domain or rule.coordinator))


def _points(names: list[str]) -> st.SearchStrategy[IntegrationPoint]:
    kinds = st.sampled_from(["migration", "release"])
    content = st.lists(st.sampled_from([r"\bx\b", "'\""]), max_size=2).map(tuple)
    requires = st.lists(st.sampled_from(names), max_size=2).map(tuple)
    return st.builds(IntegrationPoint, SOME, kinds, st.tuples(GLOBS), MANY, content, requires)


_WAIVERS = st.builds(
    Waiver, CODES, SOME, st.tuples(GLOBS), MANY, st.none() | st.just(datetime.date(2026, 2, 3))
)


def bare(policy: Policy) -> Policy:
    """A policy without what only a text has: lines, digest, origin."""
    return replace(
        policy,
        origin="",
        digest="",
        rules=tuple(replace(rule, line=None) for rule in policy.rules),
        points=tuple(replace(point, line=None) for point in policy.points),
        waivers=tuple(replace(waiver, line=None) for waiver in policy.waivers),
    )


@settings(deadline=None, max_examples=60)
@given(policy=policies(), head=st.lists(ANY, max_size=2))
def test_what_is_written_is_read_back(policy: Policy, head: list[str]) -> None:
    text = dump(policy, head=head)
    assert bare(load(text.encode(), path=policy.path, origin="file")) == bare(policy)


@settings(deadline=None)
@given(text=ANY)
def test_any_string_is_quoted_on_one_printable_line(text: str) -> None:
    assert quoted(text).isprintable()
    assert tomllib.loads(f"key = {quoted(text)}") == {"key": text}


def test_rules_that_differ_in_their_pattern_only_share_a_table() -> None:
    rules = [Rule(RuleKind.DIRECTORY, pattern, "A", "A") for pattern in ("a/*", "b/*")]
    text = dump(Policy(coordinators=(Coordinator("A"),), rules=tuple(rules)))
    assert text.count("[[domains]]") == 1
    assert 'paths = ["a/*", "b/*"]' in text


def test_a_string_toml_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="not Unicode"):
        dump(Policy(branches=("\udcff",)))
