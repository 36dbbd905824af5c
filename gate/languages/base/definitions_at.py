"""Which definitions of a file hold which lines. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.model.git import Lines
    from gate.model.source import Definition, FileFacts

ELSEWHERE = "lines outside of any definition"
_HOLDERS = ("function", "class", "variable", "type", "enum", "namespace")


def definitions_at(facts: FileFacts, lines: Iterable[Lines]) -> set[str]:
    """The innermost definitions that hold these lines, as `Class.method`; `ELSEWHERE` for lines that none holds."""
    held = [one for one in facts.definitions if one.kind in _HOLDERS]
    names = set()
    for part in lines:
        first, last = min(part.start, part.end), max(part.start, part.end)
        around = [one for one in held if one.line <= last and first <= one.end_line]
        inner = [one for one in around if not any(_within(other, one) for other in around)]
        names |= {f"{one.scope}.{one.name}" if one.scope else one.name for one in inner} or {ELSEWHERE}
    return names


def _within(one: Definition, other: Definition) -> bool:
    own, outer = (one.line, one.end_line), (other.line, other.end_line)
    return own != outer and outer[0] <= own[0] and own[1] <= outer[1]
