"""The place of everything the gate writes: a temporary object directory beside the repository's own."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from gate.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WHO = "git-gate <git-gate@localhost> 0 +0000"
_SHARED_MEMORY = Path("/dev/shm")
_ROOM_IN_MEMORY = 1 << 30
_FILES_IN_MEMORY = 1 << 17
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOWHERE = EnvironmentFault(
    "no folder for temporary files can be written", "set TMPDIR to a folder with room"
)


class Quarantine:
    """A temporary object directory with the repository's as alternate.

    git and we write only here, so the user's objects, refs and index stay as they are. It is removed when the context
    ends, whatever ends it. What merges make is small and goes to `folder`, in memory where that can be; a worktree's
    uncommitted files can be large and go to `disk`.
    """

    def __init__(
        self, folder: Path, disk: Path, alternates: Sequence[str], object_format: str, inherited: str = ""
    ) -> None:
        self.folder = folder
        self.disk = disk
        self.objects = folder / "objects"
        stores = (str(disk / "objects"), *alternates) if disk != folder else tuple(alternates)
        self._alternates = os.pathsep.join([*map(_quoted, stores), *filter(None, [inherited])])
        self._hash = hashlib.sha256 if object_format == "sha256" else hashlib.sha1

    @property
    def variables(self) -> dict[str, str]:
        """The environment that makes git write here and read everywhere."""
        return {
            "GIT_OBJECT_DIRECTORY": str(self.objects),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": self._alternates,
        }

    @property
    def variables_on_disk(self) -> dict[str, str]:
        """Write an object that may be large."""
        return self.variables | {"GIT_OBJECT_DIRECTORY": str(self.disk / "objects")}

    def commit(self, tree: str, parents: Sequence[str], message: str) -> str:
        """Write a synthetic commit and return its id. The same arguments give the same id, on any day."""
        lines = [
            f"tree {tree}",
            *(f"parent {parent}" for parent in parents),
            f"author {_WHO}",
            f"committer {_WHO}",
        ]
        return self.write("commit", "\n".join([*lines, "", message, ""]).encode())

    def write(self, kind: str, content: bytes) -> str:
        """Write one loose object (the format every git reads, whatever else the repository uses)."""
        data = b"%s %d\0%s" % (kind.encode(), len(content), content)
        oid = self._hash(data).hexdigest()
        place = self.objects / oid[:2] / oid[2:]
        if not place.exists():
            with writing(self.folder):
                place.parent.mkdir(exist_ok=True)
                place.write_bytes(zlib.compress(data, 1))
        return oid

    def require_room(self) -> None:
        """Tell a full disk from a repository that fails, after git could not write.

        Raises:
            EnvironmentFault: nothing more can be written here.
        """
        trial = self.folder / "trial"
        with writing(self.folder):
            trial.write_bytes(bytes(1 << 16))
            trial.unlink()


def _quoted(path: str) -> str:
    """An alternate as git's list of them takes it: quoted where a separator or quote would split it."""
    if os.pathsep in path or path.startswith('"') or "\n" in path:
        return '"' + path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return path


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn a full disk into an error that says what to do."""
    try:
        yield
    except OSError as error:
        raise fault(folder, error) from error


def fault(folder: Path, error: OSError) -> EnvironmentFault:
    """Return the error for a quarantine that cannot be written."""
    if error.errno in _FULL:
        return EnvironmentFault(
            f"no room is left for the quarantine in {folder.parent}", "set TMPDIR to a folder with room"
        )
    return EnvironmentFault(
        f"the quarantine in {folder.parent} cannot be written: {error.strerror}", "set TMPDIR"
    )


@contextlib.contextmanager
def quarantine(alternates: Sequence[str], object_format: str, inherited: str = "") -> Iterator[Quarantine]:
    """A quarantine for the time of the context. `inherited` are further alternates, written as git's own list of them.

    Raises:
        EnvironmentFault: the temporary folder cannot be written.
    """
    disk = _folder(_temporary())
    folder = disk
    try:
        faster = memory()
        folder = _folder(faster) if faster is not None else disk
        yield Quarantine(folder, disk, alternates, object_format, inherited)
    finally:
        for directory in {folder, disk}:
            shutil.rmtree(directory, ignore_errors=True)


def _temporary() -> Path:
    """The user's temporary folder.

    When none can be written, Python falls back to the current folder: for us a worktree, which is not ours to write in.
    """
    try:
        directory = Path(tempfile.gettempdir())
    except FileNotFoundError as error:
        raise _NOWHERE from error
    variables = (os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP"))
    if directory == Path.cwd() and not any(name and Path(name).absolute() == directory for name in variables):
        raise _NOWHERE
    return directory


def _folder(parent: Path) -> Path:
    with writing(parent / "git-gate"):
        folder = Path(tempfile.mkdtemp(prefix="git-gate-", dir=parent))
        try:
            (folder / "objects" / "info").mkdir(parents=True)
            (folder / "objects" / "pack").mkdir()
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return folder


def memory() -> Path | None:
    """A file system in memory with room to spare, unless the user chose a place.

    A merge writes some ten small files; creating a file takes about 0.2 ms on a disk's file system and 0.01 ms here.
    """
    if "TMPDIR" in os.environ:
        return None
    try:
        filesystem = os.statvfs(_SHARED_MEMORY)
    except OSError:
        return None
    free = filesystem.f_bavail * filesystem.f_frsize
    roomy = free >= _ROOM_IN_MEMORY and (not filesystem.f_files or filesystem.f_favail >= _FILES_IN_MEMORY)
    return _SHARED_MEMORY if roomy and os.access(_SHARED_MEMORY, os.W_OK | os.X_OK) else None
