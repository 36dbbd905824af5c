"""Repositories made from literals, through one `git fast-import` process: the demo's and the tests'.

    with repository_builder.repository(folder) as repo:
        base = repo.commit("main", {"a.py": "x = 1\\n", "run": Executable("#!/bin/sh\\n")})
        repo.commit("agent/a", {"a.py": "x = 2\\n"}, parents=[base])
        repo.commit("agent/b", {"a.py": None}, parents=["main"])

The clock is fixed, so the same literals give the same object ids on any day and machine.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from gate.errors import EnvironmentFault, UsageError
from gate.git import process
from gate.git.repository import require_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

START = 1767225600
"""2026-01-01T00:00:00Z, when the first commit is made; each later one a minute after the one before."""

_REF_FORMATS = (2, 45)
"""The git that brought `init --ref-format`."""

# What the user configured (templates, hooks, a default branch) must not get into the repository.
_ALONE = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "core.fsync",
    "GIT_CONFIG_VALUE_0": "none",
    # A reflog holds the time of day, and the same literals are to give the same repository.
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
"""What a path becomes; None removes it (a whole folder too)."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who made a commit and when. Without a `time` (seconds since 1970) it is the commit's own."""

    name: str = "Ada Example"
    mail: str = "ada@example.org"
    time: int | None = None
    zone: str = "+0000"


ADA = Person()


class RepositoryBuilder:
    """A repository being written. Until `write` has returned, only object ids are known."""

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

        Its tree is the first parent's, or empty when `fresh`, with `renames` (old path to new), then `files`,
        applied.

        Paths, like names, are text decoded with `surrogateescape`: any byte but NUL may stand in them.

        Args:
            branch: its name, or a full ref; made when there is none.
            parents: branches or commits; none for a root commit. By default the branch's tip, if it has one.
            committer: by default the author.
            time: seconds since 1970; by default one minute after the last commit made here.
        """
        ref = full_ref(branch)
        started = self._began()
        known = [self._tips[ref]] if parents is None and ref in self._tips else map(self.oid, parents or ())
        tick = START + 60 * next(self._minutes)
        when = tick if time is None else time
        number = next(self._numbers)
        lines = [
            # A root commit must not take an existing branch's tip as its parent.
            b"reset " + process.encode(ref),
            b"commit " + process.encode(ref),
            b"mark :%d" % number,
            _signature(b"author", author, when),
            _signature(b"committer", committer or author, when),
            _data(_raw(message)),
            *(b"%s %s" % (word, self._named(oid)) for word, oid in zip(_parent_words(), known, strict=False)),
            *([b"deleteall"] if fresh else []),
            *_tree_changes(renames or {}, files or {}),
            b"get-mark :%d" % number,
        ]
        started.say(b"\n".join(lines) + b"\n")
        oid = started.until(b"\n").decode()
        self._marks[oid] = number
        self._tips[ref] = oid
        return oid

    def branch(self, name: str, at: str) -> str:
        """Point a branch (or a full ref) at a branch's tip or a commit, and return that commit."""
        ref, oid = full_ref(name), self.oid(at)
        self._began().say(b"reset %s\nfrom %s\n\n" % (process.encode(ref), self._named(oid)))
        self._tips[ref] = oid
        return oid

    def tag(self, name: str, at: str, message: str | bytes | None = None) -> None:
        """Tag a branch's tip or a commit; with a message, by a tag object."""
        if message is None:
            self.branch(f"refs/tags/{name}", at)
            return
        started = self._began()
        tagger = _signature(b"tagger", ADA, START)
        named = b"tag %s\nfrom %s\n" % (process.encode(name), self._named(self.oid(at)))
        started.say(b"%s%s\n%s\n" % (named, tagger, _data(_raw(message))))

    def oid(self, at: str) -> str:
        """The commit a branch made here, or a commit's own id, stands for."""
        return self._tips.get(full_ref(at), at)

    def write(self, checkout: str = "") -> None:
        """Have everything on disk; then check out the branch `checkout`, if one is named. More may follow.

        Raises:
            GitFailed: git refused something, a name it cannot hold for one.
        """
        if self._import is not None:
            self._import.say(b"done\n")
            ended, self._import = self._import, None
            self._marks.clear()
            if ended.close() != 0:
                raise ended.died()
        if checkout:
            self.git("checkout", "--quiet", "--force", checkout, "--")

    def close(self) -> None:
        """Give up what was not written; harmless after `write`."""
        if self._import is not None:
            self._import.close()
            self._import = None

    def git(self, *arguments: str) -> bytes:
        """Run git in the repository, without the user's configuration."""
        return process.run(arguments, env=self._env, cwd=str(self.folder))

    def _began(self) -> process.Conversation:
        if self._import is None:
            asked = ("fast-import", "--quiet", "--done", "--force", "--date-format=raw")
            self._import = process.Conversation(asked, self._env, cwd=str(self.folder))
        return self._import

    def _named(self, oid: str) -> bytes:
        """What the running import knows a commit by: its mark if it made it, else its id."""
        return b":%d" % self._marks[oid] if oid in self._marks else oid.encode()


def repository(
    folder: Path,
    *,
    object_format: str = "sha1",
    ref_format: str = "files",
    branch: str = "main",
    bare: bool = False,
) -> RepositoryBuilder:
    """Make an empty repository, and the folder with it.

    Raises:
        UsageError: the folder holds something already; it might be a repository somebody needs.
        EnvironmentFault: this git cannot make one of that kind, or the folder cannot be made.
    """
    words = ["init", "--quiet", "--template=", f"--object-format={object_format}"]
    words += [f"--initial-branch={branch}", *(["--bare"] if bare else [])]
    if ref_format != "files":
        if require_git() < _REF_FORMATS:
            raise EnvironmentFault(f"this git cannot keep refs as {ref_format}", "install git 2.45 or newer")
        words.append(f"--ref-format={ref_format}")
    _make_empty(folder)
    made = RepositoryBuilder(folder, _environment())
    made.git(*words)
    return made


def _make_empty(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        raise EnvironmentFault(f"{folder} cannot be made: {error.strerror}") from error
    if taken:
        raise UsageError(f"{folder} is not empty", "name a folder that is not there yet")


def full_ref(name: str) -> str:
    """The full name of a branch."""
    return name if name.startswith("refs/") else f"refs/heads/{name}"


def _environment() -> dict[str, str]:
    inherited = process.environment()
    return {name: value for name, value in inherited.items() if not name.startswith("GIT_CONFIG")} | _ALONE


def _parent_words() -> Iterator[bytes]:
    """What fast-import calls the first parent, and all others."""
    yield b"from"
    while True:
        yield b"merge"


def _signature(role: bytes, person: Person, when: int) -> bytes:
    time = when if person.time is None else person.time
    who = process.encode(f"{person.name} <{person.mail}>")
    return b"%s %s %d %s" % (role, who, time, person.zone.encode())


def _tree_changes(renames: Mapping[str, str], files: Mapping[str, Content]) -> Iterable[bytes]:
    """Renames, then removals, then content, so that file and folder may trade places."""
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
    """A path as fast-import reads it: C-quoted, so that any byte may stand in it."""
    raw = process.encode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + raw + b'"'
