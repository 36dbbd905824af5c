"""What two sides do to one another's names: each value is one collision, the difference between states.

A side is a stream or the target; sides are given by name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.model.git import TargetCommit

NameChange = Literal["", "renamed", "moved", "shadowed"]
"""What happened to a name: it is "" where it is simply removed."""
Guard = Literal["", "guarded", "typing"]
"""What keeps a failing use from failing the program: an `except` or a test for it; that only type checkers read it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a side's landed file; `line` is None for the whole file."""

    path: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class BrokenUse:
    """A use that works where its own side (the consumer) lands alone, and fails once the producer has landed too.

    A module is `shadowed` by a new one of its name. A module that is `moved` stays where it is: the importing file
    moves, and must import it by another specifier.
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
    """The use as it is written."""
    changed_name: str
    """The name that the producer removes or changes."""
    use_place: Place
    change_place: Place
    successor: str = ""
    """What the producer calls it now, where it is `renamed` or `moved`; "" where it is simply removed."""
    change: NameChange = ""
    why: str = ""
    """What does not fit, in words that follow the name of the callee, the class or the override."""
    guard: Guard = ""
    sure: bool = True
    origin: str = ""
    """The specifier a JavaScript name is imported by."""
    old_place: Place | None = None
    """Where the common base has the definition that the producer changes or removes."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What one stream of a set does to a use that the set breaks: the name it removes or changes, and where.

    The fields are those of `BrokenUse`; `changed_name` is "" where no name stands for its part.
    """

    branch: str
    place: Place
    changed_name: str = ""
    successor: str = ""
    change: NameChange = ""


@dataclass(frozen=True, slots=True)
class SetBrokenUse:
    """A use that three or more streams break and no fewer of them do.

    `branches` are in the order of the plan, so the last one brings the break. The `use` is broken by all but its
    consumer together; `causes` has what each of them does once the rest of the set has landed.
    """

    branches: tuple[str, ...]
    use: BrokenUse
    causes: tuple[Cause, ...]

    @property
    def sure(self) -> bool:
        """Whether the use surely fails, and is not expected to."""
        return self.use.sure and not self.use.guard


DuplicateKind = Literal[
    "function", "class", "variable", "method", "key", "value", "import", "fixture", "test", "member", "field",
    "constant", "export", "type",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DuplicateDefinition:
    """Two sides define one name in one scope of a file; the definition further down silently wins."""

    first: str
    second: str
    path: str
    scope: str
    name: str
    kind: DuplicateKind
    lines: tuple[int | None, int | None]
    """Where each side has its definition."""
    registered: bool = False
    """A decorator may have put both definitions to use, whatever the name means later."""
    alike: bool = False
    """Both definitions are the same, so that it does not matter which one wins."""
    fatal: bool = False
    """The file does not load or compile any more, whichever is meant."""
    legal: bool = False
    """The language lets the last one win, and both may be meant so."""
    second_path: str = ""
    """The second side's file, where it is another one of the same package."""


@dataclass(frozen=True, slots=True)
class BrokenText:
    """A file that both sides change merges cleanly as text, and the result cannot be read, or repeats a key."""

    first: str
    second: str
    path: str
    why: str
    key: str = ""
    """The dotted path of the key a mapping has twice; "" where the file cannot be read at all."""
    lines: tuple[int | None, int | None] = (None, None)
    """Where each side has the key."""


Aspect = Literal["text", "signature", "definition", "fields", "body", "value"]
"""What of a definition changes."""


@dataclass(frozen=True, slots=True)
class Read:
    """One definition that `writer` changes and `reader` starts to use, or has a test expect the old `text` of."""

    name: str
    definition_place: Place
    use_place: Place
    aspect: Aspect
    inside: str = ""
    """The test or function of the reader that uses it, as a dotted path; "" where it stands in none."""
    test: bool = False
    """Whether the reader's file is a test."""
    text: str = ""
    through: str = ""
    """The definition that the reader really uses, where that one calls the changed one."""
    specific: bool = True
    """Whether the read says which of the two should land first."""


@dataclass(frozen=True, slots=True)
class WriteRead:
    """What one side starts to use of what another changes, the most specific first."""

    writer: str
    reader: str
    reads: tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An import of a cycle: `importer` needs `imported` as it loads. `stream` adds it, "" where no side does."""

    importer: str
    imported: str
    stream: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cycle:
    """Modules that import one another once two sides have landed, and do not load any more.

    `links` go round: each starts at the module the previous one leads to. `entries` are the modules that fail when
    they are the first of these to be imported; `text` is the line or name that fails in the file `path`, as `module`
    has not bound `name` by then.
    """

    first: str
    second: str
    links: tuple[Link, ...]
    entries: tuple[str, ...]
    text: str
    path: str
    module: str
    name: str

    @property
    def sure(self) -> bool:
        """Whether it fails whichever of the modules is imported first."""
        return len(self.entries) == len(self.links)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A few lines around a place, as the file has them; `line` is the first one's number, None for a removed file."""

    line: int | None
    text: str


Collision = BrokenUse | DuplicateDefinition | BrokenText | Cycle
"""What two sides break; reads are none."""
SidePlace = tuple[str, Place]
"""A side by name, "" for the common base, and a place in its version of a file."""


@dataclass(frozen=True, slots=True)
class NameFacts:
    """All collisions of names, sorted.

    `excerpts` has the lines at the places that the others name, where there are any to show.
    """

    broken_uses: tuple[BrokenUse, ...] = ()
    duplicates: tuple[DuplicateDefinition, ...] = ()
    broken_texts: tuple[BrokenText, ...] = ()
    reads: tuple[WriteRead, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    excerpts: Mapping[SidePlace, Excerpt] = field(default_factory=dict)
    target: str = ""
    """The name of the side that is the target since the streams' merge base; "" where all sides are streams."""
    commits: Mapping[Collision, TargetCommit] = field(default_factory=dict)
    """The commits on the target that collisions come from, where they are known."""


NO_NAMES = NameFacts()
