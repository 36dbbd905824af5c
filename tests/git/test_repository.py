"""Every kind of repository, from every place a gate may stand in."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support import MakeRepo, git, snapshot
from support.judging import codes, judge

import gate
from gate.errors import EnvironmentFault, GitFailed
from gate.git import repository as module
from gate.git.objects import Objects

if TYPE_CHECKING:
    from support.forks import Open

    from gate.demo import repository_builder

TEXT = "".join(f"line {number}\n" for number in range(9))


def collide(repo: repository_builder.RepositoryBuilder) -> None:
    """`a` and `b` change one line; `c` goes with both; `main` is checked out."""
    base = repo.commit("main", {"f": TEXT, "lib/g": "1\n"})
    repo.commit("a", {"f": TEXT.replace("4", "a")}, parents=[base])
    repo.commit("b", {"f": TEXT.replace("4", "b")}, parents=[base])
    repo.commit("c", {"lib/g": "2\n", "new": "3\n"}, parents=[base])
    repo.commit("main", {"on": "main\n"})


def require_collision(folder: Path) -> None:
    """The whole analysis works, and leaves the folder as it was."""
    before = snapshot(folder)
    report = judge(folder)
    assert codes(report, "a") == ["G201"]
    assert codes(report, "c") == []
    assert (report.coverage.streams, report.coverage.pairs) == (3, 3)
    assert snapshot(folder) == before


KINDS: dict[str, dict[str, Any]] = {
    "ordinary": {},
    "bare": {"bare": True},
    "sha256": {"object_format": "sha256"},
    "reftable": {"ref_format": "reftable"},
    "reftable and sha256": {"ref_format": "reftable", "object_format": "sha256"},
}


@pytest.mark.parametrize("options", KINDS.values(), ids=KINDS)
def test_every_kind_of_repository(make_repo: MakeRepo, options: dict[str, Any]) -> None:
    try:
        repo = make_repo(**options)
    except EnvironmentFault as cannot:
        pytest.skip(cannot.message)
    collide(repo)
    repo.write("" if "bare" in options else "main")
    require_collision(repo.folder)


@pytest.mark.parametrize(
    "command", [["gc", "-q"], ["pack-refs", "--all"], ["repack", "-adq"], ["commit-graph", "write"]]
)
def test_however_it_is_packed(make_repo: MakeRepo, command: list[str]) -> None:
    repo = make_repo()
    collide(repo)
    repo.write("main")
    git(repo.folder, *command)
    require_collision(repo.folder)


def test_a_partial_clone_fetches_what_it_lacks_and_keeps_nothing(make_repo: MakeRepo, tmp_path: Path) -> None:
    repo = make_repo()
    collide(repo)
    repo.write("main")
    git(repo.folder, "config", "uploadpack.allowFilter", "true")
    git(repo.folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{repo.folder}", str(clone))
    blob = git(repo.folder, "rev-parse", "a:f")
    listed = git(clone, "rev-list", "--objects", "--all", "--missing=print").splitlines()
    assert f"?{blob}" in listed
    before = snapshot(clone)
    report = judge(clone)
    assert codes(report, "origin/a") == ["G201"]
    assert report.coverage.not_checked[0].what == "who owns the changed paths"
    assert len(report.coverage.not_checked) == 1
    assert snapshot(clone) == before


def test_a_partial_clone_without_its_remote_cannot_tell(make_repo: MakeRepo, tmp_path: Path) -> None:
    repo = make_repo()
    collide(repo)
    repo.write("main")
    git(repo.folder, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{repo.folder}", str(clone))
    repo.folder.rename(tmp_path / "away")
    report = judge(clone)
    assert report.verdict == "unknown"
    assert "G201" not in codes(report)


def test_a_borrowing_clone(make_repo: MakeRepo, tmp_path: Path) -> None:
    repo = make_repo('odd: "name"')
    collide(repo)
    repo.write("main")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--shared", str(repo.folder), str(clone))
    assert codes(judge(clone), "origin/a") == ["G201"]


def test_a_linked_worktree_and_a_folder_below(make_repo: MakeRepo) -> None:
    repo = make_repo()
    collide(repo)
    repo.write("main")
    git(repo.folder, "worktree", "add", "-q", "--detach", "../linked", "main")
    for folder in (repo.folder / "lib", repo.folder.parent / "linked/lib", repo.folder / ".git"):
        assert codes(judge(folder), "a") == ["G201"]


def test_attributes_count_wherever_it_is_run(make_repo: MakeRepo) -> None:
    repo = make_repo()
    collide(repo)
    repo.commit("main", {".gitattributes": "f merge=union\n"})
    repo.write("main")
    for folder in (repo.folder, repo.folder / "lib", repo.folder / ".git"):
        assert codes(judge(folder), "a") == []


@pytest.mark.parametrize(
    "lead_astray",
    [
        {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index"},
        {"GIT_INDEX_FILE": "/nowhere/index"},
        {"GIT_DIR": ".git", "GIT_WORK_TREE": "."},
        {"GIT_NAMESPACE": "x"},
        {"GIT_EXTERNAL_DIFF": "false"},
        {"GIT_TRACE": "2", "GIT_TRACE2": "1"},
        {"GIT_LITERAL_PATHSPECS": "1"},
        {"GIT_DEFAULT_HASH": "sha256"},
        {"GIT_PAGER": "false", "GIT_DIFF_OPTS": "-u0"},
    ],
    ids=lambda variables: "+".join(variables),
)
def test_variables_of_a_hook_do_not_lead_it_astray(
    make_repo: MakeRepo, monkeypatch: pytest.MonkeyPatch, lead_astray: dict[str, str]
) -> None:
    repo = make_repo()
    collide(repo)
    repo.write("main")
    monkeypatch.chdir(repo.folder)
    for name, value in lead_astray.items():
        monkeypatch.setenv(name, value)
    report = judge(repo.folder)
    assert codes(report, "a") == ["G201"]


def test_what_a_push_brings_is_judged_before_it_is_accepted(make_repo: MakeRepo, tmp_path: Path) -> None:
    """In `pre-receive` the new objects are in git's own quarantine, named by the environment alone."""
    server = make_repo("server: odd", bare=True)
    base = server.commit("main", {"f": TEXT})
    server.commit("a", {"f": TEXT.replace("4", "a")}, parents=[base])
    server.write()
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(server.folder), str(clone))
    (clone / "f").write_text(TEXT.replace("4", "b"))
    git(clone, "commit", "-qam", "mine")
    verdict = tmp_path / "verdict.json"
    hook = server.folder / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        "#!/bin/sh\nread old new ref\n"
        f"PYTHONPATH='{Path(gate.__file__).parents[1]}' '{sys.executable}' -m gate check -f json --target main a "
        f'"$new" > "{verdict}"\n'
    )
    hook.chmod(0o755)
    git(clone, "push", "-q", "origin", "HEAD:refs/heads/b", check=False)
    assert git(server.folder, "for-each-ref", "--format=%(refname:short)").split() == ["a", "main"]
    findings = json.loads(verdict.read_text())["findings"]
    assert [finding["code"] for finding in findings] == ["G201"]


def test_no_repository(tmp_path: Path, opened: Open) -> None:
    with pytest.raises(EnvironmentFault, match="is not in a git repository"):
        opened(tmp_path)
    with pytest.raises(EnvironmentFault, match="there is no folder"):
        opened(tmp_path / "no-such")


def test_no_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, opened: Open) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFault, match="git was not found") as raised:
        opened(tmp_path)
    assert raised.value.hint is not None


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("git version 2.39.5", (2, 39, 5)),
        ("git version 2.39.3 (Apple Git-146)", (2, 39, 3)),
        ("git version 3.0", (3, 0)),
    ],
)
def test_a_git_new_enough(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, version: tuple[int, ...]
) -> None:
    say(monkeypatch, tmp_path, said)
    assert module.require_git() == version


@pytest.mark.parametrize("said", ["git version 2.38.1", "git version 1.9", "something else"])
def test_a_git_too_old(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str) -> None:
    say(monkeypatch, tmp_path, said)
    with pytest.raises(EnvironmentFault, match=r"too old: merging in memory needs 2\.39"):
        module.require_git()


def say(monkeypatch: pytest.MonkeyPatch, folder: Path, words: str) -> None:
    """A git that says this of its version."""
    (folder / "git").write_text(f"#!/bin/sh\necho '{words}'\n")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_an_object_of_any_size_kind_and_name(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    big = b"\0x\n" * 200_000
    oid = repo.commit("main", {"big": big, "empty": "", "a b\tc": "odd"})
    repo.write()
    with Objects(opened(repo.folder)) as objects:
        assert objects.blob(f"{oid}:big") == big
        assert objects.blob(f"{oid}:big", limit=len(big) - 1) is None
        assert objects.blob(f"{oid}:empty") == b""
        assert objects.blob(f"{oid}:a b\tc") == b"odd"
        assert [objects.blob(name) for name in (oid, f"{oid}:no", "", "a\nb", "x blob 3")] == [None] * 5
        info = objects.info(f"{oid}:big")
        assert info is not None
        assert (info.kind, info.size) == ("blob", len(big))


def test_a_damaged_object_is_an_error_and_the_next_one_can_be_read(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    oid = repo.commit("main", {"bad": "bad content\n", "good": "good"})
    repo.write()
    blob = git(repo.folder, "rev-parse", "main:bad")
    place = repo.folder / ".git/objects" / blob[:2] / blob[2:]
    whole = place.read_bytes()
    place.chmod(0o644)
    place.write_bytes(whole[: len(whole) // 2])
    repository = opened(repo.folder)
    with Objects(repository) as objects:
        for _ in range(2):
            with pytest.raises(GitFailed, match="git cat-file failed"):
                objects.blob(blob)
            assert objects.blob(f"{oid}:good") == b"good"
