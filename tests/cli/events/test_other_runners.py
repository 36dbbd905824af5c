"""Tools that run hooks: pre-commit, and what the README shows for lefthook and husky."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from cli.events.test_pre_push import push, remote
from cli.small import FREE, ONE
from support import CHECKOUT, git

if TYPE_CHECKING:
    from collections.abc import Callable

README = (CHECKOUT / "README.md").read_text("utf-8")
OURS = f"{shlex.quote(sys.executable)} -P -m gate"
LOCAL = """\
repos:
  - repo: local
    hooks:
      - id: git-gate
        name: git-gate
        entry: {entry}
        language: system
        stages: [pre-push]
        pass_filenames: false
        always_run: true
"""


def manifest() -> dict[str, object]:
    (hook,) = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert isinstance(hook, dict)
    return hook


def pre_commit(folder: Path, *words: str) -> None:
    subprocess.run([sys.executable, "-m", "pre_commit", *words], cwd=folder, check=True, capture_output=True)


def test_the_manifest_is_one(tmp_path: Path) -> None:
    pytest.importorskip("pre_commit")
    pre_commit(tmp_path, "validate-manifest", str(CHECKOUT / ".pre-commit-hooks.yaml"))
    hook = manifest()
    assert (hook["entry"], hook["stages"], hook["pass_filenames"]) == (
        "git-gate hook pre-push",
        ["pre-push"],
        False,
    )


def test_a_push_through_pre_commit(clone: Path) -> None:
    pytest.importorskip("pre_commit")
    entry = str(manifest()["entry"]).replace("git-gate", OURS, 1)
    (clone / ".pre-commit-config.yaml").write_text(LOCAL.format(entry=entry))
    pre_commit(clone, "install", "-t", "pre-push")
    code, said = push_all(clone, ONE)
    assert code == 1
    assert "G201" in said
    assert push_all(clone, FREE)[0] == 0
    assert remote(clone) == {"refs/heads/main", f"refs/heads/{FREE}"}


def push_all(folder: Path, *words: str) -> tuple[int, str]:
    """As `push`, with what goes to standard output, where pre-commit reports."""
    done = subprocess.run(
        ["git", "push", "origin", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_line_for_husky(clone: Path) -> None:
    """husky runs the file `.husky/pre-push` with `sh -e` and git's input and arguments."""
    line = re.search(r"^(git-gate hook pre-push .*)$", README, re.MULTILINE)
    assert line is not None
    (clone / ".husky").mkdir()
    (clone / ".husky/pre-push").write_text(line[1].replace("git-gate", OURS, 1) + "\n")
    put = hook_file(clone)
    put('sh -e .husky/pre-push "$@"')
    assert push(clone, ONE)[0] == 1
    assert push(clone, FREE)[0] == 0


def test_the_settings_for_lefthook() -> None:
    found = re.search(r"```yaml\n(pre-push:.*?)```", README, re.DOTALL)
    assert found is not None
    (command,) = yaml.safe_load(found[1])["pre-push"]["commands"].values()
    assert command == {"run": "git-gate hook pre-push {1} {2}", "use_stdin": True}


def hook_file(folder: Path) -> Callable[[str], None]:
    def put(text: str) -> None:
        path = Path(git(folder, "rev-parse", "--path-format=absolute", "--git-path", "hooks/pre-push"))
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    return put
