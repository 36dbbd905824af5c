"""A repository: where it is, what it can do, and the environment its questions are asked in."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from gate.errors import EnvironmentFault, GitFailed
from gate.git import process
from gate.git.quarantine import Quarantine, quarantine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType

_FACTS = ("--is-bare-repository", "--is-inside-work-tree", "--show-object-format", "--is-shallow-repository")
_PLACES = ("--absolute-git-dir", "--git-common-dir", "--git-path", "objects")
_ALTERNATES = "GIT_ALTERNATE_OBJECT_DIRECTORIES"


@dataclass(frozen=True, slots=True)
class Repository:
    """An opened repository. Its processes run in `folder`, with the quarantine as the place to write."""

    folder: str
    git_dir: str
    common_dir: str
    objects: str
    worktree: str | None
    object_format: str
    shallow: bool
    version: tuple[int, ...]
    quarantine: Quarantine = field(repr=False)
    variables: dict[str, str] = field(repr=False)

    def command(self, *words: str) -> list[str]:
        """A git command line that speaks of this repository and runs no program of it."""
        return [*process.SAFE, f"--git-dir={self.git_dir}", *words]

    @property
    def env(self) -> dict[str, str]:
        """The environment of its processes."""
        return process.environment(self.variables)

    def git(self, *words: str, stdin: bytes = b"", allowed: Sequence[int] = (0,)) -> bytes:
        """Run one git process to its end."""
        return process.run(self.command(*words), env=self.env, stdin=stdin, cwd=self.folder, allowed=allowed)

    def converse(self, *words: str) -> process.Conversation:
        """Start a long-lived git process."""
        return process.Conversation(self.command(*words), self.env, cwd=self.folder)


class GitClient:
    """Asks one long-lived process: started by the first question, and ended, hard if need be, with the context."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._process: process.Conversation | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.__exit__(kind, error, trace)
            self._process = None


@contextlib.contextmanager
def open_repository(folder: str | None = None) -> Iterator[Repository]:
    """The repository `folder` (default: here) belongs to, with a fresh quarantine.

    Raises:
        EnvironmentFault: no git, too old a git, no repository.
    """
    where = str(Path(folder or ".").absolute())
    version = require_git()
    layout = _discover(where)
    with quarantine([layout["objects"]], layout["format"], os.environ.get(_ALTERNATES, "")) as store:
        variables = dict(store.variables)
        if layout["worktree"]:
            variables["GIT_WORK_TREE"] = layout["worktree"]
        yield Repository(
            folder=layout["worktree"] or layout["git_dir"],
            git_dir=layout["git_dir"],
            common_dir=layout["common_dir"],
            objects=layout["objects"],
            worktree=layout["worktree"] or None,
            object_format=layout["format"],
            shallow=layout["shallow"] == "true",
            version=version,
            quarantine=store,
            variables=variables,
        )


def require_git() -> tuple[int, ...]:
    """The version of git on PATH.

    Raises:
        EnvironmentFault: there is none, or it is older than `process.MINIMUM`.
    """
    answer = process.decode(process.run(["version"], env=process.environment()))
    match = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", answer)
    version = tuple(int(part) for part in match.groups() if part) if match else ()
    if version < process.MINIMUM:
        raise EnvironmentFault(
            f"git {'.'.join(map(str, version)) or answer.strip()} is too old: merging in memory needs "
            f"{'.'.join(map(str, process.MINIMUM))} or newer",
            "install a newer git (git-scm.com) and put it first on PATH",
        )
    return version


def _discover(where: str) -> dict[str, str]:
    """Ask git, in the user's own environment (a hook's GIT_DIR counts here), where things are."""
    if not Path(where).is_dir():
        raise EnvironmentFault(f"there is no folder {where}")
    env = process.environment({name: value for name, value in os.environ.items() if name.startswith("GIT_")})
    try:
        answer = _rev_parse(where, env, *_FACTS, *_PLACES)
    except GitFailed as error:
        raise _no_repository(where, error) from error
    bare, inside, form, shallow, *places = answer.split("\n")
    if len(places) != 3:  # a newline in the name of a folder
        places = [_rev_parse(where, env, *place) for place in (_PLACES[:1], _PLACES[1:2], _PLACES[2:])]
    git_dir, common, objects = places
    worktree = ""
    if inside == "true":
        worktree = _rev_parse(where, env, "--show-toplevel")
    elif bare != "true":
        worktree = _worktree_of(git_dir)
    return {
        "format": form,
        "shallow": shallow,
        "git_dir": git_dir,
        "common_dir": common,
        "objects": objects,
        "worktree": worktree,
    }


def _rev_parse(where: str, env: Mapping[str, str], *words: str) -> str:
    answer = process.run(["rev-parse", "--path-format=absolute", *words], env=env, cwd=where)
    return process.decode(answer).removesuffix("\n")


def _worktree_of(git_dir: str) -> str:
    """The worktree of a repository we stand inside the git directory of (a server's hook does)."""
    parent = Path(git_dir).parent
    return str(parent) if Path(git_dir).name == ".git" else ""


def _no_repository(where: str, error: GitFailed) -> EnvironmentFault:
    if "dubious ownership" in error.message or "safe.directory" in error.message:
        return EnvironmentFault(
            f"{where} belongs to another user, so git refuses to read it",
            f"git config --global --add safe.directory {where}",
        )
    return EnvironmentFault(
        f"{where} is not in a git repository", "run it inside one, or name one with -C DIR"
    )
