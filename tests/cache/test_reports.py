"""A question asked twice is answered once, as long as nothing that could change the answer did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from support import git
from support.judging import TODAY

from gate import checks, pipeline
from gate.cache.database import FILE, FactsCache
from gate.model.request import Request
from gate.report import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support import MakeRepo

    from gate.demo.repository_builder import RepositoryBuilder
    from gate.model.analysis import Analysis
    from gate.model.facts import Facts
    from gate.model.finding import Finding
    from gate.model.report import Report


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The target's commit of every analysis that was really made."""
    made: list[str] = []
    real = pipeline._analyse

    def noted(question: pipeline._Question, progress: Callable[[str], None]) -> Analysis:
        made.append(question.workspace.branch.commit)
        return real(question, progress)

    monkeypatch.setattr(pipeline, "_analyse", noted)
    return made


@pytest.fixture
def repo(make_repo: MakeRepo) -> RepositoryBuilder:
    repo = make_repo()
    base = repo.commit("main", {"f": "1\n", "g": "1\n"})
    for name in ("a", "b"):
        repo.commit(name, {"f": f"{name}\n", "g": "1\n"}, parents=[base])
    repo.write()
    return repo


def ask(repo: RepositoryBuilder, **wanted: Any) -> Report:
    return pipeline.publish(Request(**{"today": TODAY, "folder": str(repo.folder), **wanted})).report


def test_asked_again_it_says_the_same_without_work(repo: RepositoryBuilder, worked: list[str]) -> None:
    first = ask(repo)

    assert render(ask(repo), "json") == render(first, "json")
    assert [one.code for one in first.findings] == ["G201"]
    assert len(worked) == 1


def _grows(repo: RepositoryBuilder) -> None:
    repo.commit("a", {"f": "more\n", "g": "1\n"})
    repo.write()


def _another_stream(repo: RepositoryBuilder) -> None:
    repo.git("branch", "c", "a")


def _renamed_stream(repo: RepositoryBuilder) -> None:
    repo.git("branch", "-m", "b", "bb")


def _target_moves(repo: RepositoryBuilder) -> None:
    repo.commit("main", {"f": "1\n", "g": "2\n"})
    repo.write()


def _configured(repo: RepositoryBuilder) -> None:
    repo.git("config", "merge.renames", "false")


def _attributes(repo: RepositoryBuilder) -> None:
    place = repo.folder / ".git" / "info" / "attributes"
    place.parent.mkdir(exist_ok=True)
    place.write_text("f merge=union\n", encoding="utf-8")


def _own_attributes(repo: RepositoryBuilder) -> None:
    (repo.folder / ".gitattributes").write_text("f merge=union\n", encoding="utf-8")


def _checked_out(repo: RepositoryBuilder) -> None:
    repo.git("symbolic-ref", "HEAD", "refs/heads/a")


def _audited(repo: RepositoryBuilder) -> None:
    repo.git("config", "gate.mode", "audit")


@pytest.mark.parametrize(
    "change",
    [
        _grows,
        _another_stream,
        _renamed_stream,
        _target_moves,
        _configured,
        _attributes,
        _own_attributes,
        _checked_out,
        _audited,
    ],
)
def test_what_changes_the_answer_is_asked_anew(
    repo: RepositoryBuilder, worked: list[str], change: Callable[[RepositoryBuilder], None]
) -> None:
    ask(repo)
    change(repo)
    again = ask(repo)

    assert len(worked) == 2
    assert render(again, "json") == render(ask(repo, cached=False), "json")


@pytest.mark.parametrize(
    "wanted",
    [
        {"today": date(2026, 1, 3)},
        {"branches": ("a",)},
        {"select": ("G2",)},
        {"ignore": ("G201",)},
        {"fail_on": "never"},
        {"against": ("b",), "branches": ("a",)},
        {"config": ("gate.toml", b"version = 1\n")},
    ],
    ids=lambda wanted: next(iter(wanted)),
)
def test_another_question_is_another_question(
    repo: RepositoryBuilder, worked: list[str], wanted: dict[str, Any]
) -> None:
    ask(repo)
    said = ask(repo, **wanted)

    assert len(worked) == 2
    assert render(said, "json") == render(ask(repo, **{**wanted, "cached": False}), "json")


def test_a_merge_driver_may_say_something_else_every_time(repo: RepositoryBuilder, worked: list[str]) -> None:
    repo.git("config", "merge.mine.driver", "true")
    ask(repo)
    ask(repo)

    assert len(worked) == 2


def test_checks_of_other_packages_may_know_more(
    repo: RepositoryBuilder, worked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(facts: Facts) -> Iterator[Finding]:  # noqa: ARG001
        return iter(())

    foreign = [replace(one, ask=other) for one in checks.catalog() if one.code == "G201"]
    monkeypatch.setattr(checks, "catalog", lambda: foreign)
    ask(repo)
    ask(repo)

    assert len(worked) == 2


def test_what_could_not_be_checked_is_tried_again(repo: RepositoryBuilder, worked: list[str]) -> None:
    (repo.folder / ".git" / "refs" / "heads" / "gone").write_text("1" * 40 + "\n", encoding="ascii")
    assert any(one.required for one in ask(repo).coverage.not_checked)
    ask(repo)

    assert len(worked) == 2


def test_a_damaged_store_forgets(repo: RepositoryBuilder, worked: list[str]) -> None:
    first = ask(repo)
    with FactsCache(str(repo.folder / ".git")) as cache:
        rows = {f"report-{slot}": b"\0" * 40 for slot in range(16)}
        cache.put("report/1", rows)
    assert ask(repo) == first
    (repo.folder / ".git" / FILE).write_bytes(b"no database")
    assert ask(repo) == first
    assert len(worked) == 3


def test_a_release_since_then_is_another_question(repo: RepositoryBuilder, worked: list[str]) -> None:
    """Repairs leave what is published where it is."""
    ask(repo)
    git(repo.folder, "tag", "v1", "a")
    ask(repo)
    git(repo.folder, "update-ref", "refs/remotes/origin/release-1", "b")
    ask(repo)
    ask(repo)
    assert len(worked) == 3
