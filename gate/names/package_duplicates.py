"""Names that two sides define in different files of one package, where all files of a folder share their names."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

from gate.languages import registry
from gate.model.names import DuplicateDefinition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gate.languages.state import State
    from gate.model.source import Definition
    from gate.names.compared_pair import ComparedPair
    from gate.names.stream_changes import StreamChanges

_NO_DUPLICATES = ("attribute", "namespace")
"""Kinds of definitions of which a package may have several with one name."""
_ENTRY_POINT = "main"
"""The name of which each program of a folder has one."""


class _PackageName(NamedTuple):
    """A name of a package; functions of one name with other parameter types are other names."""

    folder: str
    path: str
    overload: str


def pairs_sharing_package(changes: Mapping[str, StreamChanges]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of sides that add one name to one folder, in different files; `changes` by side."""
    files: dict[_PackageName, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for side, side_changes in changes.items():
        for path, name in _added_names(side_changes):
            files[name][side].add(path)
    for by_side in files.values():
        for first, second in combinations(sorted(by_side), 2):
            if len(by_side[first] | by_side[second]) > 1:
                yield first, second


def package_duplicates(pair: ComparedPair) -> Iterator[DuplicateDefinition]:
    """Yield what a pair defines twice in a package, where each side alone defines it once."""
    files: dict[_PackageName, list[str]] = defaultdict(list)
    for path, name in _added_names(pair.second.changes):
        files[name].append(path)
    for path, name in sorted(_added_names(pair.first.changes)):
        for second_path in sorted(files.get(name, ())):
            yield from _duplicate(pair, name, path, second_path)


def _duplicate(
    pair: ComparedPair, name: _PackageName, path: str, second_path: str
) -> Iterator[DuplicateDefinition]:
    first, second = _definition(pair.merged, path, name), _definition(pair.merged, second_path, name)
    if path == second_path or first is None or second is None:
        return
    if _package(pair.merged, path) != _package(pair.merged, second_path):
        return
    if _definition(pair.first.state, second_path, name) or _definition(pair.second.state, path, name):
        return
    yield DuplicateDefinition(
        pair.first.name,
        pair.second.name,
        path,
        first.scope,
        first.name,
        _kind(first),
        (first.line, second.line),
        fatal=True,
        second_path=second_path,
    )


def _added_names(changes: StreamChanges) -> Iterable[tuple[str, _PackageName]]:
    """Yield the names that a side adds to packages, with the file; conditional definitions are left out."""
    for path, file_changes in changes.file_changes.items():
        language = registry.language(path)
        if language is None or not language.shares_package or language.is_conditional(path):
            continue
        folder = path.rpartition("/")[0]
        for name, definition in file_changes.added.items():
            if name != _ENTRY_POINT and definition.kind not in _NO_DUPLICATES and not definition.conditional:
                yield path, _PackageName(folder, name, definition.overload)


def _definition(state: State, path: str, name: _PackageName) -> Definition | None:
    """Return the definition of a name in a file that was read whole, if it is built in every case."""
    facts = state.facts(path)
    if facts.parse != "full":
        return None
    same = (
        definition
        for definition in facts.definitions
        if (definition.path, definition.overload) == name[1:] and not definition.conditional
    )
    return next(same, None)


def _kind(definition: Definition) -> Literal["function", "class", "variable"]:
    return definition.kind if definition.kind in ("function", "variable") else "class"


def _package(state: State, path: str) -> str:
    """Return the package that a file says it belongs to."""
    return next((value for key, value in state.facts(path).settings if key == "package"), "")
