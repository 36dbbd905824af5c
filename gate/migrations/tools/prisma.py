"""Prisma: `migrations/<time>_<name>/migration.sql`.

Folders run in the order of their names, late ones too (`migrate deploy`); `migrate dev` then asks to reset the
database, as it does for one that was edited. Two of one time are told apart by their names.
"""

from __future__ import annotations

import re

from gate.migrations.tools._ordered import Evidence, Ordered, names

SYSTEM = Ordered(
    NAME="prisma",
    below=re.compile(r"(?:^|(?<=/))migrations/"),
    file=re.compile(r"(?P<id>(?P<version>\d{14})[^/]*)/migration\.sql"),
    order=names,
    needed=(Evidence(("migration_lock.toml",), re.compile(rb"provider"), above=False),),
    checked=True,
)
