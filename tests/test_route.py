"""Every row of the ownership table, every way around it, precedence, and the meaning of patterns held against git."""

from __future__ import annotations

import subprocess
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gate import route
from gate.config import load
from gate.config.presets import preset
from gate.model.policy import UNOWNED, Coordinator, Policy, Precedence, Route, Rule, RuleKind

if TYPE_CHECKING:
    from pathlib import Path

CLINIC = load(preset("clinic").encode(), path="gate.toml", origin="file")
VALIDATOR = "backend/app/scheduling/acgme_validator.py"


def exception(pattern: str, coordinator: str = "EXCEPTION") -> Rule:
    return Rule(RuleKind.EXCEPTION, pattern, coordinator)


def domain(pattern: str, coordinator: str) -> Rule:
    return Rule(RuleKind.DIRECTORY, pattern, coordinator)


def policy(*rules: Rule, precedence: Precedence = Precedence.SPECIFIC) -> Policy:
    return Policy(rules=rules, precedence=precedence)


def owner(path: str, *rules: Rule) -> str | None:
    return route.owner_of(path, policy(*rules)).owner


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


# Streams

STREAMS = Policy(
    coordinators=(
        Coordinator("ENGINE", streams=("agent/engine/*", "agent/*-engine")),
        Coordinator("OPS", streams=("agent/*", "agent/engine/deploy")),
        Coordinator("TIED", streams=("agent/tie/*",)),
        Coordinator("TIED_TOO", streams=("agent/tie?*",)),
    )
)


@pytest.mark.parametrize(
    ("name", "ref", "coordinator"),
    [
        ("agent/engine/a/b", "refs/heads/agent/engine/a/b", "ENGINE"),
        ("origin/agent/engine/a", "refs/remotes/origin/agent/engine/a", "ENGINE"),
        ("refs/heads/agent/engine/a", "refs/heads/agent/engine/a", "ENGINE"),
        ("agent/engine/deploy", "refs/heads/agent/engine/deploy", "OPS"),
        ("agent/x-engine", "refs/heads/agent/x-engine", "ENGINE"),
        ("agent/x", "refs/heads/agent/x", "OPS"),
        ("Agent/x", "refs/heads/Agent/x", None),
        ("feature", "refs/heads/feature", None),
        ("agent/tie/x", "refs/heads/agent/tie/x", "TIED"),
        ("1234abcd", "", None),
    ],
)
def test_a_stream_belongs_to_the_most_specific_pattern(name: str, ref: str, coordinator: str | None) -> None:
    assert route.coordinator_of_stream(name, ref, STREAMS) == coordinator


def test_a_stream_two_coordinators_claim_equally_is_undeclared() -> None:
    tied = Policy(coordinators=(Coordinator("A", streams=("a*",)), Coordinator("B", streams=("*a",))))
    assert route.coordinator_of_stream("aa", "refs/heads/aa", tied) is None
    assert route.coordinator_of_stream("ab", "refs/heads/ab", tied) == "A"


# Patterns


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("/", "empty"),
        ("!a", "negation"),
        ("#a", "comment"),
        ("a ", "white space"),
        ("a/../b", r"`\.\.`"),
        ("./a", r"`\.`"),
        ("a//b", "empty segment"),
        ("a[b", "never closed"),
        ("a[z-b]", "set of characters"),
        ("a[[:alpha:]]", "set of characters"),
        ("a\\", "backslash"),
        ("a\0b", "NUL"),
    ],
)
def test_what_is_no_pattern_says_why(pattern: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        route.pattern_of(pattern)


def test_a_set_of_characters_never_matches_a_slash() -> None:
    assert not route.matches("a/b", ["a[!x]b"])
    assert route.matches("ayb", ["a[!x]b"])


def test_matches_takes_any_of_the_patterns() -> None:
    assert route.matches("docs/a/b", ["x", "docs/*"])
    assert not route.matches("docs/a/b", [])


NAMES = st.sampled_from(["a", "b", "ab", "A", "a.py", "b.md", "x y", "é", "[", "-", "a\\", "*"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
GLOBS = st.sampled_from(
    ["a", "b", "a*", "*", "**", "*.py", "?", "[ab]", "[!a]", "ab", "é", "x\\ y", "*b*", "\\[", "-"]
)
PATTERNS = st.tuples(
    st.sampled_from(["", "/"]), st.lists(GLOBS, min_size=1, max_size=4), st.sampled_from(["", "/"])
).map(lambda parts: parts[0] + "/".join(parts[1]) + parts[2])


# git counts bytes in `?` and in sets where the gate counts characters; in ASCII they are the same
ASCII_PATHS, ASCII_PATTERNS = PATHS.filter(str.isascii), PATTERNS.filter(str.isascii)


@pytest.fixture(scope="module")
def ignoring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ignoring")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


def ignored(folder: Path, pattern: str, paths: list[str]) -> set[str]:
    """What git's own gitignore says."""
    (folder / ".git/info/exclude").write_text(pattern + "\n", encoding="utf-8")
    asked = subprocess.run(
        ["git", "-C", str(folder), "check-ignore", "--no-index", "--stdin", "-z"],
        input="\0".join(paths).encode(),
        capture_output=True,
        check=False,
    )
    assert asked.returncode in (0, 1), asked.stderr
    return {path.decode() for path in asked.stdout.split(b"\0") if path}


@settings(deadline=None, max_examples=60)
@given(pattern=ASCII_PATTERNS, paths=st.lists(ASCII_PATHS, min_size=1, max_size=12, unique=True))
@example(pattern="a/*", paths=["a/b", "a/b/c"])
@example(pattern="a/**/b/", paths=["a/b/c", "a/x/y/b/c"])
@example(pattern="a/**/", paths=["a/b", "a/b/c"])
def test_a_pattern_means_what_git_says(ignoring: Path, pattern: str, paths: list[str]) -> None:
    compiled = route.pattern_of(pattern)
    expected = ignored(ignoring, pattern, paths)
    roots = {"/".join(compiled.segments)} if compiled.tree else set()
    for path in paths:
        if not any(route.pattern_of(f"/{root}", recursive=False).covers(path) for root in roots if root):
            assert compiled.covers(path) == (path in expected), path


SEGMENTS = st.text(st.characters(exclude_characters="\0/"), min_size=1, max_size=6).filter(
    lambda segment: segment not in (".", "..")
)


@settings(deadline=None)
@given(segments=st.lists(SEGMENTS, min_size=1, max_size=3))
def test_a_literal_pattern_means_its_path_and_no_other(segments: list[str]) -> None:
    path = "/".join(segments)
    assert route.matches(path, [route.literal(path)])
    assert not route.matches(path + "x", [route.literal(path)])
    assert not route.matches("another/" + path, [route.literal(path)])


@settings(deadline=None)
@given(text=st.text(st.characters(), max_size=20))
def test_folding_is_stable_and_blind_to_case_and_form(text: str) -> None:
    folded = route.fold(text)
    assert route.fold(folded) == folded
    assert route.fold(unicodedata.normalize("NFD", text)) == folded
    assert route.fold(unicodedata.normalize("NFC", text)) == folded


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
