"""Atlas: `<version>_<name>.sql` beside an `atlas.sum`.

A version below the highest applied is refused ("added out of order") unless `--exec-order` says otherwise, a file whose
hash is not that of `atlas.sum` always. Folders written for goose or dbmate are theirs.
"""

from __future__ import annotations

import re

from gate.migrations.tools._evidence import MARKED
from gate.migrations.tools._ordered import ANYWHERE, Evidence, Ordered

SYSTEM = Ordered(
    NAME="atlas",
    below=ANYWHERE,
    file=re.compile(r"(?P<id>(?P<version>\d{1,20})(?:_[^/]*?)?)(?<!\.up)(?<!\.down)\.sql"),
    late="error",
    foreign=MARKED,
    needed=(Evidence(("atlas.sum",), re.compile(rb"\Ah1:"), above=False),),
    lenient=(
        Evidence(("atlas.hcl",), re.compile(rb"exec_order\s*=\s*\"?(?:NON_LINEAR|LINEAR_SKIP|non-linear)")),
    ),
    checked=True,
    derived=("atlas.sum",),
)
