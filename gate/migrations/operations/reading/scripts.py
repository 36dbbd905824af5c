"""Migrations that are SQL: of a file with sections, only the one that runs forwards counts.

What opens and closes it: `-- +goose Up` and `Down` (https://github.com/pressly/goose), `-- migrate:up` and `down`
(https://github.com/amacneil/dbmate), `-- +migrate Up` and `Down` (https://github.com/rubenv/sql-migrate),
`-- Up Migration` and `-- Down Migration` (https://github.com/salsita/node-pg-migrate).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.migrations.operations.reading import sql, unread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.model.operations import Operation

_SECTION = r"^[ \t]*--[ \t]*(?:(?:(?:\+goose|\+migrate)[ \t]+|migrate:){0}\b|{0} migration\b)[^\n]*"
_UP, _DOWN = (re.compile(_SECTION.format(name), re.IGNORECASE | re.MULTILINE) for name in ("up", "down"))
_SNAPSHOT = re.compile(
    r"(?P<folder>.*?)(?:(?<![^/])meta/(?P<number>\d{4,6})_snapshot|(?P<whole>[^/]+)/snapshot)\.json"
)


def read(content: bytes) -> tuple[Operation, ...]:
    """What the migration does forwards."""
    if b"\0" in content:
        return (unread("it is no text in UTF-8"),)
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    opened = _UP.search(text)
    start = opened.end() if opened else 0
    closed = _DOWN.search(text, start if opened else 0)
    return sql.read(text[start : closed.start() if closed else None], line=text.count("\n", 0, start) + 1)


def place(path: str, files: Iterable[str]) -> str:
    """Where the SQL stands that a snapshot of Drizzle goes with, among the files that come with it; "" if nowhere."""
    found = _SNAPSHOT.fullmatch(path)
    if found is None:
        return ""
    if found["whole"]:
        wanted = re.compile(re.escape(f"{found['folder']}{found['whole']}/migration.sql"))
    else:
        wanted = re.compile(re.escape(f"{found['folder']}{found['number']}_") + r"[^/]*\.sql")
    return next((one for one in sorted(files) if wanted.fullmatch(one)), "")
