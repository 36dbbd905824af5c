"""JavaScript and TypeScript: most names can be bound but once, or the file does not load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.gather.names.doubles.lines import added_line
from gate.link.script.paths import is_typed
from gate.link.script.twice import groups
from gate.model.names import Double

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.model.names import DoubleKind
    from gate.model.source import FileFacts


def doubles(
    first: str, second: str, path: str, merged: FileFacts, sides: Sequence[FileFacts]
) -> Iterator[Double]:
    """What JavaScript and TypeScript allow but once."""
    mine, yours = (groups(side) for side in sides)
    told: set[str] = set()
    for key, found in sorted(groups(merged).items(), key=lambda item: item[0][2] == "export"):
        own = mine.get(key, []), yours.get(key, [])
        if not all(own) or len(found) <= max(1, *map(len, own)) or key[1] in told:
            continue
        told.add(key[1])
        kind = found[-1].what
        fatal = is_typed(path) or (kind not in ("key", "member") and bool(merged.imports or merged.exported))
        lines = (added_line(own[0], own[1]), added_line(own[1], own[0]))
        what: DoubleKind = "method" if kind == "member" else kind
        yield Double(first, second, path, key[0].removesuffix("[]"), key[1], what, lines, fatal=fatal)
