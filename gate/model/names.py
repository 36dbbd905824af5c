"""What streams do to one another's names: each value is one collision, found by difference between states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a stream's landed file; `line` None for the whole file."""

    path: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A use that works where its stream lands alone, and fails once the other one has landed too.

    `name` is the use as it is read; `lost` the name that is gone or changed; `became` what the producer calls it now,
    by `how` (`renamed` or `moved`), "" when it is simply gone.
    """

    kind: Literal["module", "name", "undefined", "member", "fixture", "patch", "call"]
    producer: str
    consumer: str
    name: str
    lost: str
    used: Place
    changed: Place
    became: str = ""
    how: Literal["", "renamed", "moved"] = ""
    why: str = ""
    """Of a call: what does not fit, in words that follow the callee's name."""
    guard: Literal["", "guarded", "typing"] = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Double:
    """Two streams define one name in one scope of a file; of the two, the one further down silently wins."""

    first: str
    second: str
    path: str
    scope: str
    name: str
    kind: Literal["function", "class", "variable", "key", "import", "fixture", "test"]
    lines: tuple[int | None, int | None]
    """Where each stream has its own."""
    registered: bool = False
    """A decorator may have put each of them to use, whatever the name means later."""
    compiled: bool = False
    """The compiler refuses it, rather than the last one winning."""
    other_path: str = ""
    """The second stream's file, when it is another one of the same package."""


@dataclass(frozen=True, slots=True)
class BrokenText:
    """A file both streams change merges cleanly as text, and the result cannot be read any more."""

    first: str
    second: str
    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Read:
    """One definition that `writer` changes and `reader` starts to use."""

    name: str
    written: Place
    read: Place
    what: Literal["signature", "body"]


@dataclass(frozen=True, slots=True)
class WriteRead:
    """What one stream starts to use of what another changes, the most specific first."""

    writer: str
    reader: str
    reads: tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class NameFacts:
    """All of it, each sorted."""

    broken: tuple[Broken, ...] = ()
    doubles: tuple[Double, ...] = ()
    texts: tuple[BrokenText, ...] = ()
    reads: tuple[WriteRead, ...] = ()


NO_NAMES = NameFacts()
