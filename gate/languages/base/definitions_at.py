"""Which definitions of a file hold which lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.model.git import Lines
    from gate.model.source import Definition, FileFacts

ELSEWHERE = "lines outside of any definition"
_KINDS = ("function", "class", "variable", "type", "enum", "namespace")


def definitions_at(facts: FileFacts, lines: Iterable[Lines]) -> set[str]:
    """Return the paths of the innermost definitions that hold these lines, such as `Class.method`.

    `ELSEWHERE` stands for lines that no definition holds.
    """
    definitions = [definition for definition in facts.definitions if definition.kind in _KINDS]
    paths = set()
    for part in lines:
        first, last = min(part.start, part.end), max(part.start, part.end)
        around = [
            definition
            for definition in definitions
            if definition.line <= last and first <= definition.end_line
        ]
        innermost = (
            definition for definition in around if not any(_is_within(inner, definition) for inner in around)
        )
        paths |= {definition.path for definition in innermost} or {ELSEWHERE}
    return paths


def _is_within(inner: Definition, outer: Definition) -> bool:
    lines, around = (inner.line, inner.end_line), (outer.line, outer.end_line)
    return lines != around and around[0] <= lines[0] and lines[1] <= around[1]
