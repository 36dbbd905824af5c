"""Every finding about a policy, and none about a good one."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gate.config import lint as linting
from gate.config import load
from gate.config.lint import lint
from gate.config.presets import preset
from gate.model.finding import Severity

if TYPE_CHECKING:
    from gate.model.policy import LintFinding

TODAY = datetime.date(2026, 6, 1)
PEOPLE = """
owner = "A"
[coordinators.A]
reviewers = ["@a"]
[coordinators.B]
reviewers = ["@b"]
"""
BOTH = '[[domains]]\npaths = ["b/*"]\ncoordinator = "B"\n'


def findings(rules: str, *paths: str, people: str = PEOPLE) -> list[LintFinding]:
    policy = load((people + rules).encode(), path="gate.toml", origin="file")
    return list(lint(policy, paths, today=TODAY))


def only(name: str, rules: str, *paths: str, people: str = PEOPLE) -> LintFinding:
    found = [one for one in findings(rules, *paths, people=people) if one.name == name]
    assert len(found) == 1, found
    return found[0]


def domain(pattern: str, coordinator: str = "A", more: str = "") -> str:
    return f'[[domains]]\npaths = ["{pattern}"]\ncoordinator = "{coordinator}"\n{more}\n'


def exception(pattern: str, coordinator: str = "A") -> str:
    return domain(pattern, coordinator).replace("domains", "exceptions")


def test_a_good_policy_has_no_findings() -> None:
    assert findings(domain("a/*") + domain("b/*", "B"), "a/x", "b/y") == []


def test_rules_that_tie_on_a_file_are_an_error() -> None:
    found = only("tie", domain("a/*x") + domain("a/x*", "B"), "a/xx", "a/xyx")
    assert found.severity is Severity.ERROR
    assert found.message == "domain `a/*x` (A) and domain `a/x*` (B) equally claim `a/xx`, `a/xyx`"
    assert found.line == 12
    assert "A decides because it comes first" in found.hint


@pytest.mark.parametrize(
    "rules",
    [
        domain("a/*x") + domain("a/x*", "A"),
        domain("a/*x") + domain("a/xy*", "B"),
        exception("a/*x") + domain("a/x*", "B"),
        domain("a/*x") + domain("a/x*", "B") + exception("a/*"),
        'precedence = "last"\n' + domain("a/*x") + domain("a/x*", "B"),
    ],
)
def test_what_is_no_tie(rules: str) -> None:
    first, _, rest = rules.partition("\n")
    people, body = (f"{first}\n{PEOPLE}", rest) if first.startswith("precedence") else (PEOPLE, rules)
    assert "tie" not in [one.name for one in findings(body, "a/xx", people=people)]


def test_one_pattern_for_two_coordinators_ties_without_any_file() -> None:
    found = only("tie", exception("a/x") + exception("a/x", "B"))
    assert found.message == "exception `a/x` is in the policy twice, at line 8 too, for A"
    assert found.line == 12


def test_one_pattern_twice_for_one_coordinator_is_a_note() -> None:
    found = only("duplicate", exception("a/x") + exception("a/x") + BOTH)
    assert (found.severity, found.line) == (Severity.NOTE, 12)


def test_a_pattern_for_two_coordinators_is_shadowed_where_the_last_decides() -> None:
    found = only("shadowed-rule", domain("a/*") + domain("a/*", "B"), people='precedence = "last"\n' + PEOPLE)
    assert (found.severity, found.line) == (Severity.WARNING, 9)


def test_a_serialized_twin_ties_too() -> None:
    assert only("tie", domain("a/*x") + domain("a/x*", "A", "serialized = true"), "a/xx")


def test_a_rule_that_matches_no_file_is_dead() -> None:
    found = only("dead-rule", domain("a/*") + domain("c/*", "B"), "a/x")
    assert (found.message, found.line) == ("domain `c/*` matches no file", 12)


def test_a_rule_in_another_letter_case_is_dead_and_told_why() -> None:
    assert "`docs/x` differs only" in only("dead-rule", domain("Docs/*") + BOTH, "docs/x", "b/x").hint


def test_a_rule_that_never_decides_names_what_comes_before_it() -> None:
    found = only("shadowed-rule", domain("a/b/*") + exception("a/*", "B"), "a/b/c")
    assert found.message == "domain `a/b/*` never decides: exception `a/*` (line 12) always comes before it"
    assert found.line == 8


def test_without_files_nothing_is_said_about_what_matches() -> None:
    assert findings(domain("a/*") + BOTH) == []


def test_unowned_paths_are_counted_by_folder() -> None:
    paths = [f"web/{number}" for number in range(5)]
    found = [
        one for one in findings(domain("a/*") + BOTH, "a/x", "b/x", "README", *paths) if one.name == "unowned"
    ]
    assert [one.message for one in found] == [
        "1 file at the top has no owner: `README`",
        "5 files under web/ have no owner: `web/0`, `web/1`, `web/2` and 2 more",
    ]
    assert {one.severity for one in found} == {Severity.WARNING}
    assert found[1].hint == 'add [[domains]] with paths = ["web/*"]'


def test_paths_that_are_nobodys_on_purpose_are_not_reported() -> None:
    rules = domain("a/*") + BOTH + '[[domains]]\npaths = ["third/*"]\nunowned = true\n'
    assert findings(rules, "a/x", "b/x", "third/x") == []


def test_coordinators_without_work_or_without_people() -> None:
    people = 'owner = "A"\n[coordinators.A]\n[coordinators.B]\nreviewers = ["@b"]\n'
    assert only("idle-coordinator", domain("a/*"), people=people).message == "B answers for nothing"
    found = only("no-reviewers", domain("a/*"), people=people)
    assert (found.severity, found.message) == (Severity.NOTE, "A has no reviewers to ask")


def test_a_coordinator_an_integration_point_requires_is_not_idle() -> None:
    point = '[[integration_points]]\nname = "x"\nkind = "release"\nrequires = ["B"]\n'
    assert findings(domain("a/*") + point) == []


def test_a_policy_nobody_answers_for() -> None:
    people = PEOPLE.replace('owner = "A"', "")
    assert only("no-owner", domain("a/*") + BOTH, people=people).severity is Severity.NOTE


@pytest.mark.parametrize(("expires", "expired"), [("2026-05-31", True), ("2026-06-01", False)])
def test_a_waiver_holds_through_its_last_day(expires: str, expired: bool) -> None:
    waiver = f'[[waivers]]\ncheck = "G201"\nreason = "known"\nexpires = {expires}\n'
    found = findings(domain("a/*") + BOTH + waiver)
    assert [(one.name, one.line) for one in found] == ([("expired-waiver", 14)] if expired else [])


@pytest.mark.parametrize(
    ("one", "other", "tie"),
    [
        ("agent/a/*", "agent/a/*", True),
        ("agent/a*", "agent/*a", True),
        ("agent/a/*", "agent/b/*", False),
        ("agent/a/*", "agent/*", False),
        ("agent/[ab]x", "agent/?x", True),
        ("agent/x", "agent/x", True),
    ],
)
def test_streams_that_two_coordinators_could_claim(one: str, other: str, tie: bool) -> None:
    people = (
        f'owner = "A"\n[coordinators.A]\nreviewers = ["@a"]\nstreams = ["{one}"]\n'
        f'[coordinators.B]\nreviewers = ["@b"]\nstreams = ["{other}"]\n'
    )
    found = findings(domain("a/*") + BOTH, people=people)
    assert [finding.name for finding in found] == ["stream-tie"] * tie


def test_findings_come_gravest_first_and_the_same_in_any_order_of_paths() -> None:
    rules = domain("a/*x") + domain("a/x*", "B") + domain("dead/*")
    paths = ("a/xx", "web/x", "README")
    found = findings(rules, *paths)
    assert found == findings(rules, *reversed(paths))
    assert [one.severity.rank for one in found] == sorted((one.severity.rank for one in found), reverse=True)


def test_the_clinic_preset_only_lacks_its_people() -> None:
    policy = load(preset("clinic").encode(), path="gate.toml", origin="file")
    assert {one.name for one in lint(policy, (), today=TODAY)} == {"no-reviewers"}


GLOBS = st.text(st.sampled_from("ab*?"), max_size=6)


@settings(deadline=None, max_examples=200)
@given(one=GLOBS, other=GLOBS, name=st.text(st.sampled_from("ab"), max_size=6))
def test_globs_that_share_a_name_may_meet(one: str, other: str, name: str) -> None:
    both = (one, other)
    expressions = [glob.replace("*", ".*").replace("?", ".") for glob in both]
    if all(re.fullmatch(expression, name) for expression in expressions):
        assert linting._may_meet(one, other)
