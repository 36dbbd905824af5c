"""golang-migrate: `<version>_<title>.up.sql`, and what only looks like it.

It remembers one version, the highest: a lower one never runs (https://github.com/golang-migrate/migrate/issues/278).
Two of one version are refused: `ErrDuplicateMigration`. Others name files alike; where none of them shows, the weaker
rule holds.
"""

from __future__ import annotations

import re

from gate.migrations.tools.base.evidence import GO_MIGRATE, GO_MIGRATE_DUMP, SQLX
from gate.migrations.tools.base.ordered import OrderedTool


class GolangMigrate(OrderedTool):
    """Files of other tools are named alike."""

    name = "golang_migrate"
    title = "golang-migrate"
    runs_sql = True
    file = re.compile(r"(?P<id>(?P<version>\d{1,20})_[^/]*)\.up\.(?:sql|cql|json)")
    late = "error"
    certain = (GO_MIGRATE, GO_MIGRATE_DUMP)
    rivals = (SQLX,)


TOOL = GolangMigrate()
