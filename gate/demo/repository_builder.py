"""Builds repositories from literals, through one `git fast-import` process: the demo's and the tests'.

    with repository_builder.repository(folder) as repo:
        base = repo.commit("main", {"a.py": "x = 1\\n", "run": Executable("#!/bin/sh\\n")})
        repo.commit("agent/a", {"a.py": "x = 2\\n"}, parents=[base])
        repo.commit("agent/b", {"a.py": None}, parents=["main"])

The clock is fixed, so the same literals give the same object ids on any day and machine.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import chain, count, repeat
from typing import TYPE_CHECKING

from gate.errors import EnvironmentFault, UsageError
from gate.git import process
from gate.git.repository import require_git

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

START = 1767225600
"""2026-01-01T00:00:00Z in seconds since 1970: the time of the first commit. Later commits are a minute apart."""

_REF_FORMATS = (2, 45)
"""The first version of git with `init --ref-format`."""

# What the user configured (templates, hooks, a default branch) must not get into the repository.
_ISOLATION = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "core.fsync",
    "GIT_CONFIG_VALUE_0": "none",
    # A reflog holds the time of day; without one, the same literals give the same repository.
    "GIT_CONFIG_KEY_1": "core.logAllRefUpdates",
    "GIT_CONFIG_VALUE_1": "false",
}


@dataclass(frozen=True, slots=True)
class SymbolicLink:
    """A symbolic link to `target`."""

    target: str | bytes


@dataclass(frozen=True, slots=True)
class Executable:
    """A file with its executable bit set."""

    text: str | bytes


@dataclass(frozen=True, slots=True)
class Submodule:
    """A submodule at the commit `oid`, which need not exist."""

    oid: str


Content = str | bytes | SymbolicLink | Executable | Submodule | None
"""The new content of a path; None removes the path, a whole folder too."""


@dataclass(frozen=True, slots=True)
class Person:
    """The author or committer of a commit.

    `time` is in seconds since 1970, None for the time of the commit; `zone` is the offset from UTC as git writes it.
    """

    name: str = "Ada Example"
    mail: str = "ada@example.org"
    time: int | None = None
    zone: str = "+0000"


ADA = Person()


class RepositoryBuilder:
    """A repository under construction. Objects and refs are on disk once `write` has returned; ids are known before.

    As a context manager it writes at the end, and drops what is unwritten when an exception ends the block.
    """

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self.folder = folder
        self._env = dict(env)
        self._import: process.Conversation | None = None
        self._marks: dict[str, int] = {}
        self._tips: dict[str, str] = {}
        self._numbers = count(1)
        self._minutes = count()

    def __enter__(self) -> RepositoryBuilder:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.write()
        else:
            self.close()

    def commit(
        self,
        branch: str,
        files: Mapping[str, Content] | None = None,
        *,
        message: str | bytes = "",
        parents: Sequence[str] | None = None,
        renames: Mapping[str, str] | None = None,
        fresh: bool = False,
        author: Person = ADA,
        committer: Person | None = None,
        time: int | None = None,
    ) -> str:
        """Make a commit the tip of a branch and return its object id.

        The tree is that of the first parent, or empty when `fresh`, with `renames` (new paths by old paths) and then
        `files` (contents by path) applied.

        Paths and names are text decoded with `surrogateescape`: any byte but NUL may stand in them.

        Args:
            branch: a name or a full ref; created when it does not exist.
            parents: branches or commits; empty for a root commit. By default the branch's tip, if it has one.
            committer: by default the author.
            time: seconds since 1970; by default one minute after the last commit made here.
        """
        ref = full_ref(branch)
        if parents is None:
            parents = [ref] if ref in self._tips else []
        next_minute = START + 60 * next(self._minutes)
        seconds = next_minute if time is None else time
        mark = next(self._numbers)
        lines = [
            # A root commit must not take an existing branch's tip as its parent.
            b"reset " + process.encode(ref),
            b"commit " + process.encode(ref),
            b"mark :%d" % mark,
            _signature(b"author", author, seconds),
            _signature(b"committer", committer or author, seconds),
            _data(_raw(message)),
            *(word + self._import_name(self.oid(parent)) for word, parent in _with_parent_words(parents)),
            *([b"deleteall"] if fresh else []),
            *_tree_changes(renames or {}, files or {}),
            b"get-mark :%d" % mark,
        ]
        importer = self._running_import()
        importer.say(b"\n".join(lines) + b"\n")
        oid = importer.until(b"\n").decode()
        self._marks[oid] = mark
        self._tips[ref] = oid
        return oid

    def branch(self, name: str, revision: str) -> str:
        """Point a branch (or a full ref) at a branch's tip or a commit, and return that commit."""
        ref, oid = full_ref(name), self.oid(revision)
        self._running_import().say(b"reset %s\nfrom %s\n\n" % (process.encode(ref), self._import_name(oid)))
        self._tips[ref] = oid
        return oid

    def tag(self, name: str, revision: str, message: str | bytes | None = None) -> None:
        """Tag a branch's tip or a commit; with a message, by a tag object."""
        if message is None:
            self.branch(f"refs/tags/{name}", revision)
            return
        header = b"tag %s\nfrom %s\n" % (process.encode(name), self._import_name(self.oid(revision)))
        tagger = _signature(b"tagger", ADA, START)
        self._running_import().say(b"%s%s\n%s\n" % (header, tagger, _data(_raw(message))))

    def oid(self, revision: str) -> str:
        """Return the commit id of a branch made here; anything else is returned as it is."""
        return self._tips.get(full_ref(revision), revision)

    def write(self, checkout: str = "") -> None:
        """Write everything to disk, then check out the branch `checkout`, if one is named. More commits may follow.

        Raises:
            GitFailed: git refused the import, for example a name it cannot hold.
        """
        if self._import is not None:
            self._import.say(b"done\n")
            importer, self._import = self._import, None
            self._marks.clear()
            if importer.close() != 0:
                raise importer.died()
        if checkout:
            self.git("checkout", "--quiet", "--force", checkout, "--")

    def close(self) -> None:
        """Drop what is unwritten; harmless after `write`."""
        if self._import is not None:
            self._import.close()
            self._import = None

    def git(self, *arguments: str) -> bytes:
        """Run git in the repository, without the user's configuration."""
        return process.run(arguments, env=self._env, cwd=str(self.folder))

    def _running_import(self) -> process.Conversation:
        if self._import is None:
            command = ("fast-import", "--quiet", "--done", "--force", "--date-format=raw")
            self._import = process.Conversation(command, self._env, cwd=str(self.folder))
        return self._import

    def _import_name(self, oid: str) -> bytes:
        """Return the name of a commit in the running import: the mark if the import made it, else the id."""
        return b":%d" % self._marks[oid] if oid in self._marks else oid.encode()


def repository(
    folder: Path,
    *,
    object_format: str = "sha1",
    ref_format: str = "files",
    branch: str = "main",
    bare: bool = False,
) -> RepositoryBuilder:
    """Make an empty repository and its folder, and return the builder that fills it.

    Raises:
        UsageError: the folder is not empty; it might be a repository somebody needs.
        EnvironmentFault: this git lacks the ref format, or the folder cannot be made.
    """
    command = ["init", "--quiet", "--template=", f"--object-format={object_format}"]
    command += [f"--initial-branch={branch}", *(["--bare"] if bare else [])]
    if ref_format != "files":
        if require_git() < _REF_FORMATS:
            raise EnvironmentFault(f"this git cannot keep refs as {ref_format}", "install git 2.45 or newer")
        command.append(f"--ref-format={ref_format}")
    _make_empty(folder)
    builder = RepositoryBuilder(folder, _environment())
    builder.git(*command)
    return builder


def _make_empty(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        occupied = any(folder.iterdir())
    except OSError as error:
        raise EnvironmentFault(f"{folder} cannot be made: {error.strerror}") from error
    if occupied:
        raise UsageError(f"{folder} is not empty", "name a folder that is not there yet")


def full_ref(name: str) -> str:
    """Return the full name of a branch; a full ref is returned as it is."""
    return name if name.startswith("refs/") else f"refs/heads/{name}"


def _environment() -> dict[str, str]:
    inherited = process.environment()
    return {
        name: value for name, value in inherited.items() if not name.startswith("GIT_CONFIG")
    } | _ISOLATION


def _with_parent_words(parents: Sequence[str]) -> Iterator[tuple[bytes, str]]:
    """Yield each parent after the word fast-import has for it: one for the first parent, one for all others."""
    return zip(chain([b"from "], repeat(b"merge ")), parents, strict=False)


def _signature(role: bytes, person: Person, commit_time: int) -> bytes:
    time = commit_time if person.time is None else person.time
    name = process.encode(f"{person.name} <{person.mail}>")
    return b"%s %s %d %s" % (role, name, time, person.zone.encode())


def _tree_changes(renames: Mapping[str, str], files: Mapping[str, Content]) -> Iterator[bytes]:
    """Yield the commands for renames, then removals, then content, so that a file and a folder may trade places."""
    for old, new in renames.items():
        yield b"R %s %s" % (_quoted(old), _quoted(new))
    for path, content in files.items():
        if content is None:
            yield b"D " + _quoted(path)
    for path, content in files.items():
        if isinstance(content, Submodule):
            yield b"M 160000 %s %s" % (content.oid.encode(), _quoted(path))
        elif content is not None:
            mode, data = _blob(content)
            yield b"M %s inline %s\n%s" % (mode, _quoted(path), _data(data))


def _blob(content: str | bytes | SymbolicLink | Executable) -> tuple[bytes, bytes]:
    """Return the mode and the bytes of a content."""
    match content:
        case SymbolicLink(target):
            return b"120000", _raw(target)
        case Executable(text):
            return b"100755", _raw(text)
        case _:
            return b"100644", _raw(content)


def _raw(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else process.encode(text)


def _data(content: bytes) -> bytes:
    return b"data %d\n%s" % (len(content), content)


def _quoted(path: str) -> bytes:
    """Return a path as fast-import reads it: C-quoted, so that any byte may stand in it."""
    raw = process.encode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + raw + b'"'
