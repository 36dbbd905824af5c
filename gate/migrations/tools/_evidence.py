"""What tells tools apart whose files are named alike."""

from __future__ import annotations

import re

from gate.migrations.tools._ordered import Evidence

GO_MIGRATE = Evidence(
    ("go.mod", "Makefile", "Dockerfile", "docker-compose.yml", "docker-compose.yaml", "compose.yaml"),
    re.compile(
        rb"\bgolang-migrate/migrate\b|\bmigrate/migrate[:@\s\"']|\bmigrate -(?:path|source|database)\b"
    ),
)
"""The module, its release or image, or a call of its command."""
GO_MIGRATE_DUMP = Evidence(
    ("structure.sql", "schema.sql"),
    re.compile(rb"\bschema_migrations\b[^;]{1,500}?\bdirty[\"`]?\s+(?:bool|tinyint)", re.IGNORECASE),
)
"""A dump of the database with the table it keeps its version in: no other tool's has a column `dirty`."""
SQLX = Evidence(("Cargo.toml",), re.compile(rb"^[ \t]*sqlx\b|\[[\w.-]*dependencies\.sqlx\]", re.MULTILINE))
GOOSE = rb"^[ \t]*--[ \t]*\+goose[ \t]+Up\b"
"""https://github.com/pressly/goose: every SQL migration has this line."""
DBMATE = rb"^[ \t]*--[ \t]*migrate:up\b"
"""https://github.com/amacneil/dbmate: every migration has this line."""
MARKED = re.compile(rb"%b|%b" % (GOOSE, DBMATE), re.MULTILINE)
"""A text of one of those."""


def package(name: str) -> Evidence:
    """A `package.json` that names a package among its dependencies (or anywhere as a key)."""
    return Evidence(("package.json",), re.compile(rb'"%b"\s*:' % re.escape(name.encode())))
