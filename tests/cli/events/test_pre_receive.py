"""`pre-receive`, in a bare repository that is pushed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.events.test_pre_push import push, remote
from cli.small import FREE, ONE, OTHER
from support import git, run_here

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def server(clone: Path) -> Path:
    """The bare repository with the hook installed."""
    run_here("hooks", "install", cwd=clone.parent / "remote.git")
    return clone.parent / "remote.git"


def test_blocked_and_allowed(clone: Path, server: Path) -> None:
    assert push(clone, ONE)[0] == 0
    code, said = push(clone, OTHER)
    assert code == 1
    assert f"remote: git-gate: BLOCK  {OTHER} on main, beside 1 other stream" in said
    assert "G201" in said
    assert push(clone, FREE)[0] == 0
    assert remote(clone) == {"refs/heads/main", f"refs/heads/{ONE}", f"refs/heads/{FREE}"}
    assert git(server, "count-objects", "-v").splitlines()[-1] == "size-garbage: 0"


@pytest.mark.usefixtures("server")
def test_several_refs_at_once(clone: Path) -> None:
    code, said = push(clone, ONE, OTHER, FREE)
    assert (code, said.count("G201")) == (1, 1)
    assert remote(clone) == {"refs/heads/main"}


@pytest.mark.usefixtures("server")
def test_one_that_goes_away_is_in_nobodys_way(clone: Path) -> None:
    assert push(clone, ONE)[0] == 0
    assert push(clone, f":{ONE}", OTHER)[0] == 0


def test_the_server_decides(clone: Path, server: Path) -> None:
    assert push(clone, ONE)[0] == 0
    assert push(clone, OTHER, GATE_SKIP="1")[0] == 0, "a local push runs its hooks in our environment"
    git(server, "config", "gate.hook", "false")
    assert (
        "skipped by git config gate.hook false" in push(clone, f"{OTHER}~0:refs/heads/agent/engine/third")[1]
    )


def test_theirs_first(clone: Path, server: Path) -> None:
    run_here("hooks", "uninstall", cwd=server)
    hook = server / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ncat >&2\nexit 3\n")
    hook.chmod(0o755)
    run_here("hooks", "install", cwd=server)
    code, said = push(clone, FREE)
    assert code == 1
    assert f"remote: {'0' * 40} {git(clone, 'rev-parse', FREE)} refs/heads/{FREE}" in said
    assert "git-gate" not in said
