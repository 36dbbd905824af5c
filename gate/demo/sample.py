"""Writes the demo's repository from the files below `templates/demo`, whose README.md explains their notation.

The sample is a clinic's scheduling system and the agents that changed it side by side; its layout is the one of the
`clinic` preset. The same files and the same policy give the same object ids on any day and machine.
"""

from __future__ import annotations

import functools
import tomllib
from typing import TYPE_CHECKING

import msgspec

from gate import shipped
from gate.demo import repository_builder
from gate.demo.repository_builder import Content, Person, RepositoryBuilder

if TYPE_CHECKING:
    from pathlib import Path

POLICY = "gate.toml"
"""The path of the policy. The sample's own text for it is appended to the policy the repository is written with."""

_COMPILED = "__pycache__"
"""The folder of compiled code that installers put beside Python files, those of the sample too."""


class SampleStream(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `[[stream]]` of `history.toml`: a branch, what its agent did, and the codes of the findings that name it."""

    name: str
    about: str
    codes: tuple[str, ...]


class SampleCommit(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"branch": "on", "start": "from", "folder": "write", "renames": "rename", "deletions": "delete"},
):
    """A `[[commit]]` of `history.toml`."""

    branch: str
    author: str
    message: str
    folder: str
    """The folder, below `templates/demo`, that holds what the commit adds and changes."""
    within: str = ""
    """The beginning of the paths that are taken from `folder`."""
    start: str | None = None
    """The branch that `branch` starts from; None when it is the root or exists already."""
    renames: dict[str, str] = {}
    """New paths by old paths."""
    deletions: tuple[str, ...] = ()


class SampleHistory(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"commits": "commit", "streams": "stream"}
):
    """The content of `history.toml`; its commits from the oldest to the newest."""

    commits: tuple[SampleCommit, ...]
    streams: tuple[SampleStream, ...]


@functools.cache
def history() -> SampleHistory:
    """Return the commits and streams of the sample.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    text = (_folder() / "history.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), SampleHistory)


def write(path: Path, policy: str) -> None:
    """Write the repository into a new folder, with `policy` as its `gate.toml`, and check out `main`.

    Raises:
        GateError: git is missing or failed.
        FileNotFoundError: the installation is incomplete.
    """
    with repository_builder.repository(path) as repository:
        for commit in history().commits:
            _write_commit(repository, commit, policy)
        repository.write("main")


def _write_commit(repository: RepositoryBuilder, commit: SampleCommit, policy: str) -> None:
    name, _, mail = commit.author.removesuffix(">").partition(" <")
    repository.commit(
        commit.branch,
        _contents(commit, policy),
        renames=commit.renames,
        message=f"{commit.message}\n",
        parents=None if commit.start is None else [commit.start],
        author=Person(name, mail),
    )


def _contents(commit: SampleCommit, policy: str) -> dict[str, Content]:
    """Return the new contents of a commit by path, None for a path it deletes."""
    files = _files(_folder() / commit.folder)
    contents: dict[str, Content] = dict.fromkeys(commit.deletions)
    contents |= {path: data for path, data in files.items() if path.startswith(commit.within)}
    if POLICY in files and POLICY.startswith(commit.within):
        contents[POLICY] = policy.encode() + files[POLICY]
    return contents


def _files(folder: Path) -> dict[str, bytes]:
    """Return the contents of all files below a folder, by their paths from there."""
    files = (path for path in folder.rglob("*") if path.parent.name != _COMPILED and path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _folder() -> Path:
    return shipped.folder("templates") / "demo"
