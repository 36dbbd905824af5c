"""Ecto: `priv/<repo>/migrations/<version>_<name>.exs`.

`Ecto.Migrator` raises on a version or a name that is there twice; what has been applied is a set, and a late version
makes no more than a warning unless `strict_version_order` is set.
"""

from __future__ import annotations

import re

from gate.migrations.tools.base.ordered import OrderedTool


class Ecto(OrderedTool):
    """Migrations lie below `priv`."""

    name = "ecto"
    title = "Ecto"
    below = re.compile(r"(?:^|(?<=/))priv/(?:[^/]+/){0,9}migrations/")
    file = re.compile(r"(?:[^/]+/){0,9}(?P<id>(?P<version>\d{1,20})_(?P<name>[^/]+))\.exs")


TOOL = Ecto()
