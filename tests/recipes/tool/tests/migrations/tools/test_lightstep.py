"""Lightstep: two branches that take one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.judging import codes, judge

if TYPE_CHECKING:
    from support import MakeRepo


def test_one_number_for_two_migrations(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"db/steps/1.step": "create users\n"})
    repo.commit("agent/a", {"db/steps/2.step": "add a\n", "x/steps/9.step": "\n"}, parents=[base])
    repo.commit("agent/b", {"db/steps/2.step": "add b\n"}, parents=[base])
    repo.commit("agent/c", {"db/steps/3.step": "add c\n"}, parents=[base])
    repo.write()

    assert "G241" in codes(judge(repo.folder, "agent/a", "agent/b", target="main"))
    assert "G241" not in codes(judge(repo.folder, "agent/b", "agent/c", target="main"))
