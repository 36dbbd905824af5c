"""What makes a changeSet, however its changelog is written."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from gate.model.migrations import Mark, MigrationPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

BESIDE = frozenset(("preConditions", "comment", "rollback", "validCheckSum"))
"""What no checksum covers: `ChangeSet.generateCheckSum` takes the changes and what modifies their SQL."""
_WHEN = ("dbms", "context", "contextFilter", "labels", "ignore")
"""What leaves changeSets out before `ValidatingVisitor` compares them: others of their id may be meant to be there."""
_FREE = ("runOnChange", "runAlways", "alwaysRun", "validCheckSum")
"""What lets the text of one that was applied change."""
_LONGEST = 255
"""Characters of an id, an author or a file: the columns of DATABASECHANGELOG."""
_COMMENT = re.compile(r"--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)


def part(said: Mapping[str, str], words: Iterable[str], line: int, file: str = "") -> MigrationPart | None:
    """A changeSet with these attributes, None where they cannot name one or are computed.

    `words` are what it does. `file` is the changelog's `logicalFilePath`, which its own comes before.
    """
    name, author = said.get("id", "").strip(), said.get("author", "").strip()
    where = _normal(said.get("logicalFilePath", "") or file)
    when = [f" {key}={said[key]}" for key in _WHEN if said.get(key)]
    texts = (name, author, where, *when)
    if not name or any(len(text) > _LONGEST or "${" in text for text in texts):
        return None
    free = any(said.get(key, "").strip().lower() not in ("", "false") for key in _FREE)
    whole = f"{name}::{author}{''.join(when)}"
    return MigrationPart(whole, _digest((whole, *words)), line, where, free)


def _normal(path: str) -> str:
    """As `DatabaseChangeLog.normalizePath` writes it."""
    return path.strip().replace("\\", "/").removeprefix("classpath:").lstrip("/")


def _digest(words: Iterable[str]) -> str:
    """Of what counts: neither layout nor comments in SQL do."""
    found = hashlib.sha256()
    for word in words:
        plain = " ".join(_COMMENT.sub(" ", word).split())
        found.update(plain.encode("utf-8", "surrogatepass") + b"\0")
    return found.hexdigest()[:20]


def includes(element: str, said: Mapping[str, str], line: int) -> Iterator[Mark]:
    """The file that an `include` names, or the folder of an `includeAll`, with a slash at its end."""
    path = _normal(said.get("file" if element == "include" else "path", "")).removeprefix("./")
    if path and element in ("include", "includeAll"):
        yield Mark("include", path if element == "include" else f"{path.rstrip('/')}/", line)
