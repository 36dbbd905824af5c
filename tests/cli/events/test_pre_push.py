"""`pre-push`, through real pushes: what is judged, what blocks, what lets it pass, and what runs before it."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from cli.small import FREE, ONE, OTHER, complaint
from support import git, run_gate, run_here

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def hooked(clone: Path) -> Path:
    """The clone with the hook installed."""
    run_here("hooks", "install", "pre-push", cwd=clone)
    return clone


def push(folder: Path, *words: str, **env: str) -> tuple[int, str]:
    """The exit code of `git push` and what it said."""
    done = subprocess.run(
        ["git", "push", "origin", *words], cwd=folder, capture_output=True, check=False, env=os.environ | env
    )
    return done.returncode, done.stderr.decode("utf-8", "surrogateescape")


def remote(folder: Path) -> set[str]:
    return set(git(folder, "ls-remote", "--heads", "origin").split()[1::2])


def foreign(folder: Path, text: str) -> None:
    path = folder / ".git/hooks/pre-push"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_blocked(hooked: Path) -> None:
    code, said = push(hooked, ONE)
    assert code == 1
    assert f"refs/heads/{ONE}" not in remote(hooked)
    lines = said.splitlines()
    assert lines[0] == f"git-gate: BLOCK  {ONE} on origin/main, beside 2 other streams"
    assert "G201 file-collision" in lines[1]
    assert "engine/a.py:1" in lines[1]
    assert lines[2] == f"    whose: {OTHER}: ENGINE (@clinic/engine)"
    assert lines[3].startswith("    hint: ")
    assert "git push --no-verify, or GATE_SKIP=1" in said


def test_allowed(hooked: Path) -> None:
    code, said = push(hooked, FREE)
    assert code == 0
    assert f"refs/heads/{FREE}" in remote(hooked)
    assert said.startswith(f"git-gate: PASS  {FREE} on origin/main, beside 2 other streams\n")


def test_from_a_linked_worktree(hooked: Path, tmp_path: Path) -> None:
    git(hooked, "worktree", "add", "-q", str(tmp_path / "linked"), ONE)
    code, said = push(tmp_path / "linked", "HEAD")
    assert (code, "git-gate: BLOCK" in said) == (1, True)
    git(tmp_path / "linked", "checkout", "-q", FREE)
    assert push(tmp_path / "linked", "HEAD")[0] == 0


def test_the_commit_pushed_counts_not_the_branch(hooked: Path) -> None:
    """What else the local branch holds is not pushed; a branch under another name is that other stream."""
    git(hooked, "checkout", "-q", FREE)
    (hooked / "engine/a.py").write_text("x = 9\n")
    git(hooked, "commit", "-qam", "collides")
    assert push(hooked, f"{FREE}~1:refs/heads/{FREE}")[0] == 0
    assert push(hooked, FREE)[0] == 1
    code, said = push(hooked, f"{FREE}~1:refs/heads/agent/engine/renamed")
    assert (code, said.split(" on ")[0]) == (0, "git-gate: REVIEW  agent/engine/renamed")


def test_several_refs(hooked: Path) -> None:
    code, said = push(hooked, ONE, FREE, "main")
    assert code == 1
    assert f"git-gate: BLOCK  {ONE} and {FREE} on origin/main, beside 1 other stream" in said
    assert remote(hooked) == {"refs/heads/main"}


def test_branches_of_one_push_that_collide(hooked: Path) -> None:
    code, said = push(hooked, ONE, OTHER)
    assert (code, said.count("G201")) == (1, 1)


def test_deleting(hooked: Path) -> None:
    git(hooked, "push", "-q", "--no-verify", "origin", OTHER)
    git(hooked, "branch", "-qD", OTHER)
    assert push(hooked, ONE)[0] == 1
    code, said = push(hooked, f":{OTHER}", ONE)
    assert code == 0, said
    assert remote(hooked) == {"refs/heads/main", f"refs/heads/{ONE}"}
    code, said = push(hooked, f":{ONE}")
    assert (code, "git-gate" in said) == (0, False)


def test_tags_and_other_refs_are_not_judged(hooked: Path) -> None:
    git(hooked, "tag", "v1", ONE)
    code, said = push(hooked, "v1", f"{ONE}:refs/notes/x")
    assert (code, "git-gate" in said) == (0, False)


def test_what_is_no_stream_is_named_and_passes(hooked: Path) -> None:
    git(hooked, "branch", "mine", ONE)
    code, said = push(hooked, "mine", "main")
    assert code == 0
    assert said.startswith("git-gate: no streams, so not judged: mine")


def test_nothing_to_push(hooked: Path) -> None:
    code, said = push(hooked, "main")
    assert (code, "git-gate" in said) == (0, False)


# Modes and skips


def test_audit_tells_and_lets_pass(hooked: Path) -> None:
    git(hooked, "config", "gate.mode", "audit")
    code, said = push(hooked, ONE)
    assert code == 0
    assert "git-gate: BLOCK" in said
    assert "audit: reported, not enforced" in said


def test_skips(hooked: Path) -> None:
    code, said = push(hooked, ONE, GATE_SKIP="1")
    assert (code, said.splitlines()[0]) == (0, "git-gate: pre-push skipped by GATE_SKIP=1")
    git(hooked, "config", "gate.hook", "false")
    code, said = push(hooked, OTHER)
    assert (code, said.splitlines()[0]) == (0, "git-gate: pre-push skipped by git config gate.hook false")
    git(hooked, "config", "gate.hook", "true")
    git(hooked, "push", "-q", "origin", f":{OTHER}")
    assert push(hooked, OTHER)[0] == 1
    assert push(hooked, "--no-verify", OTHER)[0] == 0


@pytest.mark.parametrize(("mode", "code"), [("enforce", 1), ("audit", 0)])
def test_out_of_time(hooked: Path, mode: str, code: int) -> None:
    git(hooked, "config", "gate.mode", mode)
    git(hooked, "config", "gate.hookTimeout", "0.001")
    found, said = push(hooked, FREE)
    assert found == code
    assert "git-gate: pre-push took more than 0.001 s and was ended; nothing was decided" in said
    assert ("GATE_SKIP=1" in said) is (mode == "enforce")


@pytest.mark.parametrize("value", ["soon", "-3", "nan", "inf", ""])
def test_a_timeout_that_is_none(hooked: Path, value: str) -> None:
    git(hooked, "config", "gate.hookTimeout", value)
    code, said = push(hooked, FREE)
    assert code == 0
    assert "no number of seconds; taking 30" in said


@pytest.mark.parametrize(("mode", "code"), [("enforce", 1), ("audit", 0)])
def test_a_policy_with_mistakes_decides_nothing(hooked: Path, mode: str, code: int) -> None:
    git(hooked, "config", "gate.mode", mode)
    (hooked / "gate.toml").write_text("nonsense = 1\n")
    git(hooked, "commit", "-qam", "worse")
    git(hooked, "push", "-q", "--no-verify", "origin", "main")
    found, said = push(hooked, FREE)
    assert found == code
    assert "gate.toml has 1 mistake" in said


def test_what_cannot_be_told_blocks_with_3(hooked: Path) -> None:
    git(hooked, "checkout", "-q", "--orphan", "agent/ops/alone")
    git(hooked, "commit", "-qm", "no history in common")
    code, said = push(hooked, "agent/ops/alone")
    assert code == 1  # git's own: it does not pass on a hook's
    assert "git-gate: UNKNOWN  agent/ops/alone" in said
    assert "could not be checked: " in said
    line = f"refs/heads/x {git(hooked, 'rev-parse', 'HEAD')} refs/heads/agent/ops/alone {'0' * 40}\n"
    assert run_gate("hook", "pre-push", "origin", "url", cwd=hooked, stdin=line.encode()).exit == 3


# Other tools' hooks


def test_theirs_runs_first_with_the_same_input_and_arguments(clone: Path, tmp_path: Path) -> None:
    foreign(clone, f'printf "%s|" "$@" > {tmp_path}/words; cat > {tmp_path}/input')
    run_here("hooks", "install", "pre-push", cwd=clone)
    assert push(clone, ONE)[0] == 1
    assert (tmp_path / "words").read_text() == f"origin|{tmp_path / 'remote.git'}|"
    oid = git(clone, "rev-parse", ONE)
    assert (tmp_path / "input").read_text() == f"refs/heads/{ONE} {oid} refs/heads/{ONE} {'0' * 40}\n"


def test_theirs_failing_is_the_result(clone: Path) -> None:
    foreign(clone, "echo no >&2; exit 7")
    run_here("hooks", "install", "pre-push", cwd=clone)
    code, said = push(clone, FREE)
    assert code == 1
    assert said.startswith("no\n")
    assert "git-gate" not in said
    ran = subprocess.run(
        [clone / ".git/hooks/pre-push"], cwd=clone, input=b"", capture_output=True, check=False
    )
    assert ran.returncode == 7


def test_theirs_may_leave_its_input_unread(clone: Path) -> None:
    foreign(clone, "exit 0")
    run_here("hooks", "install", "pre-push", cwd=clone)
    assert push(clone, FREE)[0] == 0


def test_theirs_that_git_would_not_run_is_not_run(clone: Path) -> None:
    foreign(clone, "exit 7")
    (clone / ".git/hooks/pre-push").chmod(0o644)
    run_here("hooks", "install", "pre-push", cwd=clone)
    assert push(clone, FREE)[0] == 0


def test_a_configured_hooks_path(clone: Path) -> None:
    git(clone, "config", "core.hooksPath", "my hooks")
    run_here("hooks", "install", "pre-push", cwd=clone)
    assert push(clone, ONE)[0] == 1
    assert push(clone, FREE)[0] == 0


def test_without_the_gate_nothing_is_pushed_unseen(hooked: Path) -> None:
    script = hooked / ".git/hooks/pre-push"
    text = [
        line if not line.startswith("python=") else "python=/no/such"
        for line in script.read_text().split("\n")
    ]
    script.write_text("\n".join(text))
    code, said = push(hooked, FREE, PATH="/usr/bin:/bin")
    assert (code, said.startswith("git-gate: cannot be found")) == (1, True)
    assert push(hooked, FREE, PATH="/usr/bin:/bin", GATE_SKIP="1")[0] == 0


# What a branch may try


def test_modules_of_the_worktree_are_not_run(hooked: Path) -> None:
    for name in ("click.py", "gate.py", "json.py"):
        (hooked / name).write_text("raise SystemExit('caught')\n")
    assert push(hooked, FREE)[0] == 0


@pytest.mark.parametrize(
    "end", ["$(touch${IFS}caught)", "`touch${IFS}caught`", "a;touch${IFS}caught", "'\"&|"]
)
def test_names_that_try_to_be_commands(hooked: Path, end: str) -> None:
    name = f"agent/ops/{end}"
    git(hooked, "checkout", "-q", "-b", name, FREE)
    (hooked / "$(touch caught)").write_text("1\n")
    (hooked / "`touch caught`;touch caught").write_text("1\n")
    git(hooked, "add", "-A")
    git(hooked, "commit", "-qm", "$(touch caught)")
    code, said = push(hooked, name)
    assert code == 0, said
    assert f"refs/heads/{name}" in remote(hooked)
    assert not list(hooked.rglob("caught"))


def test_control_characters_do_not_reach_the_terminal(hooked: Path) -> None:
    name = "agent/engine/\u202ex"
    git(hooked, "branch", name, ONE)
    git(hooked, "branch", "-qD", ONE)
    code, said = push(hooked, name)
    assert code == 1
    assert "\u202e" not in said
    assert "agent/engine/<U+202E>x" in said


# Without git


def test_input_that_git_does_not_write(hooked: Path) -> None:
    said, _ = complaint_after_note(run_gate("hook", "pre-push", "origin", "url", cwd=hooked, stdin=b"a b\n"))
    assert said == "'a b' is no line that git writes to this hook"


def complaint_after_note(result: object) -> tuple[str, str]:
    from support import Result

    assert isinstance(result, Result)
    kept = "\n".join(line for line in result.err.splitlines() if not line.startswith("git-gate: "))
    return complaint(Result(result.exit, result.out, kept))


def test_pre_commit_hands_on_one_ref(hooked: Path) -> None:
    env = {
        "PRE_COMMIT_REMOTE_BRANCH": f"refs/heads/{ONE}",
        "PRE_COMMIT_LOCAL_BRANCH": f"refs/heads/{ONE}",
        "PRE_COMMIT_TO_REF": git(hooked, "rev-parse", ONE),
    }
    result = run_gate("hook", "pre-push", cwd=hooked, env=env)
    assert result.exit == 1
    assert result.err.startswith("git-gate: pre-commit hands on the first branch of a push only")
    del env["PRE_COMMIT_TO_REF"]
    assert run_gate("hook", "pre-push", cwd=hooked, env=env).exit == 1
    env["PRE_COMMIT_LOCAL_BRANCH"] = "no-such"
    assert "'no-such', which is no commit here" in run_gate("hook", "pre-push", cwd=hooked, env=env).err
