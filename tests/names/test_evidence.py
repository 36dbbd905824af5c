"""Both versions of what breaks between names are shown, a few lines each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.judging import judge, of_code

from gate.names.excerpts import LINES, LONGEST

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.demo.repository_builder import Content
    from gate.model.report import EvidenceRecord

GAP = "\n\n" + "".join(f"A{number} = {number}\n" for number in range(12))
LOAD = f"import os\n\n\n@cache\ndef load(path):\n    return path\n{GAP}"
USE = "import m\n\n\ndef main():\n    return m.load(1)\n"

Files = dict[str, "Content"]


def evidence(
    make_repo: MakeRepo, code: str, base: Files, first: Files, second: Files, **more: Any
) -> list[EvidenceRecord]:
    """What the only finding of this code shows."""
    repo = make_repo()
    start = repo.commit("main", base)
    repo.commit("agent/a", first, parents=[start], **more)
    repo.commit("agent/b", second, parents=[start])
    repo.write()
    (finding,) = of_code(judge(repo.folder, "agent/a", "agent/b", target="main"), code)
    return finding.evidence


def shown_findings(pieces: list[EvidenceRecord]) -> list[tuple[str, str, int | None, str]]:
    """Each title, its stream, its first line and that line."""
    return [(finding.title, finding.branch, finding.line, finding.text.splitlines()[0]) for finding in pieces]


def test_a_renamed_name_as_it_was_and_is_and_its_use(make_repo: MakeRepo) -> None:
    base: Files = {"m.py": LOAD, "n.py": "x = 1\n"}
    now = f'"""Moved down."""\n\n{LOAD}'.replace("load", "load_config")
    findings = evidence(make_repo, "G211", base, {"m.py": now}, {"n.py": USE})
    assert shown_findings(findings) == [
        ("agent/a had: m.py", "agent/a", 4, "@cache"),
        ("agent/a has: m.py", "agent/a", 6, "@cache"),
        ("agent/b uses it: n.py", "agent/b", 4, "def main():"),
    ]
    assert findings[1].text.splitlines()[1] == "def load_config(path):"
    assert all(finding.text.count("\n") <= LINES for finding in findings)


def test_a_removed_name_as_it_was(make_repo: MakeRepo) -> None:
    findings = evidence(make_repo, "G211", {"m.py": LOAD, "n.py": ""}, {"m.py": GAP}, {"n.py": USE})
    assert [title for title, *_ in shown_findings(findings)] == ["agent/a had: m.py", "agent/b uses it: n.py"]


def test_a_call_and_both_signatures(make_repo: MakeRepo) -> None:
    now = LOAD.replace("def load(path)", "def load(path, mode)")
    findings = evidence(make_repo, "G212", {"m.py": LOAD, "n.py": ""}, {"m.py": now}, {"n.py": USE})
    assert ["def load(path)" in findings[0].text, "def load(path, mode)" in findings[1].text] == [True, True]
    assert "m.load(1)" in findings[2].text


def test_a_module_that_is_gone(make_repo: MakeRepo) -> None:
    findings = evidence(make_repo, "G210", {"m.py": LOAD, "n.py": ""}, {"m.py": None}, {"n.py": "import m\n"})
    assert shown_findings(findings) == [
        ("agent/a: m.py", "agent/a", None, "(this file is gone)"),
        ("agent/b uses it: n.py", "agent/b", 1, "import m"),
    ]


def test_both_of_two_definitions(make_repo: MakeRepo) -> None:
    test = "def test_empty():\n    assert {}\n"
    findings = evidence(
        make_repo,
        "G213",
        {"test_m.py": GAP},
        {"test_m.py": f"{test.format(1)}{GAP}"},
        {"test_m.py": f"{GAP}\n\n{test.format(2)}"},
    )
    assert ["assert 1" in findings[0].text, "assert 2" in findings[1].text] == [True, True]
    assert [finding.branch for finding in findings] == ["agent/a", "agent/b"]


def test_what_each_changed_of_a_merge_that_does_not_parse(make_repo: MakeRepo) -> None:
    findings = evidence(
        make_repo,
        "G223",
        {"m.json": '{\n"a": 1,\n"b": 2,\n"c": 3,\n"d": 4,\n"e": 5\n}\n'},
        {"m.json": '{\n"new": 0,\n"a": 1,\n"b": 2,\n"c": 3,\n"d": 4,\n"e": 5\n}\n'},
        {"m.json": '{\n"a": 1,\n"b": 2,\n"c": 3,\n"d": 4,\n"e": 5,\n"new": 1\n}\n'},
    )
    assert ['"new": 0' in findings[0].text, '"new": 1' in findings[1].text] == [True, True]


@pytest.mark.parametrize("line", ["x" * 5_000, "\u202e" * 5_000])
def test_long_lines_are_cut(make_repo: MakeRepo, line: str) -> None:
    base: Files = {"m.py": LOAD, "n.py": ""}
    now = LOAD.replace("def load(path)", f"def loaded(path):  # {line}\n    # ")
    findings = evidence(make_repo, "G211", base, {"m.py": now}, {"n.py": USE})
    assert max(len(text) for finding in findings for text in finding.text.splitlines()) <= LONGEST
