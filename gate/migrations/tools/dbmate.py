"""dbmate: `<version>_<name>.sql` with a line `-- migrate:up`. Late versions run unless `--strict` is given.

`db/schema.sql`, which it dumps, lists the versions again.
"""

from __future__ import annotations

import re

from gate.migrations.tools.base.evidence import DBMATE
from gate.migrations.tools.base.ordered import OrderedTool


class Dbmate(OrderedTool):
    """Every migration is marked as its own."""

    name = "dbmate"
    title = "dbmate"
    runs_sql = True
    file = re.compile(r"(?P<id>(?P<version>\d{1,20})(?!\d)[^/]*)(?<!\.up)(?<!\.down)\.sql")
    marker = re.compile(DBMATE, re.MULTILINE)
    derived = ("../schema.sql",)


TOOL = Dbmate()
