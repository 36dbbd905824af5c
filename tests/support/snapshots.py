"""Fingerprints of a whole folder, to prove that nothing in it was touched."""

from __future__ import annotations

import hashlib
import stat
from typing import TYPE_CHECKING

from gate.cache.database import FILE

if TYPE_CHECKING:
    from pathlib import Path

_STORE = {FILE.rpartition("/")[2] + ending for ending in ("", "-wal", "-shm")}


def snapshot(*folders: Path, without: tuple[str, ...] = ()) -> dict[str, str]:
    """Kind, mode and content of everything below the folders, by path: a work tree, its `.git` and index.

    Equal snapshots mean byte-identical folders but for the gate's own store in a git directory. Times are not in it,
    for reading may change them. `without` leaves out paths relative to a folder, with all that is below them.
    """
    return {
        str(path): _fingerprint(path)
        for folder in folders
        for path in [folder, *sorted(folder.rglob("*"))]
        if not _below(path.relative_to(folder), without) and not _is_store(path)
    }


def _below(path: Path, roots: tuple[str, ...]) -> bool:
    return any(path.is_relative_to(root) for root in roots)


def _is_store(path: Path) -> bool:
    store = path if path.name == "gate" else path.parent
    return (
        store.name == "gate" and (path == store or path.name in _STORE) and (store.parent / "HEAD").is_file()
    )


def _fingerprint(path: Path) -> str:
    status = path.lstat()
    return f"{stat.filemode(status.st_mode)} {_content(path, status.st_mode)}".rstrip()


def _content(path: Path, mode: int) -> str:
    if stat.S_ISLNK(mode):
        return str(path.readlink())
    if not stat.S_ISREG(mode):
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
