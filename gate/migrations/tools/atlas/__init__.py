"""Atlas: `<version>_<name>.sql` beside an `atlas.sum`.

A version below the highest applied is refused ("added out of order") unless `--exec-order` says otherwise, a file whose
hash is not that of `atlas.sum` always. Folders written for goose or dbmate are theirs, with their `atlas.sum`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.migrations.tools.base.evidence import MARKED, ToolEvidence
from gate.migrations.tools.base.ordered import OrderedTool

if TYPE_CHECKING:
    from collections.abc import Mapping


class Atlas(OrderedTool):
    """The file `atlas.sum` shows its folders."""

    name = "atlas"
    title = "Atlas"
    runs_sql = True
    file = re.compile(r"(?P<id>(?P<version>\d{1,20})(?:_[^/]*?)?)(?<!\.up)(?<!\.down)\.sql")
    late = "error"
    foreign = MARKED
    needed = (ToolEvidence(("atlas.sum",), re.compile(rb"\Ah1:"), above=False),)
    lenient = (
        ToolEvidence(
            ("atlas.hcl",), re.compile(rb"exec_order\s*=\s*\"?(?:NON_LINEAR|LINEAR_SKIP|non-linear)")
        ),
    )
    checked = True
    derived = ("atlas.sum",)
    sum_file = "atlas.sum"
    sum_command = "atlas migrate hash"

    def is_summed(self, name: str) -> bool:
        """Return whether a file may count for the sum, or is the sum."""
        return name == self.sum_file or name.endswith(".sql")

    def summed(self, files: Mapping[str, bytes], example: Mapping[str, bytes]) -> bytes | None:
        """Return the sum of a folder's files, of the format that the sum of `example` has."""
        from gate.migrations.tools.atlas.directory_sum import counted_files, directory_sum, matching

        counted = counted_files(example)
        return None if counted is None else directory_sum(matching(files, counted))


TOOL = Atlas()
