"""Formatted SQL: comments between the statements make the changeSets (`AbstractFormattedChangeLogParser`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.migrations.tools.liquibase.changeset import part
from gate.model.migrations import Migration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.model.migrations import MigrationPart

FIRST = re.compile(rb"\s*--[ \t]*liquibase[ \t]*formatted", re.IGNORECASE)
"""How such a file starts."""
_CHANGESET = re.compile(
    r'[ \t]*--[ \t]*changeset[ \t]++("[^"]++"|[^:]++):[ \t]*+("[^"]++"|\S++)(.*)', re.IGNORECASE
)
_SAID = re.compile(r'(?<!\S)(\w+):("[^"]*"|\S*)')
_CHECKSUM = re.compile(r"[ \t]*--[ \t]*validCheckSum", re.IGNORECASE)
_NAMES = {
    name.lower(): name
    for name in ("logicalFilePath", "dbms", "context", "contextFilter", "labels", "ignore", "runOnChange")
} | {"runalways": "runAlways"}


def read(content: bytes) -> Migration:
    """What a file says that starts as one."""
    lines = content.decode("utf-8", "replace").split("\n")
    first = next(line for line in lines if line.strip())
    return Migration("full", parts=tuple(_parts(lines, _said(first).get("logicalFilePath", ""))))


def _parts(lines: Sequence[str], file: str) -> Iterator[MigrationPart]:
    starts = [(at, match) for at, line in enumerate(lines) if (match := _CHANGESET.match(line))]
    ends = (*(at for at, _ in starts), len(lines))
    for (at, match), end in zip(starts, ends[1:], strict=True):
        body = lines[at + 1 : end]
        said = _said(match[3]) | {"author": match[1].strip().strip('"'), "id": match[2].strip('"')}
        if any(map(_CHECKSUM.match, body)):
            said["validCheckSum"] = "any"
        found = part(said, ("\n".join(body),), at + 1, file)
        if found:
            yield found


def _said(line: str) -> dict[str, str]:
    """The attributes of a comment, by the names that all formats give them."""
    return {
        _NAMES[one[1].lower()]: one[2].strip('"') for one in _SAID.finditer(line) if one[1].lower() in _NAMES
    }
