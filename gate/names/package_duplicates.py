"""Names that two streams define in different files of one package, where all files of a folder share their names."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from gate.languages import registry
from gate.model.names import DuplicateDefinition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gate.languages.state import State
    from gate.model.source import Definition, FileFacts
    from gate.names.states import Work

Key = tuple[str, str, str]


def near(works: Mapping[str, Work]) -> Iterator[tuple[str, str]]:
    """The pairs of streams that add one name to one folder, in different files."""
    found: dict[Key, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, work in works.items():
        for path, key in _added(work):
            found[key][name].add(path)
    for holders in found.values():
        for one, other in combinations(sorted(holders), 2):
            if len(holders[one] | holders[other]) > 1:
                yield one, other


def across(
    first: Work, second: Work, one: State, other: State, together: State
) -> Iterator[DuplicateDefinition]:
    """What the streams define twice in a package, where each alone defines it once."""
    theirs: dict[Key, list[str]] = defaultdict(list)
    for path, key in _added(second):
        theirs[key].append(path)
    for path, key in sorted(_added(first)):
        for there in sorted(theirs.get(key, ())):
            mine, yours = _only(together, path, key), _only(together, there, key)
            if (
                path == there
                or mine is None
                or yours is None
                or _package(together, path) != _package(together, there)
            ):
                continue
            if _only(one, there, key) is None and _only(other, path, key) is None:
                lines = (mine.line, yours.line)
                yield DuplicateDefinition(
                    first.name,
                    second.name,
                    path,
                    mine.scope,
                    mine.name,
                    _kind(mine),
                    lines,
                    fatal=True,
                    second_path=there,
                )


def _added(work: Work) -> Iterable[tuple[str, Key]]:
    for path, changed in work.changed.items():
        language = registry.language(path)
        if language is not None and language.shares_package and not language.is_conditional(path):
            folder = path.rpartition("/")[0]
            for name, one in changed.added.items():
                if one.kind not in ("attribute", "namespace") and name != "main" and not one.conditional:
                    yield path, (folder, name, one.overload)


def _only(state: State, path: str, key: Key) -> Definition | None:
    """The definition in a file that was read whole, built in every case."""
    facts: FileFacts = state.facts(path)
    found = [one for one in facts.definitions if (one.path, one.overload) == key[1:] and not one.conditional]
    return found[0] if facts.parse == "full" and found else None


def _kind(one: Definition) -> Literal["function", "class", "variable"]:
    return one.kind if one.kind in ("function", "variable") else "class"


def _package(state: State, path: str) -> str:
    return next((value for key, value in state.facts(path).settings if key == "package"), "")
