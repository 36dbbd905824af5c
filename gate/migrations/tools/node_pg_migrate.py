"""node-pg-migrate: `migrations/<time>_<name>.js` (or `-`) in a package that depends on it.

It refuses a migration that precedes one already run, unless `--no-check-order` is given.
"""

from __future__ import annotations

import re

from gate.migrations.tools.base.evidence import MARKED, ToolEvidence, package
from gate.migrations.tools.base.ordered import MIGRATIONS, OrderedTool


class NodePgMigrate(OrderedTool):
    """A package says whose its migrations are."""

    name = "node_pg_migrate"
    title = "node-pg-migrate"
    runs_sql = True
    below = MIGRATIONS
    file = re.compile(r"(?P<id>(?P<version>\d{13})[-_][^/]+?)(?<!\.d)\.(?:[cm]?js|[cm]?ts|sql)")
    late = "error"
    sorts_by_name = True
    foreign = MARKED
    needed = (package("node-pg-migrate"),)
    lenient = (
        ToolEvidence(
            ("package.json",), re.compile(rb"no-check-order|check-?order[\"']?\W{1,3}false", re.IGNORECASE)
        ),
    )


TOOL = NodePgMigrate()
