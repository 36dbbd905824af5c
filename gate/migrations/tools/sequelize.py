"""Sequelize (umzug): `migrations/<time>-<name>.js` in a package that depends on it; sorted by name, late ones run."""

from __future__ import annotations

import re

from gate.migrations.tools._evidence import package
from gate.migrations.tools._ordered import MIGRATIONS, Ordered, names

SYSTEM = Ordered(
    NAME="sequelize",
    below=MIGRATIONS,
    file=re.compile(r"(?P<id>(?P<version>\d{14})-[^/]+?)(?<!\.d)\.(?:[cm]?js|[cm]?ts)"),
    order=names,
    needed=(package("sequelize"), package("sequelize-typescript"), package("umzug")),
)
