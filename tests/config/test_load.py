"""Reading a policy: everything it can say, and every mistake at its line."""

from __future__ import annotations

import datetime
import hashlib
from contextlib import suppress
from fnmatch import fnmatchcase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gate.config import load
from gate.errors import PolicyError
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

EVERYTHING = b"""\
version = 1
mode = "audit"
landing = "squash"
branches = ["agent/*"]
against = ["other/*"]
protected = ["production"]
max_parallel = 6
max_coordinators = 3
owner = "OPS"
precedence = "last"
[coordinators.OPS]
description = "operations"
reviewers = ["@org/ops"]
streams = ["agent/ops/*"]
capacity = 8
[coordinators]
OTHER = {}

[[domains]]
name = "docs"
paths = [
    "docs/*",
    "*.md",
]
within = ["docs/*"]
coordinator = "OPS"
serialized = true
recursive = false

[[domains]]
paths = ["third/*"]
unowned = true

[[exceptions]]
paths = ["secret"]
coordinator = "OTHER"
reason = "it is"

[[integration_points]]
name = "database"
kind = "migration"
paths = ["db/*"]
tags = ["alembic"]
content = ['\\bop\\.']
requires = ["OPS"]

[severity]
G103 = "note"
G2 = "off"

[[waivers]]
check = "G201"
paths = ["x"]
streams = ["y"]
reason = "known"
expires = 2026-12-31
"""


def read(text: str | bytes) -> Policy:
    return load(text.encode() if isinstance(text, str) else text, path="gate.toml", origin="target")


def mistakes(text: str | bytes) -> list[str]:
    with pytest.raises(PolicyError) as raised:
        read(text)
    return list(raised.value.mistakes)


def test_everything_a_policy_can_say() -> None:
    docs = {
        "coordinator": "OPS",
        "domain": "docs",
        "serialized": True,
        "recursive": False,
        "within": ("docs/*",),
    }
    assert read(EVERYTHING) == Policy(
        origin="target",
        path="gate.toml",
        digest=hashlib.sha256(EVERYTHING).hexdigest(),
        mode=Mode.AUDIT,
        landing=Landing.SQUASH,
        branches=("agent/*",),
        against=("other/*",),
        protected=("production",),
        max_parallel=6,
        max_coordinators=3,
        owner="OPS",
        precedence=Precedence.LAST,
        coordinators=(
            Coordinator("OPS", "operations", ("@org/ops",), ("agent/ops/*",), 8),
            Coordinator("OTHER"),
        ),
        rules=(
            Rule(RuleKind.EXCEPTION, "secret", "OTHER", "OTHER", reason="it is", line=35),
            Rule(RuleKind.DIRECTORY, "docs/*", line=22, **docs),  # type: ignore[arg-type]
            Rule(RuleKind.DIRECTORY, "*.md", line=23, **docs),  # type: ignore[arg-type]
            Rule(RuleKind.DIRECTORY, "third/*", "", line=31),
        ),
        points=(
            IntegrationPoint("database", "migration", ("db/*",), ("alembic",), (r"\bop\.",), ("OPS",), 39),
        ),
        severities={"G103": "note", "G2": "off"},
        waivers=(Waiver("G201", "known", ("x",), ("y",), datetime.date(2026, 12, 31), 51),),
    )


def test_an_empty_file_is_the_default_policy_with_a_digest() -> None:
    policy = read("")
    assert (policy.mode, policy.rules, policy.routes, len(policy.digest)) == (Mode.ENFORCE, (), False, 64)


def test_a_byte_order_mark_and_windows_line_ends_change_nothing_but_the_digest() -> None:
    plain = read(EVERYTHING)
    marked = read(b"\xef\xbb\xbf" + EVERYTHING.replace(b"\n", b"\r\n"))
    assert marked.digest != plain.digest
    assert (marked.rules, marked.points, marked.waivers) == (plain.rules, plain.points, plain.waivers)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = """\
version = 2
mode = "enforc"
max_parallel = true
brnches = ["x"]
owner = "COORD_OP"

[coordinators.COORD_OPS]
reviewer = ["a"]
capacity = 0

[[domains]]
paths = [
  "ok/*",
  "!no",
  "../x",
  "",
]
coordinator = "COORD_OOPS"

[[domains]]
paths = []

[[waivers]]
check = "g201"
reason = " "
expires = "2026-01-01"

[severity]
G1 = "of"
"""
    assert mistakes(text) == [
        "gate.toml:1: version: 2 is not known to this git-gate, which reads version 1",
        "gate.toml:2: mode: `enforc` is none of enforce, audit; did you mean `enforce`?",
        "gate.toml:3: max_parallel: must be a whole number, not a boolean",
        "gate.toml:4: brnches: unknown key; did you mean `branches`?",
        "gate.toml:5: owner: there is no [coordinators.COORD_OP]; did you mean `COORD_OPS`?",
        "gate.toml:8: [coordinators.COORD_OPS] reviewer: unknown key; did you mean `reviewers`?",
        "gate.toml:9: [coordinators.COORD_OPS] capacity: must be at least 1, not 0; leave it out for no bound",
        "gate.toml:14: [[domains]] paths: the pattern `!no` begins with `!` (there is no negation: rules are set "
        "against one another); write `\\!` for the character",
        "gate.toml:15: [[domains]] paths: the pattern `../x` holds `.` or `..`; patterns are relative to the root "
        "of the repository",
        "gate.toml:16: [[domains]] paths: element 4 is empty",
        "gate.toml:18: [[domains]] coordinator: there is no [coordinators.COORD_OOPS]; did you mean `COORD_OPS`?",
        "gate.toml:20: [[domains]] `coordinator` is missing; write `unowned = true` where nobody is meant to own "
        "the paths",
        "gate.toml:21: [[domains]] paths: must not be empty",
        "gate.toml:24: [[waivers]] check: `g201` is no code: letters and digits such as G201, or the beginning of "
        "one (G2)",
        "gate.toml:25: [[waivers]] reason: must not be empty",
        "gate.toml:26: [[waivers]] expires: must be a date, such as 2026-12-31 without quotes, not a string",
        "gate.toml:29: [severity] G1: must be one of error, warning, note, off, in quotes; did you mean `off`?",
    ]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (b"\xff", "gate.toml:1: is not UTF-8 text"),
        (b"mode = 1\n# \xe9\n", "gate.toml:2: is not UTF-8 text"),
        (b"\n\na = \n", "gate.toml:3: is not TOML: *"),
        (b"mode = 'audit'\nmode = 'audit'", "gate.toml:2: is not TOML: *"),
        (b"\na = [1,\n", "gate.toml:2: is not TOML: *, and the file ends"),
        (b"x = " + b"[" * 5000, "gate.toml:1: is nested too deeply to be a policy"),
        (b"\x00\x01PNG", "gate.toml:1: is not TOML: *"),
        (b"a = " + b"1" * 5000, "gate.toml:1: is not TOML: *"),
    ],
)
def test_what_is_no_toml_is_one_mistake(text: bytes, mistake: str) -> None:
    (found,) = mistakes(text)
    assert fnmatchcase(found, mistake)  # `*` is what the parser says, in the words of its version


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("domains = 3", "1: domains: must be an array of tables, written [[domains]], not a number"),
        ("domains = [3]", "1: [[domains]] must be an array of tables, written [[domains]]"),
        ("coordinators = []", "1: coordinators: must be a table, written [coordinators], not an array"),
        ("[coordinators]\nA = 1", "2: [coordinators.A] must be a table, written [coordinators.A]"),
        (
            '[coordinators."a b"]',
            "1: [coordinators.a b] `a b` is no name: letters, digits, `_`, `-` and `.` make one",
        ),
        ("max_parallel = 1.5", "1: max_parallel: must be a whole number, not a number"),
        ("branches = 'x'", '1: branches: must be an array of strings, such as ["a", "b"], not a string'),
        ("branches = [1]", "1: branches: element 1 must be a string, not a number"),
        ("mode = 2026-01-01", "1: mode: must be a string, not a date or time"),
        (
            "[severity]\nabc = 'off'",
            "2: [severity] abc: is no code: letters and digits such as G201, or the ",
        ),
        ("[severity]\nG1 = 1", "2: [severity] G1: must be one of error, warning, note, off, in quotes"),
        ("owner = ''", "1: owner: names no coordinator"),
        ("owner = 'A'", "1: owner: there is no [coordinators.A]"),
        ("nonsense = 1", "1: nonsense: unknown key; known: against, branches, "),
        (
            "[[waivers]]\ncheck='G1'\nreason='x'\nexpires=2026-01-01T00:00:00",
            "4: [[waivers]] expires: must be a date without a time, such as 2026-12-31",
        ),
        ("[[waivers]]\ncheck = 'G1'", "1: [[waivers]] `reason` is missing"),
        (
            "[[integration_points]]\nname='x'\nkind='migrations'",
            "3: [[integration_points]] kind: `migrations` is no kind of integration point; did you mean `migration`?",
        ),
        (
            "[[integration_points]]\nname='x'\nkind='release'\ncontent=['(']",
            "4: [[integration_points]] content: the regular expression `(` is none: ",
        ),
        (
            "[[integration_points]]\nname='x'\nkind='release'\nrequires=[\n'A']",
            "5: [[integration_points]] requires: there is no [coordinators.A]",
        ),
        (
            "[coordinators.A]\n[[domains]]\npaths=['a']\ncoordinator='A'\nunowned=true",
            "5: [[domains]] unowned: stands beside `coordinator`; keep one of them",
        ),
        ("[coordinators.A]\n[[exceptions]]\ncoordinator='A'", "2: [[exceptions]] `paths` is missing"),
        ('branches = ["a\\u001b[31m", ""]\nmode = "\\u001b"', "1: branches: element 2 is empty"),
    ],
)
def test_each_mistake_names_its_line_and_key(text: str, mistake: str) -> None:
    assert mistakes(text)[0].startswith(f"gate.toml:{mistake}")


def test_a_mistake_stays_on_one_line_and_keeps_the_terminal_safe() -> None:
    (found,) = mistakes('mode = "\\u001b[31m\\n\\u202e"')
    assert found.isprintable()
    assert r"\x1b[31m\n\u202e" in found


def test_the_error_counts_the_mistakes_and_names_the_way_out() -> None:
    with pytest.raises(PolicyError, match=r"^gate\.toml has 2 mistakes$") as raised:
        read("mode = 1\nlanding = 2\n")
    assert "--lint" in (raised.value.hint or "")


@settings(deadline=None)
@given(text=st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_do_worse_than_mistakes(text: bytes) -> None:
    with suppress(PolicyError):
        read(text)


LINES = EVERYTHING.splitlines(keepends=True)


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=20).map(b"".join))
def test_no_shuffled_policy_does_worse_than_mistakes(text: bytes) -> None:
    with suppress(PolicyError):
        read(text)


@pytest.mark.parametrize("folder", ["ci/own", "ci/own/", "templates"])
def test_the_folder_of_templates(folder: str) -> None:
    assert read(f'templates = "{folder}"').templates == folder.removesuffix("/")


@pytest.mark.parametrize("folder", ["", "/etc", "../x", "a/../b", ".", "a//b", "a\\\\b", "a\\nb"])
def test_what_is_no_folder_of_the_repository(folder: str) -> None:
    what = "must be a folder of the repository, such as `templates`, without `..`"
    assert mistakes(f'templates = "{folder}"') == [f"gate.toml:1: templates: {what}"]
