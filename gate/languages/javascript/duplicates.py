"""JavaScript and TypeScript: most names can be bound but once, or the file does not load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.duplicate_lines import added_line
from gate.languages.javascript.linker.paths import is_typed
from gate.languages.javascript.redeclaration import allowed, groups, refused
from gate.model.names import DuplicateDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.languages.base.merged_file import MergedFile
    from gate.languages.javascript.redeclaration import Binding, Key
    from gate.model.source import FileFacts


def find_duplicates(file: MergedFile) -> Iterator[DuplicateDefinition]:
    """What JavaScript and TypeScript allow but once, and what of the rest hides another."""
    mine, yours = (groups(side) for side in file.sides)
    told: set[str] = set()
    for key, found in sorted(groups(file.merged).items(), key=lambda item: item[0][2] == "export"):
        own = mine.get(key, []), yours.get(key, [])
        if not all(own) or len(found) <= max(1, *map(len, own)) or key[1] in told or allowed(found):
            continue
        if is_typed(file.path) and _may_be_types(key, found, own, file.sides):
            continue
        told.add(key[1])
        lines = (added_line(own[0], own[1]), added_line(own[1], own[0]))
        fatal = refused(file.path, file.merged, key, found)
        alike = len({one.digest for one in found}) == 1
        yield DuplicateDefinition(
            file.first,
            file.second,
            file.path,
            key[0],
            key[1],
            found[-1].what,
            lines,
            alike=alike,
            fatal=fatal,
            legal=not fatal,
        )


def _may_be_types(
    key: Key, found: Sequence[Binding], own: Sequence[Sequence[Binding]], sides: Sequence[FileFacts]
) -> bool:
    """Whether what is brought from another module may be a type, and stand beside a value of its name."""
    if len({one.brought for one in found}) == 1:
        return False
    return any(
        any(one.brought for one in listed) and (key[2] == "export" or not _is_value(key[1], side))
        for listed, side in zip(own, sides, strict=True)
    )


def _is_value(name: str, facts: FileFacts) -> bool:
    """Whether a file reads that name for its value."""
    return any(
        one.via == "module" and not one.guard and one.chain.partition(".")[0].removesuffix("()") == name
        for one in facts.references
    )
