"""`doctor`: every prerequisite, and what is said of each when it is broken."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from cli.small import POLICY
from support import git, run_gate, run_here

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support import MakeRepo


def _probes(*arguments: str, cwd: Path, exit: int) -> dict[str, dict[str, Any]]:
    result = run_here("doctor", "-f", "json", *arguments, cwd=cwd)
    assert (result.exit, result.err) == (exit, "")
    found = json.loads(result.out)
    assert found["ok"] is (exit == 0)
    return {one["what"]: one for one in found["probes"]}


def test_all_is_well(repo: Path) -> None:
    result = run_here("doctor", cwd=repo)
    assert (result.exit, result.err) == (0, "")
    lines = [line.split() for line in result.out.splitlines() if not line.startswith(" ")]
    assert {line[0] for line in lines} == {"ok"}
    assert [line[1] for line in lines] == [
        *("python", "git", "libgit2", "tmpdir", "repository", "in-process", "fetched"),
        *("target", "policy", "streams"),
    ]
    assert result.out.rstrip().endswith("4 streams to judge")


def test_not_a_repository(tmp_path: Path) -> None:
    probes = _probes(cwd=tmp_path, exit=2)
    assert probes["repository"]["status"] == "FAIL"
    assert "-C DIR" in probes["repository"]["hint"]
    assert "target" not in probes
    assert "\n                  hint: " in run_here("doctor", cwd=tmp_path).out


def test_no_git(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run_gate("doctor", cwd=repo, env={"PATH": str(tmp_path / "empty")})
    assert (result.exit, result.err) == (2, "")
    assert "FAIL  git         git was not found\n" in result.out


def test_git_is_too_old(repo: Path, stand_in: Callable[[str], None]) -> None:
    stand_in("echo git version 2.1.0")
    assert _probes(cwd=repo, exit=2)["git"]["says"][0].startswith("git 2.1.0 is too old")


def test_tmpdir_cannot_be_written(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.gettempdir", none)
    probes = _probes(cwd=repo, exit=2)
    assert probes["tmpdir"]["status"] == probes["repository"]["status"] == "FAIL"


def test_an_empty_repository(make_repo: MakeRepo) -> None:
    probes = _probes(cwd=make_repo().folder, exit=2)
    assert probes["target"]["status"] == "FAIL"
    assert "no commits" in probes["target"]["says"][0]


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        ((), "main at {main}, found by its usual name"),
        (("config", "gate.target", "main"), "main at {main}, found by git config gate.target"),
    ],
)
def test_how_the_target_was_found(repo: Path, prepare: tuple[str, ...], says: str) -> None:
    if prepare:
        git(repo, *prepare)
    expected = says.format(main=git(repo, "rev-parse", "main")[:10])
    assert _probes(cwd=repo, exit=0)["target"]["says"] == [expected]


def test_the_target_of_a_clone(repo: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(repo), "clone")
    probes = _probes(cwd=tmp_path / "clone", exit=0)
    assert probes["target"]["says"][0].endswith("found as the remote's default branch")
    assert probes["fetched"]["status"] == "ok"


def test_the_target_asked_for(repo: Path) -> None:
    probes = _probes("--target", "agent/ops/free", cwd=repo, exit=0)
    assert probes["target"]["says"][0].endswith("found by --target")
    assert _probes("--target", "nowhere", cwd=repo, exit=2)["target"]["status"] == "FAIL"


def test_every_mistake_of_the_policy(repo: Path) -> None:
    (repo / "broken.toml").write_text("mode = 1\nnonsense = 2\n")
    policy = _probes("--config", "broken.toml", cwd=repo, exit=2)["policy"]
    assert policy["status"] == "FAIL"
    assert [text.split()[0] for text in policy["says"]] == ["broken.toml", "broken.toml:1:", "broken.toml:2:"]
    assert _probes("--config", "nowhere.toml", cwd=repo, exit=2)["policy"]["status"] == "FAIL"


def test_no_policy(without_policy: Path) -> None:
    policy = _probes(cwd=without_policy, exit=0)["policy"]
    assert (policy["status"], policy["hint"]) == ("note", "git gate init")


def test_the_mode(repo: Path) -> None:
    git(repo, "config", "gate.mode", "audit")
    assert "audit mode" in _probes(cwd=repo, exit=0)["policy"]["says"][0]
    git(repo, "config", "gate.mode", "nonsense")
    assert _probes(cwd=repo, exit=2)["policy"]["status"] == "FAIL"


def test_no_streams(repo: Path) -> None:
    (repo / "none.toml").write_text(POLICY.replace("agent/*", "nothing/*"))
    streams = _probes("--config", "none.toml", cwd=repo, exit=0)["streams"]
    assert (streams["status"], streams["says"]) == ("note", ["no unmerged branch that matches nothing/*"])


def test_uncommitted_work_is_counted(repo: Path) -> None:
    git(repo, "checkout", "-q", "agent/ops/free")
    (repo / "docs/new.md").write_text("newer\n")
    assert _probes(cwd=repo, exit=0)["streams"]["says"] == [
        "4 streams to judge, 1 of them with uncommitted work"
    ]


def test_a_shallow_clone(repo: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", repo.as_uri(), "shallow")
    result = run_here("doctor", cwd=tmp_path / "shallow")
    assert result.exit == 2
    assert "note  history     the clone is shallow\n" in result.out
    assert "FAIL  streams     this clone is shallow" in result.out
    assert "git fetch --unshallow" in result.out


def test_a_branch_that_is_damaged(repo: Path) -> None:
    tip = git(repo, "commit-tree", "-m", "lost", "agent/ops/free^{tree}")
    git(repo, "update-ref", "refs/heads/agent/ops/lost", tip)
    (repo / ".git" / "objects" / tip[:2] / tip[2:]).unlink()
    streams = _probes(cwd=repo, exit=2)["streams"]
    assert (streams["status"], streams["hint"]) == ("FAIL", "git fsck")
    assert any("agent/ops/lost" in text for text in streams["says"])


def test_an_old_fetch_and_merge_drivers(repo: Path) -> None:
    git(repo, "remote", "add", "origin", "nowhere")
    assert _probes(cwd=repo, exit=0)["fetched"]["says"] == ["never"]
    (repo / ".git/FETCH_HEAD").write_text("")
    assert _probes(cwd=repo, exit=0)["fetched"]["says"] == ["a moment ago"]
    os.utime(repo / ".git/FETCH_HEAD", (0, 0))
    assert _probes(cwd=repo, exit=0)["fetched"]["status"] == "note"
    git(repo, "config", "merge.lock file.driver", "true")
    drivers = _probes(cwd=repo, exit=0)["drivers"]
    assert (drivers["status"], "lock file" in drivers["says"][0]) == ("note", True)


def test_what_libgit2_cannot_open_is_a_note(make_repo: MakeRepo) -> None:
    made = make_repo(object_format="sha256")
    made.commit("main", {"a": "1\n"})
    made.write("main")
    probes = _probes(cwd=made.folder, exit=0)
    assert probes["in-process"]["status"] == "note"
    assert probes["repository"]["says"][0].endswith(", sha256")
