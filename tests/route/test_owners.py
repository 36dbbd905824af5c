"""Every row of the ownership table, every way around it, and precedence."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from route.rules import PATHS, PATTERNS, domain, exception, owner, policy

from gate import route
from gate.config import load
from gate.config.presets import preset
from gate.model.policy import UNOWNED, Policy, Precedence, Route, Rule, RuleKind

CLINIC = load(preset("clinic").encode(), path="gate.toml", origin="file")
VALIDATOR = "backend/app/scheduling/acgme_validator.py"


# R1: each row


@pytest.mark.parametrize(
    ("path", "coordinator", "kind"),
    [
        (VALIDATOR, "COORD_RESILIENCE", "exception"),
        ("backend/app/scheduling/constraints/acgme.py", "COORD_RESILIENCE", "exception"),
        ("backend/app/scheduling/constraints/acgme_hours.py", "COORD_RESILIENCE", "exception"),
        ("backend/app/services/audit_service.py", "COORD_RESILIENCE", "exception"),
        ("backend/app/services/credential_service.py", "COORD_RESILIENCE", "exception"),
        ("backend/app/services/compliance.py", "COORD_RESILIENCE", "exception"),
        ("backend/app/services/compliance_report.py", "COORD_RESILIENCE", "exception"),
        ("backend/app/scheduling/solver.py", "COORD_ENGINE", "directory"),
        ("backend/app/scheduling/constraints/deep/er/rest.py", "COORD_ENGINE", "directory"),
        ("backend/app/resilience/retry.py", "COORD_RESILIENCE", "directory"),
        ("backend/app/api/routes/people.py", "COORD_PLATFORM", "directory"),
        ("backend/app/services/people.py", "COORD_PLATFORM", "directory"),
        ("backend/app/models/person.py", "COORD_PLATFORM", "directory"),
        ("backend/alembic/versions/0001_first.py", "COORD_PLATFORM", "directory"),
        ("frontend/src/pages/index.tsx", "COORD_FRONTEND", "directory"),
        ("backend/tests/test_solver.py", "COORD_QUALITY", "directory"),
        ("frontend/__tests__/index.test.tsx", "COORD_QUALITY", "directory"),
        (".claude/agents/planner.md", "COORD_OPS", "directory"),
        ("docs/guides/start.md", "COORD_OPS", "directory"),
        ("README.md", None, "none"),
        ("backend/app/main.py", None, "none"),
    ],
)
def test_each_row_of_the_table_ends_at_its_coordinator(path: str, coordinator: str | None, kind: str) -> None:
    found = route.owner_of(path, CLINIC)
    assert (found.owner, found.kind) == (coordinator, kind)


def test_only_the_migrations_are_serialized() -> None:
    assert route.owner_of("backend/alembic/env.py", CLINIC).serialized
    assert not route.owner_of("backend/app/models/person.py", CLINIC).serialized


# R1: evasions of a path


@pytest.mark.parametrize(
    "path",
    [
        "backend/app/scheduling/ACGME_Validator.py",
        "Backend/App/Scheduling/acgme_validator.PY",
        "backend/app/scheduling/\uff41cgme_validator.py",
        "backend/app/scheduling/acgme\u200c_validator.py",
        "backend/app/scheduling/acgme\u200b_validator.py",
        "backend/app/scheduling/acgme\ufe0f_validator.py",
        "backend/app/scheduling/acgme_validator.py\ufeff",
        "backend/app/scheduling/acgme_validator.py ",
        "backend/app/scheduling./acgme_validator.py..",
        "backend/app/scheduling/acgme_validator.py\u00a0",
        "backend/app/\u017fcheduling/acgme_validator.py",
        "backend/app/scheduling/acgme_validator.py/inside",
    ],
)
def test_no_spelling_of_an_exception_escapes_its_coordinator(path: str) -> None:
    found = route.owner_of(path, CLINIC)
    assert (found.owner, found.kind) == ("COORD_RESILIENCE", RuleKind.EXCEPTION)


def test_a_composed_and_a_decomposed_name_are_one_exception() -> None:
    composed = unicodedata.normalize("NFC", "dir/prüfung.py")
    rules = policy(exception(composed), domain("dir/*", "DIR"))
    assert route.owner_of(unicodedata.normalize("NFD", composed), rules) == Route(
        "EXCEPTION", RuleKind.EXCEPTION, composed, folded=True
    )


def test_a_folded_exception_comes_before_an_exact_domain() -> None:
    assert owner("dir/SECRET.py", domain("dir/SECRET.py", "DIR"), exception("dir/secret.py")) == "EXCEPTION"


def test_a_domain_is_found_in_another_spelling_when_no_domain_has_it_as_it_is() -> None:
    rules = policy(domain("Docs/*", "UPPER"), domain("docs/api/*", "LOWER"))
    assert route.owner_of("docs/x", rules) == Route("UPPER", RuleKind.DIRECTORY, "Docs/*", folded=True)
    assert route.owner_of("docs/api/x", rules) == Route("LOWER", RuleKind.DIRECTORY, "docs/api/*")


def test_what_looks_like_a_wildcard_once_folded_stays_a_character() -> None:
    assert owner("dir/abc.py", exception("dir/\uff0a.py")) is None
    assert owner("dir/*.py", exception("dir/\uff0a.py")) == "EXCEPTION"


def test_a_wildcard_pattern_is_folded_too() -> None:
    rules = (exception("Dir/Secret[A-Z]*.py"), domain("dir/*", "DIR"))
    assert owner("dir/secretz_1.py", *rules) == "EXCEPTION"
    assert owner("dir/secret1.py", *rules) == "DIR"


@pytest.mark.parametrize(
    "path",
    ["dir/a\nb", "dir/a\\b", "dir/a ", "dir/\udcff\udc80", "dir/\tx", "dir/*", "dir/[x]", "dir/\U0001f600"],
)
def test_every_character_of_a_path_is_literal(path: str) -> None:
    assert owner(path, domain("dir/*", "DIR")) == "DIR"
    assert owner(path, domain(route.literal(path), "LITERAL"), domain("dir/*", "DIR")) == "LITERAL"


def test_a_newline_does_not_hide_a_path_from_any_pattern() -> None:
    assert owner("a\nb/c/x.py", domain("**/x.py", "X")) == "X"
    assert owner("a/b\n", domain("a/b", "X")) is None


def test_a_path_with_a_leading_dot_segment_is_another_path() -> None:
    assert owner("./dir/x", domain("dir/*", "DIR")) is None


def test_an_unowned_path_has_no_route() -> None:
    assert route.owner_of("x", policy(domain("y", "Y"))) == UNOWNED
    assert route.owner_of("x", Policy()) == UNOWNED


# Precedence


@pytest.mark.parametrize(
    ("path", "better", "worse"),
    [
        ("a/b/c.py", "a/b/c.py", "a/b/*"),
        ("a/b/c.py", "a/b/c.py", "a/b/c*.py"),
        ("a/b/c.py", "a/b/c*.py", "a/b/*"),
        ("a/b/c.py", "a/b/*", "a/*"),
        ("a/b/c/d.py", "a/b/c/*", "a/b"),
        ("a/b/c.py", "a/*", "*.py"),
        ("a/b/c.py", "a/b/*.py", "a/b/*"),
        ("a/b/c.py", "a/**/c.py", "a/*"),
        ("a/b/c.py", "/a/*", "*"),
        ("a/b/c.py", "a/*/c.py", "**/c.py"),
        ("a/b/c.py", "a/*/*", "a/*"),
    ],
)
def test_the_more_specific_pattern_decides_in_either_order(path: str, better: str, worse: str) -> None:
    assert owner(path, domain(better, "BETTER"), domain(worse, "WORSE")) == "BETTER"
    assert owner(path, domain(worse, "WORSE"), domain(better, "BETTER")) == "BETTER"


def test_an_exception_beats_the_most_specific_domain() -> None:
    assert owner("a/b/c.py", domain("a/b/c.py", "DIR"), exception("*.py")) == "EXCEPTION"


def test_of_rules_that_tie_the_first_decides() -> None:
    assert owner("a/bb", domain("a/b*", "FIRST"), domain("a/*b", "SECOND")) == "FIRST"
    assert owner("a/bb", domain("a/*b", "SECOND"), domain("a/b*", "FIRST")) == "SECOND"


def test_with_last_precedence_the_order_of_the_file_decides() -> None:
    rules = (domain("a/b/*", "NARROW"), domain("a/*", "WIDE"))
    assert route.owner_of("a/b/c", policy(*rules, precedence=Precedence.LAST)).owner == "WIDE"
    assert route.owner_of("a/b/c", policy(*rules)).owner == "NARROW"


def test_a_rule_for_nobody_takes_paths_out_of_a_wider_rule() -> None:
    found = route.owner_of("a/b/c", policy(domain("a/*", "A"), domain("a/b/*", "")))
    assert (found.owner, found.pattern) == (None, "a/b/*")


def test_rules_for_lists_all_that_match_the_decider_first() -> None:
    rules = (domain("*", "ALL"), domain("a/*", "A"), exception("a/x*"))
    assert [rule.coordinator for rule in route.rules_for("a/xy", policy(*rules))] == ["EXCEPTION", "A", "ALL"]


def test_equal_policies_give_equal_routes_and_different_ones_do_not_mix() -> None:
    one, other = policy(domain("a/*", "A")), policy(domain("a/*", "B"))
    assert hash(one) == hash(other)
    assert (route.owner_of("a/x", one).owner, route.owner_of("a/x", other).owner) == ("A", "B")
    assert route.owner_of("a/x", replace(one)).owner == "A"


def test_the_route_names_the_rule() -> None:
    rule = Rule(RuleKind.DIRECTORY, "a/*", "A", "letters", True, "because", 7)
    found = route.owner_of("a/x", policy(rule))
    assert (found.pattern, found.domain, found.serialized, found.reason, found.line) == (
        *("a/*", "letters", True),
        *("because", 7),
    )


# Recursion, further patterns


def test_a_rule_that_is_not_recursive_stops_at_its_own_files() -> None:
    rule = replace(domain("docs/*", "DOCS"), recursive=False)
    assert owner("docs/x.md", rule) == "DOCS"
    assert owner("docs/api/x.md", rule) is None
    assert owner("docs", rule) is None


def test_further_patterns_must_match_as_well() -> None:
    rule = replace(domain("docs/*", "DOCS"), within=("*.md",))
    assert owner("docs/a/x.md", rule) == "DOCS"
    assert owner("docs/a/x.txt", rule) is None
    assert owner("docs/x.md", rule, domain("docs/*", "WIDER")) == "DOCS"


# A file, symlink or submodule in place of a directory


@pytest.mark.parametrize("pattern", ["dir/sub/*", "/dir/sub/", "dir/sub/**", "dir/sub/**/*", "dir/sub"])
def test_a_domain_owns_the_path_of_its_root(pattern: str) -> None:
    assert owner("dir/sub", domain(pattern, "SUB"), domain("dir/*", "DIR")) == "SUB"


def test_a_root_that_is_a_wildcard_is_no_root() -> None:
    assert owner("packages/README.md", domain("packages/*/*", "P")) is None
    assert owner("packages/one/src", domain("packages/*/src/*", "P")) == "P"


@pytest.mark.parametrize(
    ("path", "patterns"),
    [
        ("backend", ["x/a.py", "x/f*.py", "x/*"]),
        ("backend/x", ["x/a.py", "x/f*.py", "x/*"]),
        ("BACKEND/X", ["x/a.py", "x/f*.py", "x/*"]),
        ("backend/x/a.py", []),
        ("backend/x/other", []),
        ("backend/y", []),
        ("back", []),
    ],
)
def test_what_lies_below_a_path_is_found_exceptions_first(path: str, patterns: list[str]) -> None:
    rules = (
        domain("backend/x/*", "X"),
        exception("backend/x/a.py"),
        exception("backend/x/f*.py"),
        domain("*.c", "C"),
    )
    found = route.covered_by(path, policy(*rules))
    assert [rule.pattern.removeprefix("backend/") for rule in found] == patterns


def test_rules_with_wildcards_above_lie_below_what_they_match() -> None:
    rules = policy(domain("packages/*/src/*", "P"), domain("lib/**/x", "L"))
    assert [rule.coordinator for rule in route.covered_by("packages/one", rules)] == ["P"]
    assert [rule.coordinator for rule in route.covered_by("packages/one/src", rules)] == ["P"]
    assert [rule.coordinator for rule in route.covered_by("packages/one/lib", rules)] == []
    assert [rule.coordinator for rule in route.covered_by("lib", rules)] == ["L"]
    assert [rule.coordinator for rule in route.covered_by("lib/deeper", rules)] == []


@pytest.mark.parametrize("path", ["backend", "backend/app", "backend/app/services", "BackEnd/app"])
def test_replacing_a_directory_concerns_the_owner_of_the_exceptions_in_it(path: str) -> None:
    found = route.covered_by(path, CLINIC)
    assert found[0].coordinator == "COORD_RESILIENCE"
    assert found[0].kind is RuleKind.EXCEPTION


# Looking up


@settings(deadline=None, max_examples=150)
@given(patterns=st.lists(PATTERNS, max_size=8), path=PATHS)
def test_looking_up_finds_what_trying_every_rule_finds(patterns: list[str], path: str) -> None:
    rules = policy(*(domain(pattern, f"C{at}") for at, pattern in enumerate(patterns)))
    ranked = sorted(rules.rules, key=route.specificity, reverse=True)
    tried = [rule for rule in ranked if route.pattern_of(rule.pattern).covers(path)]
    assert list(route.rules_for(path, rules)) == tried


@settings(deadline=None, max_examples=150)
@given(pattern=PATTERNS.filter(lambda pattern: "[!" not in pattern), path=PATHS)
def test_whatever_matches_as_it_is_matches_folded(pattern: str, path: str) -> None:
    rules = policy(domain(pattern, "X"))
    assert len(route.rules_for(path, rules)) <= len(route.rules_for(path, rules, folded=True))
