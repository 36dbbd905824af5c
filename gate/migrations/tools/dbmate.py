"""dbmate: `<version>_<name>.sql` with a line `-- migrate:up`. Late versions run unless `--strict` is given.

`db/schema.sql`, which it dumps, lists the versions again.
"""

from __future__ import annotations

import re

from gate.migrations.tools._evidence import DBMATE
from gate.migrations.tools._ordered import Ordered

SYSTEM = Ordered(
    NAME="dbmate",
    file=re.compile(r"(?P<id>(?P<version>\d{1,20})(?!\d)[^/]*)(?<!\.up)(?<!\.down)\.sql"),
    marker=re.compile(DBMATE, re.MULTILINE),
    derived=("../schema.sql",),
)
