"""`check`, `report` and `order`: what goes where, and with which exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cli.small import FREE, ONE, OTHER, STALE, complaint
from support import git, run_gate, run_here, snapshot

if TYPE_CHECKING:
    from pathlib import Path


def test_the_verdict_is_the_exit_code(repo: Path, without_policy: Path) -> None:
    assert run_here("check", cwd=repo).exit == 1
    assert run_here("check", "--fail-on", "never", FREE, cwd=repo).exit == 0
    assert run_here("check", FREE, cwd=repo).exit == 0
    assert run_here("check", ONE, OTHER, cwd=repo).exit == 1
    assert run_here("check", cwd=without_policy).exit == 0


def test_a_missing_review_fails_only_when_strict(repo: Path) -> None:
    git(repo, "checkout", "-q", "-b", "agent/engine/rules")
    (repo / "engine/rules.py").write_text("y = 1\n")
    git(repo, "commit", "-qam", "rules")
    git(repo, "checkout", "-q", "main")
    result = run_here("check", "-f", "json", "agent/engine/rules", cwd=repo)
    assert (json.loads(result.out)["verdict"], result.exit) == ("review", 0)
    assert run_here("check", "--strict", "agent/engine/rules", cwd=repo).exit == 1


def test_what_could_not_be_checked_is_exit_3(repo: Path) -> None:
    git(repo, "checkout", "-q", "--orphan", "agent/ops/alone")
    git(repo, "commit", "-qm", "no history in common")
    git(repo, "checkout", "-q", "main")
    assert run_here("check", "agent/ops/alone", cwd=repo).exit == 3
    assert run_here("order", "agent/ops/alone", cwd=repo).exit == 3
    assert run_here("pair", "agent/ops/alone", FREE, cwd=repo).exit == 3
    assert run_here("report", "agent/ops/alone", cwd=repo).exit == 0


@pytest.mark.parametrize("command", ["check", "report", "order"])
def test_data_goes_to_stdout_and_nothing_to_stderr(repo: Path, command: str) -> None:
    outside, inside = run_gate(command, cwd=repo), run_here(command, cwd=repo)
    assert outside == inside
    assert outside.err == ""
    assert outside.out.endswith("\n")
    assert "\x1b" not in outside.out


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["check", "-v"], ["report"], ["order"], ["pair", ONE, OTHER], ["owners", "--branch", ONE],
     ["owners", "--lint"], ["doctor"], ["init", "--output", "-"]],
)  # fmt: skip
def test_the_repository_stays_as_it_is(repo: Path, arguments: list[str]) -> None:
    (repo / "engine/a.py").write_text("not committed\n")
    (repo / "untracked").write_text("new\n")
    before = snapshot(repo)
    run_here(*arguments, cwd=repo)
    assert snapshot(repo) == before


@pytest.mark.parametrize("way", ["-C before", "-C after", "inside"])
def test_from_another_folder(repo: Path, way: str) -> None:
    expected = run_here("check", cwd=repo)
    asked = {
        "-C before": (["-C", "repo", "check"], repo.parent),
        "-C after": (["check", "-C", "repo"], repo.parent),
        "inside": (["check"], repo / "engine"),
    }
    arguments, folder = asked[way]
    assert run_here(*arguments, cwd=folder) == expected


def test_paths_are_relative_to_the_folder_of_c(repo: Path) -> None:
    result = run_here("-C", "repo/engine", "check", FREE, "-o", "json:out.json", "-q", cwd=repo.parent)
    assert result.exit == 0
    assert json.loads((repo / "engine/out.json").read_text())["verdict"] == "pass"


# Mode


@pytest.mark.parametrize("configured", [True, False])
def test_audit_reports_and_never_fails(repo: Path, configured: bool) -> None:
    extra = []
    if configured:
        git(repo, "config", "gate.mode", "audit")
    else:
        policy = repo.parent / "audit.toml"
        policy.write_text('mode = "audit"\n' + (repo / "gate.toml").read_text())
        extra = ["--config", str(policy)]
    result = run_here("check", "-f", "json", *extra, cwd=repo)
    report = json.loads(result.out)
    assert (result.exit, report["verdict"], report["policy"]["mode"]) == (0, "block", "audit")
    assert "audit: reported, not enforced" in " ".join(run_here("check", *extra, cwd=repo).out.split())
    assert run_here("pair", ONE, OTHER, *extra, cwd=repo).exit == 0


def test_git_config_can_enforce_what_the_policy_only_audits(repo: Path) -> None:
    policy = repo.parent / "audit.toml"
    policy.write_text('mode = "audit"\n' + (repo / "gate.toml").read_text())
    git(repo, "config", "gate.mode", "enforce")
    assert run_here("check", "--config", str(policy), cwd=repo).exit == 1


def test_usage_mistakes_fail_in_audit_mode_too(repo: Path) -> None:
    git(repo, "config", "gate.mode", "audit")
    complaint(run_here("check", "no-such-branch", cwd=repo))


def test_a_mode_that_is_none(repo: Path) -> None:
    git(repo, "config", "gate.mode", "lenient")
    said, way_out = complaint(run_here("check", cwd=repo))
    assert said == "git config gate.mode is 'lenient', which is none of enforce, audit"
    assert "--show-origin" in way_out


# Order


def test_order_says_what_lands_and_what_is_held(repo: Path) -> None:
    result = run_here("order", cwd=repo)
    assert (result.exit, result.err) == (0, "")
    lines = [line.strip() for line in result.out.splitlines()]
    assert lines[0] == "Landing order on main: 2 streams in 1 batch, efficiency 2.0"
    assert "batch 1" in lines
    held = result.out[result.out.index("Held") :]
    assert OTHER in held
    assert STALE in held


def test_order_as_json_is_the_plan_of_the_report(repo: Path) -> None:
    plan = json.loads(run_here("order", "-f", "json", cwd=repo).out)
    assert plan == json.loads(run_here("check", "-f", "json", cwd=repo).out)["plan"]
    assert set(plan) == {"order", "batches", "held", "critical_path", "handoffs"}


def test_order_without_streams(repo: Path) -> None:
    policy = repo.parent / "none.toml"
    policy.write_text('branches = ["nothing/*"]\n')
    result = run_here("order", "--config", str(policy), cwd=repo)
    assert result.exit == 0
    assert "nothing lands now" in result.out
