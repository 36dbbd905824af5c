"""What tells tools apart whose files are named alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HIGHEST = 12
"""Folders that are looked at upwards of migrations; nobody has more."""


@dataclass(frozen=True, slots=True)
class ToolEvidence:
    """Files that say which tool a folder belongs to: of these names, in the folder or `above` it, with that text."""

    names: tuple[str, ...]
    says: re.Pattern[bytes]
    above: bool = True

    def paths(self, folder: str) -> Iterator[str]:
        """Yield the paths of such files, for a folder of migrations."""
        for place in _upwards(folder) if self.above else (folder,):
            for name in self.names:
                yield f"{place}/{name}" if place else name

    def holds(self, folder: str, texts: Mapping[str, bytes]) -> bool:
        """Return whether the text of one of the files, by path, says so."""
        return any(self.says.search(texts.get(path, b"")) for path in self.paths(folder))


def any_holds(evidence: Iterable[ToolEvidence], folder: str, texts: Mapping[str, bytes]) -> bool:
    """Return whether some of the evidence is there."""
    return any(item.holds(folder, texts) for item in evidence)


def _upwards(folder: str) -> Iterator[str]:
    """Yield a folder and all above it; of a very deep one the nearest."""
    for _ in range(_HIGHEST):
        yield folder
        if not folder:
            return
        folder = folder.rpartition("/")[0]


GO_MIGRATE = ToolEvidence(
    ("go.mod", "Makefile", "Dockerfile", "docker-compose.yml", "docker-compose.yaml", "compose.yaml"),
    re.compile(
        rb"\bgolang-migrate/migrate\b|\bmigrate/migrate[:@\s\"']|\bmigrate -(?:path|source|database)\b"
    ),
)
"""The module, its release or image, or a call of its command."""
GO_MIGRATE_DUMP = ToolEvidence(
    ("structure.sql", "schema.sql"),
    re.compile(rb"\bschema_migrations\b[^;]{1,500}?\bdirty[\"`]?\s+(?:bool|tinyint)", re.IGNORECASE),
)
"""A dump of the database with the table it keeps its version in: no other tool's has a column `dirty`."""
SQLX = ToolEvidence(
    ("Cargo.toml",), re.compile(rb"^[ \t]*sqlx\b|\[[\w.-]*dependencies\.sqlx\]", re.MULTILINE)
)
GOOSE = rb"^[ \t]*--[ \t]*\+goose[ \t]+Up\b"
"""https://github.com/pressly/goose: every SQL migration has this line."""
DBMATE = rb"^[ \t]*--[ \t]*migrate:up\b"
"""https://github.com/amacneil/dbmate: every migration has this line."""
MARKED = re.compile(rb"%b|%b" % (GOOSE, DBMATE), re.MULTILINE)
"""A text of one of those."""


def package(name: str) -> ToolEvidence:
    """Return a `package.json` that names a package among its dependencies (or anywhere as a key)."""
    return ToolEvidence(("package.json",), re.compile(rb'"%b"\s*:' % re.escape(name.encode())))
