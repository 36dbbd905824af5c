"""The sentences that formats share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from gate.model.report import ChangeRecord, EvidenceRecord, LocationRecord, PairRecord, RuleRecord
from gate.report import words

if TYPE_CHECKING:
    from gate.model.report import Report


def test_about() -> None:
    assert words.about([]) == "The repository"
    assert words.about(["a"]) == "a"
    assert words.about([f"agent/{number}" for number in range(10)]).endswith("agent/7 and 2 more")


@pytest.mark.parametrize(
    ("line", "end", "expected"),
    [(None, None, "x.py"), (3, None, "x.py:3"), (3, 3, "x.py:3"), (3, 4, "x.py:3-4"), (3, 2, "x.py:3")],
)
def test_place(line: int | None, end: int | None, expected: str) -> None:
    assert words.place(LocationRecord("agent/a", "x.py", line, end)) == expected


@pytest.mark.parametrize(
    ("title", "branch", "path", "line", "expected"),
    [
        ("agent/a", "agent/a", "x.py", 3, "agent/a, x.py:3"),
        ("agent/a: x.py", "agent/a", "x.py", 3, "agent/a: x.py, line 3"),
        ("agent/a: x.py", "agent/a", "x.py", None, "agent/a: x.py"),
        ("the same patch", "", "", None, "the same patch"),
        ("both", "agent/a", "x.py", None, "both, agent/a, x.py"),
    ],
)
def test_caption_repeats_nothing(title: str, branch: str, path: str, line: int | None, expected: str) -> None:
    assert words.caption(EvidenceRecord(title, branch, path, line, "")) == expected


def test_moved() -> None:
    rule = RuleRecord("none", "")
    assert words.moved(ChangeRecord("b", "a", "renamed", None, rule)) == "b from a"
    assert words.moved(ChangeRecord("b", None, "added", None, rule)) == "b"


def test_pair_order() -> None:
    assert words.pair_order(PairRecord(["a", "b"], "serialize", ["b", "a"], "clean", [], [])) == "b before a"
    assert words.pair_order(PairRecord(["a", "b"], "serialize", [], "clean", [], [])) == "one at a time"
    assert words.pair_order(PairRecord(["a", "b"], "converge", [], "clean", [], [])) == "converge"


def test_a_place_that_evidence_shows_from_another_line_is_named_all_the_same(report: Report) -> None:
    finding = report.findings[0]
    assert words.unproved(finding) == []
    moved = [msgspec.structs.replace(piece, line=11) for piece in finding.evidence]
    path = "backend/app/scheduling/solver.py"
    assert words.unproved(msgspec.structs.replace(finding, evidence=moved)) == [
        f"{path}:12-14 on agent/tabu",
        f"{path}:12-13 on agent/greedy",
    ]


def test_lines_are_numbered_where_their_number_is_known(report: Report) -> None:
    piece = msgspec.structs.replace(report.findings[0].evidence[0], line=9, text="a\nb\n")
    assert words.numbered(piece) == [" 9 | a", "10 | b"]
    assert words.numbered(msgspec.structs.replace(piece, line=None)) == ["| a", "| b"]
