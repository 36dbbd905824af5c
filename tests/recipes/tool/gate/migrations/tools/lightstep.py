"""Lightstep: `steps/<number>.step`, run in the order of their numbers."""

from __future__ import annotations

import re

from gate.migrations.tools.base.ordered import OrderedTool


class Lightstep(OrderedTool):
    """Every migration is known by its ending."""

    name = "lightstep"
    title = "Lightstep"
    file = re.compile(r"(?P<id>(?P<version>\d{1,9}))\.step")
    below = re.compile(r"(?:^|(?<=/))steps/")


TOOL = Lightstep()
