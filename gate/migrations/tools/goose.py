"""goose: `<version>_<name>.sql` with a line `-- +goose Up`, or a Go file that registers itself.

Two of one version are a panic ("goose: duplicate version"); a version below the highest applied is refused as missing
unless `-allow-missing` is given (https://github.com/pressly/goose/issues/172).
"""

from __future__ import annotations

import re

from gate.migrations.tools.base.evidence import GOOSE
from gate.migrations.tools.base.ordered import OrderedTool


class Goose(OrderedTool):
    """Every migration is marked as its own."""

    name = "goose"
    title = "goose"
    runs_sql = True
    file = re.compile(r"(?P<id>(?P<version>\d{1,20})_(?!.*_test\.go$)[^/]*)(?<!\.up)(?<!\.down)\.(?:sql|go)")
    late = "error"
    marker = re.compile(GOOSE + rb"|\bgoose\.Add\w*Migration\w*\(", re.MULTILINE)
    class_pattern = rb"\bfunc\s+(?P<word>[A-Za-z_]\w*?(?<!\d)%s)\("


TOOL = Goose()
