"""A repository on a server with open pull requests, a checkout of it, and the environment GitHub gives a job."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from github.server import REPOSITORY, TOKEN, PullRequest, World, serving
from support.command import Result, run_here
from support.repositories import git

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support import MakeRepo

BASE = {"lib.py": "def load(path):\n    return path\n", "notes": "1\n2\n3\n"}


@dataclass
class Site:
    """All of it. `folder` is the job's checkout."""

    world: World
    origin: Path
    folder: Path
    variables: dict[str, str]
    monkeypatch: pytest.MonkeyPatch

    def open(self, number: int, branch: str, **more: Any) -> PullRequest:
        """Open a pull request of a branch that is there."""
        head = git(self.origin, "rev-parse", branch)
        git(self.origin, "update-ref", f"refs/pull/{number}/head", head)
        pull = PullRequest(number, branch, head, **more)
        self.world.pulls.append(pull)
        return pull

    def run(self, kind: str, payload: dict[str, Any] | None = None, **inputs: str) -> Result:
        """The job's step on an event."""
        (self.folder.parent / "event.json").write_text(json.dumps(payload or {}), encoding="utf-8")
        given = {f"GATE_{name.upper()}": value for name, value in inputs.items()}
        for name, value in {**self.variables, "GITHUB_EVENT_NAME": kind, **given}.items():
            self.monkeypatch.setenv(name, value)
        for name in ("out", "summary"):
            (self.folder.parent / name).write_text("", encoding="utf-8")
        return run_here("action", cwd=self.folder)

    def pushed(self, pull: PullRequest) -> dict[str, Any]:
        """The event of a change to a pull request."""
        name = f"{pull.owner}/app"
        head = {"ref": pull.branch, "sha": pull.head, "repo": {"full_name": name}}
        return {"pull_request": {"number": pull.number, "base": {"ref": pull.base}, "head": head}}

    def outputs(self) -> dict[str, str]:
        """What the step gave to later ones, read as GitHub reads it."""
        found, lines = {}, iter((self.folder.parent / "out").read_text("utf-8").split("\n"))
        for line in lines:
            name, mark, end = line.partition("<<")
            if mark:
                value = []
                for more in lines:
                    if more == end:
                        break
                    value.append(more)
                found[name] = "\n".join(value)
        return found

    def summary(self) -> str:
        """What the job's page shows."""
        return (self.folder.parent / "summary").read_text("utf-8")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def url(world: World) -> Iterator[str]:
    yield from serving(world)


@pytest.fixture
def site(
    make_repo: MakeRepo, world: World, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Site:
    """Two pull requests that break each other, and one that stands by itself."""
    repo = make_repo("origin")
    old = repo.commit("main", BASE)
    base = repo.commit("main", BASE | {"more": "1\n"})
    renamed = BASE | {"more": "1\n", "lib.py": BASE["lib.py"].replace("load", "load_config")}
    repo.commit("agent/renames", renamed, parents=[base])
    used = BASE | {"use.py": "import lib\n\n\ndef main():\n    return lib.load('x')\n"}
    repo.commit("agent/uses", used, parents=[old])
    repo.commit("agent/notes", BASE | {"more": "1\n", "notes": "1\n2\nthree\n"}, parents=[base])
    repo.write()
    folder = tmp_path / "work" / "checkout"
    git(tmp_path, "clone", "-q", "--depth=1", "--branch=main", f"file://{repo.folder}", str(folder))
    site = Site(
        world,
        repo.folder,
        folder,
        {
            "GATE_TOKEN": TOKEN,
            "GITHUB_API_URL": url,
            "GITHUB_SERVER_URL": url,
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_RUN_ID": "77",
            "GITHUB_EVENT_PATH": str(folder.parent / "event.json"),
            "GITHUB_OUTPUT": str(folder.parent / "out"),
            "GITHUB_STEP_SUMMARY": str(folder.parent / "summary"),
            "GITHUB_WORKSPACE": str(folder),
            "RUNNER_TEMP": str(folder.parent / "runner"),
        },
        monkeypatch,
    )
    for number, branch in enumerate(("agent/renames", "agent/uses", "agent/notes"), 1):
        site.open(number, branch)
    return site
