"""Jot: what two branches do to one another's names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.judging import codes, judge

if TYPE_CHECKING:
    from support import MakeRepo

LIBRARY = "define load\ndefine save\n"


def test_a_name_that_one_removes_and_the_other_starts_to_use(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"lib.jot": LIBRARY, "app.jot": "use lib load\n"})
    repo.commit("agent/a", {"lib.jot": "define load\n"}, parents=[base])
    repo.commit("agent/b", {"new.jot": "use lib save\n"}, parents=[base])
    repo.commit("agent/c", {"new.jot": "use lib load\n"}, parents=[base])
    repo.write()

    assert codes(judge(repo.folder, "agent/a", "agent/b", target="main"), "agent/b") == ["G211"]
    assert codes(judge(repo.folder, "agent/a", "agent/c", target="main"), "agent/c") == []
