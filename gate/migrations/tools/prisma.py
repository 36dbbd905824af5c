"""Prisma: `migrations/<time>_<name>/migration.sql`.

Folders run in the order of their names, late ones too (`migrate deploy`); `migrate dev` then asks to reset the
database, as it does for one that was edited. Two of one time are distinguished by their names.
"""

from __future__ import annotations

import re

from gate.migrations.tools.base.evidence import ToolEvidence
from gate.migrations.tools.base.ordered import OrderedTool


class Prisma(OrderedTool):
    """Each migration has a folder of its own."""

    name = "prisma"
    title = "Prisma"
    runs_sql = True
    below = re.compile(r"(?:^|(?<=/))migrations/")
    file = re.compile(r"(?P<id>(?P<version>\d{14})[^/]*)/migration\.sql")
    sorts_by_name = True
    needed = (ToolEvidence(("migration_lock.toml",), re.compile(rb"provider"), above=False),)
    checked = True
    own_folders = True


TOOL = Prisma()
