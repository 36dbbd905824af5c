"""What the kinds of reads share: how a read is ranked, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages import registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.model.names import Aspect, Read
    from gate.model.source import Definition, FileFacts
    from gate.names.stream_changes import StreamChanges

Pair = tuple[str, str]
"""Writer and reader."""
WEIGHT: Mapping[Aspect, int] = {
    "text": 0,
    "signature": 1,
    "definition": 2,
    "fields": 3,
    "body": 4,
    "value": 5,
}
"""The rank of what changes: the lower, the more it says."""
_SHORTEST_NAME = 4
"""Characters from which a test can be named after a definition."""


@dataclass(frozen=True, slots=True)
class RankedRead:
    """A read, the base's file that holds the definition, and the read's rank: the lower, the more it says."""

    read: Read
    path: str
    rank: tuple[int, ...]


def function_at(facts: FileFacts, line: int) -> Definition | None:
    """Return the function around a line, or the one whose decorators the line is of."""
    definitions = [definition for definition in facts.definitions if definition.kind != "key"]
    around = [definition for definition in definitions if definition.line <= line <= definition.end_line]
    inner = min(around, key=lambda definition: definition.end_line - definition.line, default=None)
    if inner is None or inner.kind == "class":
        below = (definition for definition in definitions if definition.line > line)
        inner = min(below, key=lambda definition: definition.line, default=None)
    return inner if inner is not None and inner.kind == "function" else None


def is_moved(changes: StreamChanges, function: Definition | None) -> bool:
    """Return whether a side only moved this function, which then expects what it expected before."""
    return function is not None and (function.name, function.digest) in changes.removed_functions


def is_named_after(test: str, name: str) -> bool:
    """Return whether a test's own name holds that of the definition it tests."""
    bare = name.rpartition(".")[2].strip("_").lower().replace("_", "")
    return len(bare) >= _SHORTEST_NAME and bare in test.lower().replace("_", "")


def is_about(facts: FileFacts, test: str, path: str, *, imports: bool = True) -> bool:
    """Return whether a test file is about another file: it is named after it, or (`imports`) imports it."""
    stem = path.rpartition("/")[2].partition(".")[0]
    modules = ((statement.name, statement.module.rpartition(".")[2]) for statement in facts.imports)
    if imports and any(stem in names for names in modules):
        return True
    words = test.rpartition("/")[2].removeprefix("test_").partition(".")[0].split("_")
    return stem not in registry.package_stems() and stem in words
