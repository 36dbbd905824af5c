"""Data files two streams change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from gate.model.request import Request
from gate.pipeline import analyse

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.model.analysis import Analysis

SCRIPTS = "{\n" + "".join(f'  "{name}": {{\n    "one": 1\n  }},\n' for name in "abcdefgh") + '  "z": 1\n}\n'
STEPS = "on: push\njobs:\n" + "".join(f"  {name}:\n    runs-on: linux\n" for name in "abcdefgh")
TABLES = "".join(f"[{name}]\none = 1\n\n" for name in "abcdefgh")


def done(make_repo: MakeRepo, path: str, base: str, *versions: str) -> Analysis:
    repo = make_repo()
    start = repo.commit("main", {path: base})
    for name, text in zip("ab", versions, strict=True):
        repo.commit(f"agent/{name}", {path: text}, parents=[start])
    repo.write()
    request = Request(today=date(2026, 1, 1), folder=str(repo.folder), target="main", worktrees=False, jobs=1)
    return analyse(request)


@pytest.mark.parametrize(
    ("path", "base", "early", "late", "late_twin", "words"),
    [
        (
            "package.json", SCRIPTS, ('  "a"', '  "new": 1,\n  "a"'), ('  "z"', '  "new": 2,\n  "z"'),
            ('  "z"', '  "newer": 2,\n  "z"'), ("warning", "then line 27 repeats the key `new`"),
        ),
        (
            "tsconfig.json", f"// about\n{SCRIPTS}", ('  "a"', '  "new": 1,\n  "a"'), ('  "z"', '  "new": 2,\n  "z"'),
            ('  "z": 1', '  "y": 1, // so\n  "z": 1,'), ("warning", "then line 28 repeats the key `new`"),
        ),
        (
            ".github/workflows/ci.yml", STEPS, ("  a:", "  new:\n    runs-on: mac\n  a:"),
            ("  h:", "  new:\n    runs-on: bsd\n  h:"), ("  h:", "  newer:\n    runs-on: bsd\n  h:"),
            ("error", "then line 19 repeats the key `jobs.new`"),
        ),
        (
            "values.yaml", STEPS, ("  a:", "  new:\n    runs-on: mac\n  a:"),
            ("  h:", "  new:\n    runs-on: bsd\n  h:"), ("  h:", "  newer:\n    runs-on: bsd\n  h:"),
            ("warning", "then line 19 repeats the key `jobs.new`"),
        ),
        (
            "pyproject.toml", TABLES, ("[a]", "[new]\n\n[a]"), ("[h]", "[new]\n\n[h]"), ("[h]", "[newer]\n\n[h]"),
            ("error", "then it is no TOML: cannot declare ('new',) twice (at line 24, column 5)"),
        ),
        (
            "shared.yaml", f"a: &x 1\n{STEPS}", ("a: &x 1", "a: 1"), ("  h:\n", "  h:\n    it: *x\n"),
            ("  h:\n", "  h:\n    it: 1\n"), ("error", "then it is no YAML: nothing is anchored as x (line 19)"),
        ),
    ],
)  # fmt: skip
def test_a_merge_that_spoils_a_file_and_one_that_does_not(
    make_repo: MakeRepo,
    path: str,
    base: str,
    early: tuple[str, str],
    late: tuple[str, str],
    late_twin: tuple[str, str],
    words: tuple[str, str],
) -> None:
    sides = [base.replace(*early), base.replace(*late)]
    assert base not in sides

    findings = [finding for finding in done(make_repo, path, base, *sides).findings if finding.code == "G223"]
    twins = done(make_repo, path, base, sides[0], base.replace(*late_twin)).findings

    assert [(finding.severity.value, words[1] in finding.message) for finding in findings] == [
        (words[0], True)
    ]
    assert [finding for finding in twins if finding.code == "G223"] == []


def test_the_finding_has_the_line_of_each(make_repo: MakeRepo) -> None:
    first, second = (
        SCRIPTS.replace('  "a"', '  "new": 1,\n  "a"'),
        SCRIPTS.replace('  "z"', '  "new": 2,\n  "z"'),
    )

    [finding] = [
        finding
        for finding in done(make_repo, "x.json", SCRIPTS, first, second).findings
        if finding.code == "G223"
    ]

    assert [(finding.branch, finding.line) for finding in finding.locations] == [
        ("agent/a", 2),
        ("agent/b", 26),
    ]
    assert finding.hint == "land one of them, then rebase the other and keep one `new` in x.json"


@pytest.mark.parametrize(
    ("path", "base"),
    [
        ("x.json", SCRIPTS.replace('"c": {', '"a": {')),
        ("x.json", SCRIPTS.replace("}\n}", "},\n}")),
        ("chart.yaml", "{{ if x }}\n" + STEPS),
        ("x.toml", TABLES + "[a]\n"),
    ],
)
def test_what_was_spoilt_before_is_no_collision(make_repo: MakeRepo, path: str, base: str) -> None:
    sides = (f"\n\n{base}", f"{base}\n\n")

    assert [finding.code for finding in done(make_repo, path, base, *sides).findings] == []


def test_two_that_change_it_alike_repeat_nothing(make_repo: MakeRepo) -> None:
    both = SCRIPTS.replace('  "a"', '  "new": 1,\n  "a"')

    assert "G223" not in {finding.code for finding in done(make_repo, "x.json", SCRIPTS, both, both).findings}


def test_a_merge_too_large_to_be_read_is_said(make_repo: MakeRepo) -> None:
    base = "".join(f'{{"{number:060}": 1}}\n' for number in range(20_000))

    findings = done(make_repo, "x.json", base, f"\n{base}", f"{base}\n").report.coverage.not_checked

    assert ("the merged text of 1 data file", "it has more than 1 MB") in {
        (finding.what, finding.why) for finding in findings
    }


def test_a_stream_alone_has_no_data_read(make_repo: MakeRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock file of one stream may be large; nobody asks what it says."""
    from gate.cache.source_facts import SourceFacts

    questions: list[str] = []
    monkeypatch.setattr(SourceFacts, "data", lambda _self, _blob, path: questions.append(path))
    repo = make_repo()
    start = repo.commit("main", {"x.json": "{}", "m.py": "x = 1\n"})
    repo.commit("agent/a", {"x.json": '{"a": 1}', "m.py": "x = 2\n"}, parents=[start])
    repo.commit("agent/b", {"y.json": "{}", "n.py": "import m\n\nm.x\n"}, parents=[start])
    repo.write()

    analyse(Request(today=date(2026, 1, 1), folder=str(repo.folder), target="main", jobs=1))

    assert questions == []
