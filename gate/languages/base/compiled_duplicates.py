"""Go, Java and Rust: the compiler refuses a second definition, overloads aside."""

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

Key = tuple[str, str, str]


def find_duplicates(file: MergedFile) -> Iterator[DuplicateDefinition]:
    """What the merged file defines once more than either version."""
    mine, yours = (_groups(side) for side in file.sides)
    for key, found in _groups(file.merged).items():
        own = mine.get(key, []), yours.get(key, [])
        if all(own) and len(found) > max(1, *map(len, own)):
            lines = (added_line(own[0], own[1]), added_line(own[1], own[0]))
            yield DuplicateDefinition(
                file.first, file.second, file.path, key[0], key[1], _kind(found[-1]), lines, fatal=True
            )


def _groups(facts: FileFacts) -> dict[Key, list[Definition]]:
    """Unconditional definitions by scope, name and what tells those apart that may stand side by side."""
    found: dict[Key, list[Definition]] = defaultdict(list)
    for one in facts.definitions:
        if not one.conditional and one.name != "_":
            found[one.scope, one.name, f"{_space(one)}{one.overload}"].append(one)
    return found


def _space(one: Definition) -> str:
    return (
        "value" if one.kind in ("variable", "attribute") else "function" if one.kind == "function" else "type"
    )


def _kind(one: Definition) -> DuplicateKind:
    if one.kind in ("variable", "attribute"):
        return "variable"
    return "function" if one.kind == "function" else "class"
