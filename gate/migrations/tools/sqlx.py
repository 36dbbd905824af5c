"""sqlx: `migrations/<version>_<name>.sql` or `.up.sql`, in a crate that depends on it.

A late version runs, out of order; a changed checksum is refused (`Migrator::run`). The version is the primary key of
what has been applied.
"""

from __future__ import annotations

import re

from gate.migrations.tools.base.evidence import GO_MIGRATE, GO_MIGRATE_DUMP, MARKED, SQLX
from gate.migrations.tools.base.ordered import MIGRATIONS, OrderedTool


class Sqlx(OrderedTool):
    """A crate says whose its migrations are."""

    name = "sqlx"
    title = "sqlx"
    runs_sql = True
    below = MIGRATIONS
    file = re.compile(r"(?P<id>(?P<version>\d{1,18})_[^/]*?)(?:\.up)?(?<!\.down)\.sql")
    foreign = MARKED
    needed = (SQLX,)
    rivals = (GO_MIGRATE, GO_MIGRATE_DUMP)
    checked = True


TOOL = Sqlx()
