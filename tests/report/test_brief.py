"""The report in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.judging import judge

from gate.report.brief import MOST, brief

if TYPE_CHECKING:
    from pathlib import Path

    from support import MakeRepo

POLICY = """\
branches = ["a/*"]
owner = "X"
[coordinators.X]
streams = ["a/*"]
[[domains]]
paths = ["/*"]
coordinator = "X"
"""


@pytest.fixture
def folder(make_repo: MakeRepo) -> Path:
    """More collisions than are told: every `a/N` changes the line that `a/0` changes, too."""
    made = make_repo("many")
    base = made.commit("main", {"gate.toml": POLICY, "f": "1\n", "free": ""})
    for number in range(MOST + 3):
        made.commit(f"a/{number}", {"f": f"{number + 2}\n"}, parents=[base])
    made.commit("a/free", {"free": "1\n"}, parents=[base])
    made.write()
    return made.folder


def test_the_rest_is_counted(folder: Path) -> None:
    lines = list(brief(judge(folder), {"X": ("@x",)}))
    assert lines[0].startswith("BLOCK  a/0, a/1, a/2 and 6 more on main, beside 0 other streams")
    assert sum(line.startswith("  G201 ") for line in lines) == MOST
    assert lines[-1].endswith("more errors: git gate check")


def test_what_passes_is_one_line(folder: Path) -> None:
    assert list(brief(judge(folder, "a/free"), {})) == ["PASS  a/free on main, beside 0 other streams"]


def test_who_must_look(folder: Path) -> None:
    policy = POLICY + '[[exceptions]]\npaths = ["free"]\ncoordinator = "Y"\n[coordinators.Y]\n'
    lines = list(brief(judge(folder, "a/free", config=("p", policy.encode())), {"Y": ("@law", "@two")}))
    assert lines == [
        "REVIEW  a/free on main, beside 0 other streams",
        "  before it lands: review by Y (@law, @two)",
    ]
