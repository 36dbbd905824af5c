"""Migrations that are SQL: of a file with sections, only the one that runs forwards counts.

What opens and closes it: `-- +goose Up` and `Down` (https://github.com/pressly/goose), `-- migrate:up` and `down`
(https://github.com/amacneil/dbmate), `-- +migrate Up` and `Down` (https://github.com/rubenv/sql-migrate),
`-- Up Migration` and `-- Down Migration` (https://github.com/salsita/node-pg-migrate).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.migrations.tools.base import sql
from gate.model.operations import unread

if TYPE_CHECKING:
    from gate.model.operations import Operation

_SECTION = r"^[ \t]*--[ \t]*(?:(?:(?:\+goose|\+migrate)[ \t]+|migrate:){0}\b|{0} migration\b)[^\n]*"
_UP, _DOWN = (re.compile(_SECTION.format(name), re.IGNORECASE | re.MULTILINE) for name in ("up", "down"))


def read(content: bytes) -> tuple[Operation, ...]:
    """Return what the migration does forwards."""
    if b"\0" in content:
        return (unread("it is no text in UTF-8"),)
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    opened = _UP.search(text)
    start = opened.end() if opened else 0
    closed = _DOWN.search(text, start if opened else 0)
    return sql.read(text[start : closed.start() if closed else None], line=text.count("\n", 0, start) + 1)
