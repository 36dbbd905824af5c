"""Knex: `migrations/<time>_<name>.js` in a package that depends on it.

Files run in the order of their names; a late one runs without a word (`Migrator._validateMissingMigrations` looks
only for those that are gone).
"""

from __future__ import annotations

import re

from gate.migrations.tools.base.evidence import package
from gate.migrations.tools.base.ordered import MIGRATIONS, OrderedTool


class Knex(OrderedTool):
    """A package says whose its migrations are."""

    name = "knex"
    title = "Knex"
    below = MIGRATIONS
    file = re.compile(r"(?P<id>(?P<version>\d{14})_[^/]+?)(?<!\.d)\.(?:[cm]?js|[cm]?ts|coffee)")
    sorts_by_name = True
    needed = (package("knex"),)


TOOL = Knex()
