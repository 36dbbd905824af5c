"""JavaScript and TypeScript: most names can be bound but once, or the file does not load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.duplicate_lines import added_line
from gate.languages.javascript.binding_groups import groups
from gate.languages.javascript.linker.paths import is_typed
from gate.model.names import DuplicateDefinition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.languages.base.merged_file import MergedFile
    from gate.languages.javascript.binding_groups import Binding, GroupKey
    from gate.model.source import FileFacts


def find_duplicates(file: MergedFile) -> Iterator[DuplicateDefinition]:
    """Yield what the merged file binds more often than either side's version, where that is refused or hides a binding.

    A name is reported once: as it is bound before as it is exported.
    """
    first_groups, second_groups = (groups(side) for side in file.sides)
    reported: set[str] = set()
    for key, bindings in sorted(groups(file.merged).items(), key=lambda item: item[0].space == "export"):
        by_side = first_groups.get(key, []), second_groups.get(key, [])
        added = all(by_side) and len(bindings) > max(1, *map(len, by_side))
        if not added or key.name in reported or _may_stand_together(bindings):
            continue
        if is_typed(file.path) and _may_be_types(key, bindings, by_side, file.sides):
            continue
        reported.add(key.name)
        fatal = _is_refused(file.path, file.merged, key, bindings)
        yield DuplicateDefinition(
            file.first,
            file.second,
            file.path,
            key.scope,
            key.name,
            bindings[-1].kind,
            (added_line(by_side[0], by_side[1]), added_line(by_side[1], by_side[0])),
            alike=len({binding.digest for binding in bindings}) == 1,
            fatal=fatal,
            legal=not fatal,
        )


def _may_stand_together(bindings: Iterable[Binding]) -> bool:
    """Return whether all bindings of a group may stand side by side and mean what they say."""
    return {binding.redeclaration for binding in bindings} in ({"var"}, {"merges"})


def _may_be_types(
    key: GroupKey,
    bindings: Sequence[Binding],
    by_side: Sequence[Sequence[Binding]],
    sides: Sequence[FileFacts],
) -> bool:
    """Return whether an import or re-export of the group may be of a type, which may stand beside a value."""
    if len({binding.from_module for binding in bindings}) == 1:
        return False
    return any(
        any(binding.from_module for binding in side_bindings)
        and (key.space == "export" or not _is_read_as_value(key.name, facts))
        for side_bindings, facts in zip(by_side, sides, strict=True)
    )


def _is_read_as_value(name: str, facts: FileFacts) -> bool:
    """Return whether a file reads a name for its value."""
    return any(
        reference.via == "module"
        and not reference.guard
        and reference.chain.partition(".")[0].removesuffix("()") == name
        for reference in facts.references
    )


def _is_refused(path: str, facts: FileFacts, key: GroupKey, bindings: Iterable[Binding]) -> bool:
    """Return whether no compiler and no engine takes a file that binds all of these; otherwise the last one wins.

    Early errors are those of ECMA-262: of declarations, of exported names, of constructors and of private names. The
    compiler of TypeScript refuses the others too.
    """
    if is_typed(path):
        return True
    if key.scope:
        return not key.scope.endswith("[]") and (key.name == "constructor" or key.name.startswith("#"))
    if key.space == "export":
        return _is_module(path, facts)
    return any(not binding.redeclaration for binding in bindings) or _is_module(path, facts)


def _is_module(path: str, facts: FileFacts) -> bool:
    return path.endswith(".mjs") or ("module", "es") in facts.settings
