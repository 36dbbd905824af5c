"""`hooks`: ours goes in beside what is there, and comes out without a trace."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from cli.small import complaint
from support import git, run_here, snapshot

from gate.cli.hook import EVENTS
from gate.cli.main import COMMANDS
from gate.git.hook_files import ALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CLIENT = ("pre-push", "pre-merge-commit", "commit-msg", "post-checkout")


def hooks(repo: Path) -> Path:
    folder = repo / ".git" / "hooks"
    folder.mkdir(exist_ok=True)
    return folder


def put(path: Path, text: str = "#!/bin/sh\nexit 0\n", mode: int = 0o755) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def installed(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file() and "# git-gate:" in path.read_text()}


def state(folder: Path) -> dict[str, tuple[object, ...]]:
    """All there is to a hooks folder: kinds, modes, contents, where links lead."""
    return {
        path.name: (
            stat.S_IFMT(path.lstat().st_mode),
            path.lstat().st_mode,
            path.readlink() if path.is_symlink() else path.read_bytes(),
            path.lstat().st_mtime_ns,
        )
        for path in folder.iterdir()
    }


def test_every_hook_that_can_be_installed_does_something() -> None:
    assert set(ALL) == set(EVENTS)
    assert {"hook", "hooks"} <= set(COMMANDS)


def test_all_that_fit_the_repository(repo: Path, tmp_path: Path) -> None:
    result = run_here("hooks", "install", cwd=repo)
    assert (result.exit, result.err) == (0, "")
    assert installed(repo / ".git/hooks") == set(CLIENT)
    assert all(os.access(repo / ".git/hooks" / name, os.X_OK) for name in CLIENT)
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    assert run_here("hooks", "install", cwd=tmp_path / "bare.git").exit == 0
    assert installed(tmp_path / "bare.git/hooks") == {"pre-receive"}


def test_only_those_named(repo: Path) -> None:
    run_here("hooks", "install", "pre-push", cwd=repo)
    assert installed(repo / ".git/hooks") == {"pre-push"}


def test_a_hook_the_gate_has_not(repo: Path) -> None:
    said, _ = complaint(run_here("hooks", "install", "pre-commit", cwd=repo))
    assert said == "the gate has no hook 'pre-commit'"
    complaint(run_here("hook", "pre-commit", cwd=repo))


@pytest.mark.parametrize("form", ["with-input.sh", "plain.sh"])
def test_the_scripts_are_posix_and_short(repo: Path, form: str) -> None:
    run_here("hooks", "install", "pre-receive", "pre-push", "commit-msg", cwd=repo)
    script = repo / ".git/hooks" / ("commit-msg" if form == "plain.sh" else "pre-push")
    subprocess.run(["sh", "-n", str(script)], check=True)
    assert len(script.read_text().splitlines()) < 25
    assert "@" not in script.read_text().replace('"$@"', "")


def test_twice_is_once(repo: Path) -> None:
    put(hooks(repo) / "pre-push", "#!/bin/sh\necho theirs\n")
    run_here("hooks", "install", cwd=repo)
    before = state(hooks(repo))
    result = run_here("hooks", "install", cwd=repo)
    assert result.out == "pre-push, pre-merge-commit, commit-msg and post-checkout: installed already\n"
    assert state(hooks(repo)) == before


def test_an_older_one_of_ours_is_replaced(repo: Path) -> None:
    put(hooks(repo) / "pre-push", "#!/bin/sh\n# git-gate:pre-push - of old\n")
    run_here("hooks", "install", "pre-push", cwd=repo)
    assert "of old" not in (hooks(repo) / "pre-push").read_text()
    assert [path.name for path in hooks(repo).iterdir() if "before" in path.name] == []


def _linked(folder: Path) -> None:
    put(folder / "elsewhere", "#!/bin/sh\necho elsewhere\n")
    (folder / "pre-push").symlink_to("elsewhere")


def _dangling(folder: Path) -> None:
    (folder / "pre-push").symlink_to("/no/such/place")


@pytest.mark.parametrize(
    "theirs",
    [
        lambda folder: put(folder / "pre-push", "#!/bin/sh\necho \\x00 'odd'\n", 0o700),
        lambda folder: put(folder / "pre-push", "not executable", 0o644),
        lambda folder: (folder / "pre-push").write_bytes(b"\xff\x00binary") and None,
        _linked,
        _dangling,
        lambda _: None,
    ],
)
def test_out_again_all_is_as_it_was(repo: Path, theirs: Callable[[Path], object]) -> None:
    theirs(hooks(repo))
    (hooks(repo) / "keep").write_text("")
    before = state(hooks(repo))
    assert run_here("hooks", "install", cwd=repo).exit == 0
    assert state(hooks(repo)) != before
    assert run_here("hooks", "uninstall", cwd=repo).exit == 0
    assert state(hooks(repo)) == before


def test_the_whole_repository_is_as_it_was(repo: Path) -> None:
    before = snapshot(repo)
    run_here("hooks", "install", cwd=repo)
    run_here("hooks", "uninstall", cwd=repo)
    assert snapshot(repo) == before
    assert run_here("hooks", "uninstall", cwd=repo).out == "no hook of the gate is installed\n"
    assert run_here("hooks", "uninstall", "pre-push", cwd=repo).out == "pre-push: not installed\n"


def test_a_link_is_not_followed(repo: Path, tmp_path: Path) -> None:
    outside = put(tmp_path / "outside", "#!/bin/sh\n# git-gate:pre-push\n")
    (hooks(repo) / "pre-push").symlink_to(outside)
    run_here("hooks", "install", "pre-push", cwd=repo)
    assert outside.read_text() == "#!/bin/sh\n# git-gate:pre-push\n"
    assert not (hooks(repo) / "pre-push").is_symlink()
    assert (hooks(repo) / "pre-push.before-git-gate").readlink() == outside


def test_nothing_is_overwritten(repo: Path) -> None:
    put(hooks(repo) / "pre-push", "new")
    put(hooks(repo) / "pre-push.before-git-gate", "old")
    before = state(hooks(repo))
    said, way_out = complaint(run_here("hooks", "install", "pre-push", cwd=repo))
    assert "pre-push.before-git-gate is kept already" in said
    assert way_out
    assert state(hooks(repo)) == before


def test_a_folder_in_the_way(repo: Path) -> None:
    (hooks(repo) / "pre-push").mkdir()
    said, _ = complaint(run_here("hooks", "install", "pre-push", cwd=repo))
    assert said.endswith("pre-push is a folder")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(repo: Path) -> None:
    hooks(repo).chmod(0o555)
    try:
        said, way_out = complaint(run_here("hooks", "install", "pre-push", cwd=repo))
    finally:
        hooks(repo).chmod(0o755)
    assert said == f"cannot write hooks in {hooks(repo)}: Permission denied"
    assert way_out


def test_a_disk_that_fails_leaves_theirs(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(hooks(repo) / "pre-push", "theirs")
    before = state(hooks(repo))
    replace = type(repo).replace

    def fail(self: Path, target: Path) -> Path:
        if target.name == "pre-push":
            raise OSError(30, "Read-only file system")
        return replace(self, target)

    monkeypatch.setattr(type(repo), "replace", fail)
    said, _ = complaint(run_here("hooks", "install", "pre-push", cwd=repo))
    assert said.endswith("Read-only file system")
    assert state(hooks(repo)) == before


# Where hooks are


def test_from_a_linked_worktree_they_go_to_the_common_folder(repo: Path, tmp_path: Path) -> None:
    git(repo, "worktree", "add", "-q", str(tmp_path / "linked"), "agent/ops/free")
    run_here("hooks", "install", cwd=tmp_path / "linked")
    assert installed(repo / ".git/hooks") == set(CLIENT)


@pytest.mark.parametrize("place", ["tools/hooks", "absolute"])
def test_hooks_path(repo: Path, tmp_path: Path, place: str) -> None:
    folder = tmp_path / "mine" if place == "absolute" else repo / place
    git(repo, "config", "core.hooksPath", str(folder) if place == "absolute" else place)
    run_here("hooks", "install", "pre-push", cwd=repo / "engine")
    assert installed(folder) == {"pre-push"}
    assert f"{folder}\n" in run_here("hooks", "status", cwd=repo).out
    run_here("hooks", "uninstall", cwd=repo)
    assert installed(folder) == set()


def test_a_hooks_path_of_all_repositories_is_asked_for(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "global").write_text(f"[core]\n\thooksPath = {tmp_path / 'all'}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "global"))
    said, way_out = complaint(run_here("hooks", "install", cwd=repo))
    assert "for every repository" in said
    assert "--shared" in way_out
    assert "(shared by all repositories)" in run_here("hooks", "status", cwd=repo).out
    assert run_here("hooks", "install", "--shared", cwd=repo).exit == 0
    assert installed(tmp_path / "all") == set(CLIENT)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/dev/null", "is no folder, so git runs no hooks"),
        (".husky/_", "husky writes the files of .husky/_ again"),
    ],
)
def test_places_where_no_hook_would_stay(repo: Path, path: str, says: str) -> None:
    git(repo, "config", "core.hooksPath", path)
    said, way_out = complaint(run_here("hooks", "install", cwd=repo))
    assert says in said
    assert way_out


def test_a_hooks_folder_that_is_a_link(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    hooks(repo).rmdir()
    hooks_folder = repo / ".git/hooks"
    hooks_folder.symlink_to(tmp_path / "shared")
    said, way_out = complaint(run_here("hooks", "install", cwd=repo))
    assert f"is a symbolic link to {tmp_path / 'shared'}" in said
    assert "core.hooksPath" in way_out
    assert list((tmp_path / "shared").iterdir()) == []


# Other tools


def test_status(repo: Path) -> None:
    put(hooks(repo) / "pre-push")
    put(hooks(repo) / "commit-msg")
    run_here("hooks", "install", "pre-push", "post-checkout", cwd=repo)
    git(repo, "config", "gate.mode", "audit")
    assert run_here("hooks", "status", cwd=repo).out.splitlines() == [
        "pre-push          installed, after the hook that was there",
        "pre-merge-commit  not installed",
        "commit-msg        not installed; another hook is there",
        "post-checkout     installed",
        "pre-receive       not installed",
        f"folder            {repo / '.git/hooks'}",
        "gate.mode         audit",
    ]


def test_a_tool_that_wrapped_ours(repo: Path) -> None:
    """pre-commit renames what it finds and runs it first."""
    run_here("hooks", "install", "pre-push", cwd=repo)
    (hooks(repo) / "pre-push").rename(hooks(repo) / "pre-push.legacy")
    put(hooks(repo) / "pre-push", "#!/bin/sh\n# theirs\n")
    assert "installed, run by another tool's hook" in run_here("hooks", "status", cwd=repo).out
    assert run_here("hooks", "install", "pre-push", cwd=repo).out == "pre-push: installed already\n"
    run_here("hooks", "uninstall", cwd=repo)
    assert [path.name for path in hooks(repo).iterdir()] == ["pre-push"]


def test_configured_hooks_need_a_git_that_runs_them(repo: Path, stand_in: Callable[[str], None]) -> None:
    said, _ = complaint(run_here("hooks", "install", "--configured", cwd=repo))
    assert said.endswith("runs no hooks from its configuration")
    stand_in('[ "$1" = version ] && { echo git version 2.54.0; exit; }; exec "$REAL_GIT" "$@"')
    before = (repo / ".git/config").read_bytes()
    assert run_here("hooks", "install", "--configured", "pre-push", cwd=repo).exit == 0
    command = git(repo, "config", "hook.git-gate-pre-push.command")
    assert command == f"{sys.executable} -P -m gate hook pre-push"
    assert git(repo, "config", "hook.git-gate-pre-push.event") == "pre-push"
    git(repo, "config", "hook.lint.event", "pre-push")
    first = run_here("hooks", "status", cwd=repo).out.splitlines()[0]
    assert first == "pre-push          installed in git's configuration; git also runs lint"
    assert "installed already" in run_here("hooks", "install", "--configured", "pre-push", cwd=repo).out
    git(repo, "config", "--remove-section", "hook.lint")
    run_here("hooks", "uninstall", cwd=repo)
    assert (repo / ".git/config").read_bytes() == before
