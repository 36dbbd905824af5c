"""TypeORM: `<milliseconds>-<Name>.ts` in a package that depends on it.

Classes run in the order of the time their names end in; late ones run, out of order (`MigrationExecutor`).
"""

from __future__ import annotations

import re

from gate.source.migrations._evidence import package
from gate.source.migrations._ordered import MIGRATIONS, Ordered, names

SYSTEM = Ordered(
    NAME="typeorm",
    below=MIGRATIONS,
    file=re.compile(r"(?P<id>(?P<version>\d{13})-[A-Za-z_$][^/.]*)\.(?:js|ts)"),
    order=names,
    needed=(package("typeorm"),),
    rivals=(package("node-pg-migrate"),),
)
