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
"""What leaves changeSets out before `ValidatingVisitor` compares them: others of their id may be meant to exist."""
_FREE = ("runOnChange", "runAlways", "alwaysRun", "validCheckSum")
"""What lets the text of one that was applied change."""
_LONGEST = 255
"""Characters of an id, an author or a file: the columns of DATABASECHANGELOG."""
_COMMENT = re.compile(r"--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)


def part(
    attributes: Mapping[str, str], words: Iterable[str], line: int, file: str = ""
) -> MigrationPart | None:
    """Return a changeSet with these attributes, None where they cannot name one or are computed.

    `words` are what it does. `file` is the changelog's `logicalFilePath`, which its own comes before.
    """
    name, author = attributes.get("id", "").strip(), attributes.get("author", "").strip()
    where = _normal(attributes.get("logicalFilePath", "") or file)
    when = [f" {key}={attributes[key]}" for key in _WHEN if attributes.get(key)]
    texts = (name, author, where, *when)
    if not name or any(len(text) > _LONGEST or "${" in text for text in texts):
        return None
    may_change = any(attributes.get(key, "").strip().lower() not in ("", "false") for key in _FREE)
    whole = f"{name}::{author}{''.join(when)}"
    return MigrationPart(whole, _digest((whole, *words)), line, where, may_change)


def _normal(path: str) -> str:
    """Return a path as `DatabaseChangeLog.normalizePath` writes it."""
    return path.strip().replace("\\", "/").removeprefix("classpath:").lstrip("/")


def _digest(words: Iterable[str]) -> str:
    """Return a digest of what counts: neither layout nor comments in SQL do."""
    digest = hashlib.sha256()
    for word in words:
        plain = " ".join(_COMMENT.sub(" ", word).split())
        digest.update(plain.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:20]


def includes(element: str, attributes: Mapping[str, str], line: int) -> Iterator[Mark]:
    """Yield the file that an `include` names, or the folder of an `includeAll`, with a slash at its end."""
    path = _normal(attributes.get("file" if element == "include" else "path", "")).removeprefix("./")
    if path and element in ("include", "includeAll"):
        yield Mark("include", path if element == "include" else f"{path.rstrip('/')}/", line)
