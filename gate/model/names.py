"""What streams do to one another's names: each value is one collision, found by difference between states."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a stream's landed file; `line` None for the whole file."""

    path: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A use that works where its stream lands alone, and fails once the other one has landed too.

    `name` is the use as it is read; `lost` the name that is gone or changed; `became` what the producer calls it now,
    by `how` (`renamed` or `moved`), "" when it is simply gone. A module is `shadowed` by a new one of its name. A
    module that is `moved` stays; it is the importing file that moves, and must import it by another specifier.
    """

    kind: Literal[
        "module",
        "name",
        "undefined",
        "member",
        "fixture",
        "patch",
        "string",
        "call",
        "unimplemented",
        "override",
    ]
    producer: str
    consumer: str
    name: str
    lost: str
    used: Place
    changed: Place
    became: str = ""
    how: Literal["", "renamed", "moved", "shadowed"] = ""
    why: str = ""
    """What does not fit, in words that follow the name of the callee, the class or the override."""
    guard: Literal["", "guarded", "typing"] = ""
    sure: bool = True
    origin: str = ""
    """The specifier a JavaScript name is imported by."""
    before: Place | None = None
    """Where the target has the definition that the producer changes or removes."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What one stream of a set does to a use that the set breaks: the name it takes away or changes, and where.

    `became` and `how` are as in `Broken`; `lost` is "" where its part cannot be told by a name.
    """

    branch: str
    place: Place
    lost: str = ""
    became: str = ""
    how: Literal["", "renamed", "moved", "shadowed"] = ""


@dataclass(frozen=True, slots=True)
class SetBroken:
    """A use that three or more streams break and no fewer of them do.

    `branches` are in the order of the plan, so the last one met the break. The `use` is broken by all but its consumer
    together; `causes` say of each of them what it does once the rest of the set has landed.
    """

    branches: tuple[str, ...]
    use: Broken
    causes: tuple[Cause, ...]

    @property
    def sure(self) -> bool:
        """Whether it surely fails, and is not expected to."""
        return self.use.sure and not self.use.guard


DoubleKind = Literal[
    "function", "class", "variable", "method", "key", "value", "import", "fixture", "test", "member", "field",
    "constant", "export", "type",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Double:
    """Two streams define one name in one scope of a file; of the two, the one further down silently wins."""

    first: str
    second: str
    path: str
    scope: str
    name: str
    kind: DoubleKind
    lines: tuple[int | None, int | None]
    """Where each stream has its own."""
    registered: bool = False
    """A decorator may have put each of them to use, whatever the name means later."""
    alike: bool = False
    """Both say the same, so that it does not matter which one wins."""
    fatal: bool = False
    """The file does not load or compile any more, whichever is meant."""
    legal: bool = False
    """The language lets the last one win, and both may be meant so."""
    other_path: str = ""
    """The second stream's file, when it is another one of the same package."""


@dataclass(frozen=True, slots=True)
class BrokenText:
    """A file both streams change merges cleanly as text, and the result cannot be read any more, or repeats a key."""

    first: str
    second: str
    path: str
    why: str
    key: str = ""
    """The dotted path of the key a mapping has twice; "" where the file cannot be read at all."""
    lines: tuple[int | None, int | None] = (None, None)
    """Where each stream has it."""


@dataclass(frozen=True, slots=True)
class Read:
    """One definition that `writer` changes and `reader` starts to use, or has a test expect the old `text` of."""

    name: str
    written: Place
    read: Place
    what: Literal["text", "signature", "definition", "fields", "body", "value"]
    by: str = ""
    """The test or function of the reader that uses it, as a dotted path; "" where it stands in none."""
    test: bool = False
    """The reader is a test."""
    text: str = ""
    through: str = ""
    """What it really uses, where that in turn calls the definition."""
    specific: bool = True
    """It says which of the two should land first."""


@dataclass(frozen=True, slots=True)
class WriteRead:
    """What one stream starts to use of what another changes, the most specific first."""

    writer: str
    reader: str
    reads: tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An import of a cycle: `importer` needs `imported` as it loads. `stream` added it, "" where none did."""

    importer: str
    imported: str
    stream: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cycle:
    """Modules that import one another once two streams have landed, and do not load any more.

    `links` go round, each from where the last one led. `entries` are the modules that fail when they are the first of
    these to be imported; `text` is the line or name that fails in `where`, as `module` has not bound `name` by then.
    """

    first: str
    second: str
    links: tuple[Link, ...]
    entries: tuple[str, ...]
    text: str
    where: str
    module: str
    name: str

    @property
    def sure(self) -> bool:
        """Whichever of them is imported first, it fails."""
        return len(self.entries) == len(self.links)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A few lines around a place, as they are there; `line` is the number of the first, None where they are gone."""

    line: int | None
    text: str


Aside = tuple[str, Place]
"""A stream by name, "" for the target, and a place in its version of a file."""


@dataclass(frozen=True, slots=True)
class NameFacts:
    """All of it, each sorted. `excerpts` has the lines at the places the others name, where there are any to show."""

    broken: tuple[Broken, ...] = ()
    doubles: tuple[Double, ...] = ()
    texts: tuple[BrokenText, ...] = ()
    reads: tuple[WriteRead, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    excerpts: Mapping[Aside, Excerpt] = field(default_factory=dict)


NO_NAMES = NameFacts()
