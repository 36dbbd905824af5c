"""Rails: `db/migrate/<version>_<name>.rb`, also of engines and of further databases (`db/animals_migrate`).

`ActiveRecord::Migrator#validate` raises `DuplicateMigrationVersionError` and `DuplicateMigrationNameError`. What has
been applied is a set: a late version runs, out of order. `db/schema.rb` and `db/structure.sql` hold versions again.
"""

from __future__ import annotations

import re

from gate.migrations.tools.base.ordered import OrderedTool


class Rails(OrderedTool):
    """Migrations lie below `db`."""

    name = "rails"
    title = "Rails"
    below = re.compile(r"(?:^|(?<=/))db/(?:\w{1,99}_)?migrate/")
    file = re.compile(
        r"(?:[^/]+/){0,9}(?P<id>(?P<version>\d{1,20})_(?P<name>[_a-z0-9]{1,200})(?:\.[_a-z0-9]*)?)\.rb"
    )
    derived = ("../schema.rb", "../structure.sql")


TOOL = Rails()
