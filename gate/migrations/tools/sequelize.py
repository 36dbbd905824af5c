"""Sequelize (umzug): `migrations/<time>-<name>.js` in a package that depends on it; sorted by name, late ones run."""

from __future__ import annotations

import re

from gate.migrations.tools.base.evidence import package
from gate.migrations.tools.base.ordered import MIGRATIONS, OrderedTool


class Sequelize(OrderedTool):
    """A package says whose its migrations are."""

    name = "sequelize"
    title = "Sequelize"
    below = MIGRATIONS
    file = re.compile(r"(?P<id>(?P<version>\d{14})-[^/]+?)(?<!\.d)\.(?:[cm]?js|[cm]?ts)")
    sorts_by_name = True
    needed = (package("sequelize"), package("sequelize-typescript"), package("umzug"))


TOOL = Sequelize()
