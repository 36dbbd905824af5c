"""Names of migrations that are moved: the next number, and the words they had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.tools import tool
from gate.migrations.tools.base.numbers import NUMBERED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gate.model.migrations import Key, Node


def numbered(node: Node, above: Iterable[Key], taken: Collection[str], *, clashing: bool) -> str:
    """Return the name a migration gets after `above`: that of the highest number there, plus one, if it is numbered.

    People do the same: in 1,391 of 1,394 re-parented Django migrations that were renamed. A name that is `clashing`
    becomes another one in any case, which is not `taken`.
    """
    naming = tool(node.tool)
    match = NUMBERED.fullmatch(node.id)
    numbers = [number for key in above if (number := naming.number(key.id)) is not None]
    if match is None or not numbers or not naming.is_numbered(node):
        return naming.free_name(node, taken) if clashing else node.id
    number, width = max(numbers) + 1, len(match["number"])
    while (name := f"{number:0{width}}{match['words']}") in taken and name != node.id:
        number += 1
    return naming.free_name(node, taken) if clashing and name == node.id else name
