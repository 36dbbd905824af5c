"""Every planted collision of names is found, and its twin is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from gather.planted import TREE, Plant, plants, twice

from gate import source
from gate.gather.request import Request
from gate.pipeline import analyse

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.model.finding import Finding

CODES = ("G210", "G211", "G212", "G213", "G223")


def judge(folder: str, *branches: str) -> list[Finding]:
    """The findings about names."""
    request = Request(
        today=date(2026, 1, 1), folder=folder, branches=branches, target="main", worktrees=False, preview=True
    )
    return [one for one in analyse(request).findings if one.code in CODES]


def planted(make_repo: MakeRepo, plant: Plant) -> str:
    """A repository with the plant's producer, its consumer and the consumer's twin."""
    repo = make_repo()
    base = repo.commit("main", TREE)
    repo.commit("agent/a", plant.producer, parents=[base], renames=plant.renames)
    repo.commit("agent/b", plant.breaks, parents=[base])
    repo.commit("agent/c", plant.fits, parents=[base])
    repo.write()
    return str(repo.folder)


@pytest.mark.parametrize("plant", [*plants(), *(one for one in twice() if one.code)], ids=str)
def test_a_planted_collision_is_found_and_its_twin_is_silent(make_repo: MakeRepo, plant: Plant) -> None:
    folder = planted(make_repo, plant)

    assert {one.code for one in judge(folder, "agent/a", "agent/b")} == {plant.code}
    assert judge(folder, "agent/a", "agent/c") == []


@pytest.mark.parametrize("plant", [one for one in twice() if not one.code], ids=str)
def test_what_may_stand_twice_is_silent(make_repo: MakeRepo, plant: Plant) -> None:
    assert judge(planted(make_repo, plant), "agent/a", "agent/b") == []


def test_a_stale_use_that_was_there_before_is_no_collision(make_repo: MakeRepo) -> None:
    """agent/a forgot a caller: that is broken where it lands alone, whatever agent/b does."""
    repo = make_repo()
    base = repo.commit("main", {"m.py": "def f(): ...\n", "n.py": "import m\n\nm.f()\n"})
    repo.commit("agent/a", {"m.py": "def g(): ...\n"}, parents=[base])
    repo.commit("agent/b", {"n.py": "import m\n\nm.f()\n\n\ndef more():\n    m.f()\n"}, parents=[base])
    repo.write()

    assert judge(str(repo.folder), "agent/a", "agent/b") == []


def test_a_use_the_other_stream_kept_working_is_no_collision(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"m.py": "def f(): ...\n"})
    repo.commit("agent/a", {"m.py": "def g(): ...\n\n\nf = g\n"}, parents=[base])
    repo.commit("agent/b", {"n.py": "import m\n\nm.f()\n"}, parents=[base])
    repo.write()

    assert judge(str(repo.folder), "agent/a", "agent/b") == []


def test_the_finding_has_both_places_and_the_new_name(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"m.py": "A = 1\n\n\ndef load():\n    return A\n"})
    repo.commit("agent/a", {"m.py": "A = 1\n\n\ndef load_config():\n    return A\n"}, parents=[base])
    repo.commit("agent/b", {"n.py": "import m\n\nm.load()\n"}, parents=[base])
    repo.write()

    [found] = judge(str(repo.folder), "agent/a", "agent/b")

    assert found.message == "agent/b uses `m.load`; `load` became `load_config` in agent/a"
    assert found.hint == "land agent/a, then in n.py write `load_config` for `load`"
    assert [(one.branch, one.path, one.line) for one in found.locations] == [
        ("agent/b", "n.py", 3),
        ("agent/a", "m.py", 4),
    ]


def test_text_that_merges_and_no_longer_parses(make_repo: MakeRepo) -> None:
    """An `else` that ends up behind a `with`."""
    start, end = (
        "def f(a):\n    if a:\n        one()\n        two()\n",
        "        three()\n        four()\n        five()\n",
    )
    repo = make_repo()
    base = repo.commit("main", {"m.py": start + end})
    repo.commit("agent/a", {"m.py": start + end + "    else:\n        six()\n"}, parents=[base])
    repo.commit("agent/b", {"m.py": f"{start}    with a:\n{end}"}, parents=[base])
    repo.write()

    assert [one.code for one in judge(str(repo.folder), "agent/a", "agent/b")] == ["G223"]


def test_unread_languages_and_files_are_said_once(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"m.py": "x = 1\n"})
    repo.commit("agent/a", {"a.rb": "", "b.rb": "", "bad.py": "def (:\n", "worse.py": "\0"}, parents=[base])
    repo.commit("agent/b", {"m.py": "x = 2\n"}, parents=[base])
    repo.write()
    request = Request(
        today=date(2026, 1, 1), folder=str(repo.folder), target="main", worktrees=False, preview=True
    )

    said = {(one.what, one.why) for one in analyse(request).report.coverage.not_checked}

    assert ("names in 2 changed files", "Ruby is not read for names") in said
    assert ("names in 1 changed source file", "it does not parse") in said
    assert ("names in 1 changed source file", "it holds null bytes") in said


def test_a_reader_that_changes_the_same_function_asks_for_no_order(make_repo: MakeRepo) -> None:
    """Streams off one unmerged branch carry the same change; none of them reads the other's."""
    repo = make_repo()
    base = repo.commit("main", {"m.py": "def f():\n    return 1\n"})
    repo.commit("agent/a", {"m.py": "def f():\n    return 2\n"}, parents=[base])
    repo.commit(
        "agent/b", {"m.py": "def f():\n    return 2\n", "n.py": "import m\n\nm.f()\n"}, parents=[base]
    )
    repo.write()
    request = Request(
        today=date(2026, 1, 1), folder=str(repo.folder), target="main", worktrees=False, preview=True
    )

    assert "G220" not in {one.code for one in analyse(request).findings}


def test_a_new_test_of_what_the_other_changes_asks_for_an_order(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"m.py": "def f():\n    return 1\n"})
    repo.commit("agent/b", {"m.py": "def f():\n    return 2\n"}, parents=[base])
    repo.commit(
        "agent/a", {"test_m.py": "import m\n\n\ndef test_f():\n    assert m.f() == 1\n"}, parents=[base]
    )
    repo.write()
    request = Request(
        today=date(2026, 1, 1), folder=str(repo.folder), target="main", worktrees=False, preview=True
    )

    done = analyse(request)

    assert "agent/a tests `f`, whose body agent/b changes" in {one.message for one in done.findings}
    assert done.plan.order == ("agent/b", "agent/a")


def test_facts_are_kept_in_the_repository_unless_they_may_not_be(make_repo: MakeRepo) -> None:
    folder = planted(make_repo, next(plants()))
    store = (
        next(path for path in (Path(folder), Path(folder, ".git")) if (path / "HEAD").exists())
        / "gate/facts.db"
    )
    request = Request(
        today=date(2026, 1, 1), folder=folder, target="main", worktrees=False, preview=True, cached=False
    )

    without = analyse(request).findings
    assert not store.exists()
    first = analyse(replace(request, cached=True, jobs=1)).findings
    assert store.exists()
    assert without == first == analyse(replace(request, cached=True)).findings


def test_files_in_conflict_are_not_told_twice(make_repo: MakeRepo) -> None:
    """agent/a moves a package away; agent/b edits a file in it: that conflict is G201's alone."""
    repo = make_repo()
    base = repo.commit(
        "main", {"p/__init__.py": "", "p/m.py": "X = 1\nY = 1\n", "p/n.py": "A = 1\nB = 2\nC = 3\n"}
    )
    repo.commit("agent/a", {"p/m.py": None, "p/n.py": None}, parents=[base])
    repo.commit("agent/b", {"p/n.py": "from p.m import X\nA = 1\nB = 2\nC = 3\n"}, parents=[base])
    repo.write()

    assert judge(str(repo.folder), "agent/a", "agent/b") == []


def test_text_in_conflict_is_no_broken_result(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"m.py": "def f():\n    return 1\n"})
    repo.commit("agent/a", {"m.py": "def f():\n    return 2\n"}, parents=[base])
    repo.commit("agent/b", {"m.py": "def f():\n    return 3\n"}, parents=[base])
    repo.write()

    assert judge(str(repo.folder), "agent/a", "agent/b") == []


def test_a_language_whose_extra_is_not_installed_is_said_with_what_to_install(
    make_repo: MakeRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_installed", lambda name: name == "python")
    repo = make_repo()
    base = repo.commit("main", {"m.py": "x = 1\n"})
    repo.commit("agent/a", {"a.go": "package a\n"}, parents=[base])
    repo.commit("agent/b", {"m.py": "x = 2\n"}, parents=[base])
    repo.write()
    request = Request(
        today=date(2026, 1, 1), folder=str(repo.folder), target="main", worktrees=False, preview=True
    )

    [said] = [
        one for one in analyse(request).report.coverage.not_checked if one.what == "names in 1 changed file"
    ]

    assert (said.why, said.hint) == ("Go is not read for names", "install `git-gate[langs]`")
