"""What the kinds of reads share: what is known beforehand, how a read is weighed, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gate.languages.base.symbols import Dependency
    from gate.model.names import Read
    from gate.model.source import Definition, FileFacts
    from gate.names.meeting import Rest
    from gate.names.states import Work

Pair = tuple[str, str]
"""Writer and reader."""
What = Literal["text", "signature", "definition", "fields", "body", "value"]
WEIGHT: Mapping[What, int] = {"text": 0, "signature": 1, "definition": 2, "fields": 3, "body": 4, "value": 5}


@dataclass(frozen=True, slots=True)
class Met:
    """Who rests on whom, by (writer, reader)."""

    fresh: Mapping[Pair, Sequence[Rest]]
    """Uses that the target's version of a file lacks, of what the writer changes."""
    near: Mapping[Pair, Sequence[Rest]]
    """The same of uses that tests had before they changed."""
    indirect: Mapping[Pair, Sequence[Rest]]
    """Uses in tests of what the writer leaves as it is, but what calls something it changes."""
    calls: Mapping[str, Mapping[Dependency, str]]
    """Those callers of each writer, with what they call."""


@dataclass(frozen=True, slots=True)
class Found:
    """A read, the target's file that holds what is read, and its rank: the lower, the more it says."""

    read: Read
    path: str
    rank: tuple[int, ...]


def function(facts: FileFacts, line: int) -> Definition | None:
    """The function around a line, or the one whose decorators it stands in."""
    known = [one for one in facts.definitions if one.kind != "key"]
    around = [one for one in known if one.line <= line <= one.end_line]
    inner = min(around, key=lambda one: one.end_line - one.line, default=None)
    if inner is None or inner.kind == "class":
        inner = min((one for one in known if one.line > line), key=lambda one: one.line, default=None)
    return inner if inner is not None and inner.kind == "function" else None


def moved(work: Work, one: Definition | None) -> bool:
    """Whether a stream has only moved this function, which then expects what it expected before."""
    return one is not None and (one.name, one.digest) in work.gone


def named_after(test: str, name: str) -> bool:
    """Whether a test's own name holds that of what it tests."""
    bare = name.rpartition(".")[2].strip("_").lower().replace("_", "")
    return len(bare) > 3 and bare in test.lower().replace("_", "")


def about(facts: FileFacts, test: str, path: str, *, imports: bool = True) -> bool:
    """Whether a test file is one of what stands in another file: it is named after it, or (`imports`) imports it."""
    stem = path.rpartition("/")[2].partition(".")[0]
    if imports and any(stem in (one.name, one.module.rpartition(".")[2]) for one in facts.imports):
        return True
    return stem != "__init__" and stem in test.rpartition("/")[2].removeprefix("test_").partition(".")[
        0
    ].split("_")
