"""The sentences that formats share."""

from __future__ import annotations

import pytest

from gate.model.report import Change, Evidence, Location, Pair, Rule
from gate.report import words


def test_about() -> None:
    assert words.about([]) == "The repository"
    assert words.about(["a"]) == "a"
    assert words.about([f"agent/{number}" for number in range(10)]).endswith("agent/7 and 2 more")


@pytest.mark.parametrize(
    ("line", "end", "expected"),
    [(None, None, "x.py"), (3, None, "x.py:3"), (3, 3, "x.py:3"), (3, 4, "x.py:3-4"), (3, 2, "x.py:3")],
)
def test_place(line: int | None, end: int | None, expected: str) -> None:
    assert words.place(Location("agent/a", "x.py", line, end)) == expected


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
    assert words.caption(Evidence(title, branch, path, line, "")) == expected


def test_moved() -> None:
    rule = Rule("none", "")
    assert words.moved(Change("b", "a", "renamed", None, rule)) == "b from a"
    assert words.moved(Change("b", None, "added", None, rule)) == "b"


def test_pair_order() -> None:
    assert words.pair_order(Pair(["a", "b"], "serialize", ["b", "a"], "clean", [], [])) == "b before a"
    assert words.pair_order(Pair(["a", "b"], "serialize", [], "clean", [], [])) == "one at a time"
    assert words.pair_order(Pair(["a", "b"], "converge", [], "clean", [], [])) == "converge"
