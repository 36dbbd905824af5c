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
_ATTRIBUTE = re.compile(r'(?<!\S)(\w+):("[^"]*"|\S*)')
_CHECKSUM = re.compile(r"[ \t]*--[ \t]*validCheckSum", re.IGNORECASE)
_NAMES = {
    name.lower(): name
    for name in ("logicalFilePath", "dbms", "context", "contextFilter", "labels", "ignore", "runOnChange")
} | {"runalways": "runAlways"}


def read(content: bytes) -> Migration:
    """Return the changeSets of a file that starts as formatted SQL."""
    lines = content.decode("utf-8", "replace").split("\n")
    first = next(line for line in lines if line.strip())
    return Migration("full", parts=tuple(_parts(lines, _attributes(first).get("logicalFilePath", ""))))


def _parts(lines: Sequence[str], file: str) -> Iterator[MigrationPart]:
    starts = [(at, match) for at, line in enumerate(lines) if (match := _CHANGESET.match(line))]
    ends = (*(at for at, _ in starts), len(lines))
    for (at, match), end in zip(starts, ends[1:], strict=True):
        body = lines[at + 1 : end]
        attributes = _attributes(match[3])
        attributes |= {"author": match[1].strip().strip('"'), "id": match[2].strip('"')}
        if any(map(_CHECKSUM.match, body)):
            attributes["validCheckSum"] = "any"
        changeset = part(attributes, ("\n".join(body),), at + 1, file)
        if changeset:
            yield changeset


def _attributes(line: str) -> dict[str, str]:
    """Return the attributes of a comment, by the names that all formats give them."""
    pairs = ((match[1].lower(), match[2].strip('"')) for match in _ATTRIBUTE.finditer(line))
    return {_NAMES[name]: value for name, value in pairs if name in _NAMES}
