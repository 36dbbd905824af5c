"""`owners`: of paths, of a branch, and what the policy gets wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cli.small import FREE, ONE, complaint
from support import MakeRepo, git, run_gate, run_here

if TYPE_CHECKING:
    from pathlib import Path


def test_the_rule_that_decides_is_named(repo: Path) -> None:
    result = run_here("owners", "engine/a.py", "engine/rules.py", "other/x", "docs", cwd=repo)
    assert (result.exit, result.err) == (0, "")
    assert (
        result.out
        == """\
engine/a.py: ENGINE
  by directory `engine/*`, gate.toml line 17
  reviewers: @clinic/engine
engine/rules.py: OPS
  by exception `engine/rules.py`, gate.toml line 12; the law
other/x: OPS
  by directory `/*`, gate.toml line 21
docs: OPS
  by directory `docs/*`, gate.toml line 21
"""
    )


def test_as_data(repo: Path) -> None:
    (entry,) = json.loads(run_here("owners", "-f", "json", "ENGINE/Rules.py", cwd=repo).out)
    assert entry == {
        "path": "ENGINE/Rules.py",
        "change": None,
        "owner": "OPS",
        "reviewers": [],
        "rule": {"kind": "exception", "pattern": "engine/rules.py", "line": 12, "reason": "the law"},
        "domain": "OPS",
        "serialized": False,
        "folded": True,
    }


def test_nobody(repo: Path) -> None:
    policy = repo.parent / "narrow.toml"
    policy.write_text('[coordinators.A]\n[[domains]]\npaths = ["a/*"]\ncoordinator = "A"\n'
                      '[[domains]]\npaths = ["a/x/*"]\nunowned = true\n')  # fmt: skip
    result = run_here("owners", "--config", str(policy), "b", "a/x/y", cwd=repo)
    assert result.exit == 0
    assert "b: nobody\n  no rule matches it\n" in result.out
    assert "a/x/y: nobody\n" in result.out
    assert "leaves it unowned on purpose" in " ".join(result.out.split())  # wherever its lines break


@pytest.mark.parametrize(
    ("folder", "typed"),
    [
        (".", "engine/a.py"),
        (".", "./engine//a.py"),
        (".", "docs/../engine/a.py"),
        ("engine", "a.py"),
        ("docs", "../engine/a.py"),
        ("docs", "{repo}/engine/a.py"),
        (".", "../repo/engine/a.py"),
    ],
)
def test_paths_are_taken_from_the_current_folder(repo: Path, folder: str, typed: str) -> None:
    result = run_here("owners", typed.format(repo=repo), cwd=repo / folder)
    assert result.out.startswith("engine/a.py: ENGINE\n"), result


def test_through_a_link_to_the_repository(repo: Path) -> None:
    (repo.parent / "link").symlink_to(repo)
    typed = str(repo.parent / "link" / "engine" / "a.py")
    assert run_here("owners", typed, cwd=repo).out.startswith("engine/a.py: ENGINE\n")


def test_a_link_within_the_repository_is_a_path_of_its_own(repo: Path) -> None:
    (repo / "docs" / "link").symlink_to("../engine/a.py")
    assert run_here("owners", "docs/link", cwd=repo).out.startswith("docs/link: OPS\n")


@pytest.mark.parametrize("typed", ["../x", "/etc/passwd", "engine/../../x", "..", ".", "", "/"])
def test_a_path_outside(repo: Path, typed: str) -> None:
    said, way_out = complaint(run_here("owners", typed, cwd=repo))
    assert "outside the repository" in said or "no file of the repository" in said
    assert way_out


def test_a_path_that_is_no_text(repo: Path) -> None:
    result = run_gate("owners", b"engine/\xff\x1b.py", cwd=repo)
    assert result.out.startswith("engine/\\xff\\x1b.py: ENGINE\n")


@pytest.mark.parametrize(
    "arguments", [[], ["x", "--lint"], ["--lint", "--branch", ONE], ["x", "--branch", ONE]]
)
def test_one_question_at_a_time(repo: Path, arguments: list[str]) -> None:
    said, _ = complaint(run_here("owners", *arguments, cwd=repo))
    assert "one of them" in said


@pytest.mark.parametrize("arguments", [["src/a.py"], ["--lint"], ["--branch", "feature"]])
def test_without_a_policy(without_policy: Path, arguments: list[str]) -> None:
    said, way_out = complaint(run_here("owners", *arguments, cwd=without_policy))
    assert said == "the target has no gate.toml, so nobody owns anything yet"
    assert way_out.startswith("`git gate init` writes one")


# A branch


def test_of_a_branch(repo: Path) -> None:
    result = run_here("owners", "--branch", FREE, cwd=repo)
    assert (result.exit, result.err) == (0, "")
    assert result.out.startswith("docs/new.md: OPS (added)\n")


def test_of_a_branch_that_moves_something_out_of_a_domain(repo: Path) -> None:
    git(repo, "checkout", "-q", "-b", "moving")
    git(repo, "mv", "docs/old.md", "engine/new.md")
    git(repo, "commit", "-qm", "move")
    git(repo, "checkout", "-q", "main")
    entries = json.loads(run_here("owners", "--branch", "moving", "-f", "json", cwd=repo).out)
    assert [(one["path"], one["owner"], one["change"]) for one in entries] == [
        ("docs/old.md", "OPS", "renamed from here"),
        ("engine/new.md", "ENGINE", "renamed"),
    ]


def test_of_a_branch_that_changes_nothing(repo: Path) -> None:
    result = run_here("owners", "--branch", "main", cwd=repo)
    assert (result.exit, result.out, result.err) == (0, "", "main changes nothing on the target\n")


def test_of_a_branch_of_which_nothing_is_known(repo: Path) -> None:
    git(repo, "checkout", "-q", "--orphan", "alone")
    git(repo, "commit", "-qm", "alone")
    git(repo, "checkout", "-q", "main")
    said, _ = complaint(run_here("owners", "--branch", "alone", cwd=repo), exit=3)
    assert said.startswith("what alone changes is not known: ")


# Lint


def test_lint_of_the_target(repo: Path) -> None:
    result = run_here("owners", "--lint", cwd=repo)
    assert result.exit == 0
    assert "gate.toml: note no-reviewers\n  OPS has no reviewers to ask\n" in result.out
    assert result.out.endswith("gate.toml: 1 note\n")


def test_lint_fails_on_errors_only(repo: Path) -> None:
    policy = repo.parent / "tie.toml"
    policy.write_text('owner = "A"\n[coordinators.A]\n[coordinators.B]\n'
                      '[[domains]]\npaths = ["*"]\ncoordinator = "A"\n'
                      '[[domains]]\npaths = ["*"]\ncoordinator = "B"\n')  # fmt: skip
    result = run_here("owners", "--lint", "--config", str(policy), cwd=repo)
    assert result.exit == 1
    assert f"{policy}:8: error tie\n" in result.out
    first, *_ = json.loads(run_here("owners", "--lint", "--config", str(policy), "-f", "json", cwd=repo).out)
    assert (first["name"], first["severity"], first["line"]) == ("tie", "error", 8)


def test_lint_of_a_policy_that_is_right(make_repo: MakeRepo) -> None:
    made = make_repo()
    text = (
        'owner = "A"\n[coordinators.A]\nreviewers = ["@a"]\n[[domains]]\npaths = ["*"]\ncoordinator = "A"\n'
    )
    made.commit("main", {"gate.toml": text})
    made.write("main")
    result = run_here("owners", "--lint", cwd=made.folder)
    assert (result.exit, result.out) == (0, "gate.toml: nothing to correct\n")
    assert run_here("owners", "--lint", "-f", "json", cwd=made.folder).out == "[]\n"
