"""Facts of blobs kept between runs: one SQLite file in the repository's common git directory.

All it holds can be made again, so a store that cannot be read is dropped; where it cannot be written (a read-only
repository, a full disk), everything works without it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

FILE = "gate/facts.db"
_TABLE = (
    "CREATE TABLE IF NOT EXISTS facts (blob TEXT, extractor TEXT, content BLOB, PRIMARY KEY (blob, extractor)) "
    "WITHOUT ROWID"
)
_AT_ONCE = 500
_LARGEST = 1 << 30
"""Bytes; a larger store is removed and begun again."""


class FactsCache:
    """Facts by blob and extractor (its name and version). Opened at the first question; `folder` None keeps nothing."""

    def __init__(self, folder: str | None) -> None:
        self._path = Path(folder) / FILE if folder is not None else None
        self._connection: sqlite3.Connection | None = None
        self._opened = False

    def __enter__(self) -> FactsCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def get(self, extractor: str, blobs: Iterable[str]) -> dict[str, bytes]:
        """Return the kept facts of these blobs, by blob."""
        wanted = list(dict.fromkeys(blobs))
        contents: dict[str, bytes] = {}
        try:
            for start in range(0, len(wanted), _AT_ONCE):
                part = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                query = f"SELECT blob, content FROM facts WHERE extractor = ? AND blob IN ({marks})"
                connection = self._open()
                if connection is not None:
                    contents.update(connection.execute(query, (extractor, *part)))
        except sqlite3.Error:
            self._drop()
            return {}
        return {blob: content for blob, content in contents.items() if isinstance(content, bytes)}

    def put(self, extractor: str, facts: Mapping[str, bytes]) -> None:
        """Keep facts of blobs."""
        rows = [(blob, extractor, content) for blob, content in facts.items()]
        try:
            connection = self._open()
            if connection is not None and rows:
                with connection:
                    connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", rows)
        except sqlite3.Error:
            self._drop()

    def _open(self) -> sqlite3.Connection | None:
        if self._opened or self._path is None:
            return self._connection
        self._opened = True
        try:
            self._connection = _connect(self._path)
        except (sqlite3.DatabaseError, OSError):
            _remove(self._path)
            with contextlib.suppress(sqlite3.Error, OSError):
                self._connection = _connect(self._path)
        return self._connection

    def _drop(self) -> None:
        """Forget everything, and keep nothing more in this run."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
        if self._path is not None:
            _remove(self._path)


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(exist_ok=True)
    if path.exists() and path.stat().st_size > _LARGEST:
        _remove(path)
    connection = sqlite3.connect(path, timeout=1, isolation_level="IMMEDIATE")
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(_TABLE)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)
