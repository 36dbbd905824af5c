"""The repository's hook files: where git looks for them, which are ours, putting ours in and taking them out.

A hook of somebody else is renamed beside ours, untouched, and ours runs it first; taking ours out renames it back. So
its bytes, its mode and, where it is one, its symbolic link are what they were.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from gate.errors import EnvironmentFault, UsageError
from gate.git import process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.git.repository import Repository

WITH_INPUT = ("pre-push", "pre-receive")
"""Hooks to which git writes what they are about (githooks(5))."""
CLIENT = ("pre-push", "pre-merge-commit", "commit-msg", "post-checkout")
SERVER = ("pre-receive",)
ALL = (*CLIENT, *SERVER)
_KEPT = ".before-git-gate"
_LEGACY = ".legacy"
"""Where pre-commit puts a hook it finds, to run it first."""
_MARKER = b"# git-gate:"
_HEAD = 512
_SHARED_SCOPES = ("global", "system")


class HookState(StrEnum):
    """The owner of a hook file."""

    ABSENT = "absent"
    OURS = "ours"
    THEIRS = "theirs"
    WRAPPED = "wrapped"
    """Another tool's, which runs ours."""


@dataclass(frozen=True, slots=True)
class HookFolder:
    """The folder in which git looks for hooks. `shared`: configured for every repository of this user or machine."""

    path: Path
    shared: bool = False


@dataclass(frozen=True, slots=True)
class HookFile:
    """One hook. `kept`: a hook of somebody else is kept beside it."""

    name: str
    state: HookState
    kept: bool


def folder(repository: Repository) -> HookFolder:
    """The folder git runs hooks from: that of the common git directory, or `core.hooksPath`.

    A relative `core.hooksPath` counts from where hooks run: the root of the worktree, else the git directory.
    """
    where = repository.worktree or repository.git_dir
    env = process.environment()
    words = [f"--git-dir={repository.git_dir}", "rev-parse", "--git-path", "hooks"]
    path = process.decode(process.run(words, env=env, cwd=where)).removesuffix("\n")
    scope = process.run(
        [f"--git-dir={repository.git_dir}", "config", "--show-scope", "--get", "core.hooksPath"],
        env=env,
        cwd=where,
        allowed=(0, 1),
    )
    return HookFolder(Path(where, path), process.decode(scope).partition("\t")[0] in _SHARED_SCOPES)


def look(place: HookFolder, name: str) -> HookFile:
    """Return the state of the hook file."""
    kept = os.path.lexists(_kept(place, name))
    if _is_ours(place.path / name):
        return HookFile(name, HookState.OURS, kept)
    if not os.path.lexists(place.path / name):
        return HookFile(name, HookState.ABSENT, kept)
    wrapped = _is_ours(place.path / f"{name}{_LEGACY}")
    return HookFile(name, HookState.WRAPPED if wrapped else HookState.THEIRS, kept)


def install(place: HookFolder, name: str, text: bytes) -> bool:
    """Put our hook in, and whether there was anything to do.

    Raises:
        UsageError: something is in the way that cannot be kept.
        EnvironmentFault: the folder cannot be written.
    """
    present = look(place, name)
    file = place.path / name
    if present.state is HookState.WRAPPED or (present.state is HookState.OURS and file.read_bytes() == text):
        return False
    if present.state is HookState.THEIRS and file.is_dir():
        raise UsageError(f"{file} is a folder", "move it away")
    if present.state is HookState.THEIRS and present.kept:
        raise UsageError(
            f"{file} is another tool's, and {_kept(place, name).name} is kept already",
            "join the two by hand, or remove the one that is not wanted",
        )
    with _writing(place.path):
        _put(place, name, text, present.state)
    return True


def uninstall(place: HookFolder, name: str) -> bool:
    """Take our hook out, bring back the one that was there before, and whether there was anything to do.

    Raises:
        EnvironmentFault: the folder cannot be written.
    """
    present = look(place, name)
    if present.state is HookState.WRAPPED:
        file = place.path / f"{name}{_LEGACY}"
    elif present.state is HookState.OURS:
        file = place.path / name
    else:
        return False
    with _writing(place.path):
        if present.kept:
            _kept(place, name).replace(file)
        else:
            file.unlink()
    return True


def remove_if_empty(repository: Repository, place: HookFolder) -> None:
    """Remove the git directory's own hooks folder when nothing is left in it: git takes none for an empty one."""
    if place.path == Path(repository.common_dir, "hooks"):
        with contextlib.suppress(OSError):
            place.path.rmdir()


def require_usable(place: HookFolder, *, shared: bool) -> None:
    """Make sure that a hook put there would be this repository's, and would run.

    Raises:
        UsageError: it would not; the hint says what to do instead.
    """
    if place.shared and not shared:
        raise UsageError(
            f"core.hooksPath is set for every repository of this user: {place.path}",
            "`--shared` installs there anyway; or `git config core.hooksPath .git/hooks` in this one",
        )
    if place.path.is_symlink():
        raise UsageError(
            f"{place.path} is a symbolic link to {place.path.readlink()}",
            "set core.hooksPath to that folder if the hooks are to go there",
        )
    if place.path.name == "_" and place.path.parent.name == ".husky":
        raise UsageError(
            "husky writes the files of .husky/_ again whenever it is installed",
            'add this line to .husky/pre-push instead: git-gate hook pre-push "$@"',
        )
    if os.path.lexists(place.path) and not place.path.is_dir():
        raise UsageError(
            f"{place.path} is no folder, so git runs no hooks", "see `git config core.hooksPath`"
        )


def _kept(place: HookFolder, name: str) -> Path:
    return place.path / f"{name}{_KEPT}"


def _is_ours(path: Path) -> bool:
    """Return whether it is a file (no link, wherever that leads) with our marker."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
        with path.open("rb") as file:
            return _MARKER in file.read(_HEAD)
    except OSError:
        return False


def _put(place: HookFolder, name: str, text: bytes, state: HookState) -> None:
    """Write beside, then move in: at every moment the old hook or the new one is there, whole."""
    hook = place.path / name
    place.path.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=place.path, prefix=f".{name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        Path(temporary).chmod(0o755)
        if state is HookState.THEIRS:
            hook.rename(_kept(place, name))  # a link itself, not what it leads to
        try:
            Path(temporary).replace(hook)
        except OSError:
            if state is HookState.THEIRS:
                _kept(place, name).rename(hook)
            raise
    finally:
        Path(temporary).unlink(missing_ok=True)


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EnvironmentFault(
            f"cannot write hooks in {path}: {error.strerror or error}",
            "make the folder writable, or run `git gate check` before you push",
        ) from error
