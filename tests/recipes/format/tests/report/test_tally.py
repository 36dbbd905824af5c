"""`tally`: the number of findings of each code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.judging import judge

from gate.report import render

if TYPE_CHECKING:
    from support import MakeRepo


def test_it_counts(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": "1\n"})
    repo.commit("agent/a", {"f": "2\n"}, parents=[base])
    repo.commit("agent/b", {"f": "3\n"}, parents=[base])
    repo.write()

    assert "G201=1" in render(judge(repo.folder, target="main"), "tally")
