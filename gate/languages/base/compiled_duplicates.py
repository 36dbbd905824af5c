"""Duplicate definitions in languages with a compiler, which refuses a second one, overloads aside."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gate.languages.base.duplicate_lines import added_line
from gate.model.names import DuplicateDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.merged_file import MergedFile
    from gate.model.names import DuplicateKind
    from gate.model.source import Definition, FileFacts

DefinitionKey = tuple[str, str, str]
"""Scope, name, and what tells apart definitions of that name that may stand side by side."""


def find_duplicates(file: MergedFile) -> Iterator[DuplicateDefinition]:
    """Yield what the merged file of two streams defines more often than either side's version."""
    first_groups, second_groups = (_groups(side) for side in file.sides)
    for key, definitions in _groups(file.merged).items():
        firsts, seconds = first_groups.get(key, []), second_groups.get(key, [])
        if firsts and seconds and len(definitions) > max(1, len(firsts), len(seconds)):
            scope, name, _ = key
            lines = (added_line(firsts, seconds), added_line(seconds, firsts))
            kind = _kind(definitions[-1])
            yield DuplicateDefinition(
                file.first, file.second, file.path, scope, name, kind, lines, fatal=True
            )


def _groups(facts: FileFacts) -> dict[DefinitionKey, list[Definition]]:
    """Return the unconditional definitions by their key."""
    groups: dict[DefinitionKey, list[Definition]] = defaultdict(list)
    for definition in facts.definitions:
        if not definition.conditional and definition.name != "_":
            space = f"{_namespace(definition)}{definition.overload}"
            groups[definition.scope, definition.name, space].append(definition)
    return groups


def _namespace(definition: Definition) -> str:
    """Return which names a definition competes with: those of values, of functions or of types."""
    if definition.kind in ("variable", "attribute"):
        return "value"
    return "function" if definition.kind == "function" else "type"


def _kind(definition: Definition) -> DuplicateKind:
    if definition.kind in ("variable", "attribute"):
        return "variable"
    return "function" if definition.kind == "function" else "class"
