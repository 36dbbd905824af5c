"""Database migrations: what one says, where it stands in its store, and how streams' migrations collide.

A *store* is what a migration tool keeps as one sequence: an Alembic environment, a Django app, a folder of Flyway
files. In a `graph` store migrations name their parents; in an `ordered` one the keys of their names sort them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

if TYPE_CHECKING:
    from gate.model.operations import Clash, ModelChange
    from gate.model.repairs import Patch

Role = Literal["id", "parent", "soft", "label", "replaces", "run_before", "comment", "include"]


class Mark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One constant of a migration's text, and where it stands.

    `line` counts from 1. `start` and `end` are bytes of the blob, quotes included; -1 where they are not known, so
    that nothing may be replaced there. `app` is the label of a Django pair `(app, name)`, whose name the span covers.
    A `comment` is a parent's id in prose (`Revises: ...`).
    """

    role: Role
    text: str
    line: int
    start: int = -1
    end: int = -1
    app: str = ""


class Part(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One of several migrations that a file holds.

    `name` is what names it, within `file` (a path the text gives) or, where that is "", within its own path. `digest`
    is of its name and what it does, without layout and comments. `line` counts from 1. `free`: as in `Node`.
    """

    name: str
    digest: str
    line: int = 1
    file: str = ""
    free: bool = False


class Migration(msgspec.Struct, frozen=True, array_like=True):
    """What one migration's text says by itself: kept by blob, whatever its path.

    `parse`: `full`; `partial`, when something in it is computed or only a header could be read: what it names is there,
    what it does not name may be; `none`, when its place in the graph cannot be told. `why` has the reason for both.
    `parts` are the migrations of a file that may hold several.
    """

    parse: Literal["full", "partial", "none"]
    why: str = ""
    marks: tuple[Mark, ...] = ()
    line: int = 1
    parts: tuple[Part, ...] = ()

    def of(self, role: Role) -> tuple[Mark, ...]:
        """Its constants of one role, in the order of the text."""
        return tuple(mark for mark in self.marks if mark.role == role)


class File(NamedTuple):
    """A file that is a migration: its path, its blob, and what its text says."""

    path: str
    blob: str
    says: Migration


class Key(NamedTuple):
    """What names a migration: its store, and its revision id, name or version there."""

    store: str
    id: str


class Home(NamedTuple):
    """A folder that a project's configuration says holds migrations, with all below it where it is `recursive`.

    `store`: what the folders of one store have in common: the configuration that names them, or the app's label.
    """

    folder: str
    store: str
    recursive: bool = False

    def holds(self, folder: str) -> bool:
        """Whether migrations in that folder are of this one."""
        return folder == self.folder or (self.recursive and folder.startswith(f"{self.folder}/"))


OrderKey = tuple[int | str, ...]
"""What sorts the migrations of an ordered store; of one shape within a store."""


@dataclass(frozen=True, slots=True)
class Node:
    """A migration in its store. Equal keys are one migration, wherever the file lies.

    `parents` have to be there and come first (of other stores too), `soft_parents` come first by `depends_on` and may
    name a label. `replaces` are what a squash stands for, `run_before` what it comes before. `sure`: nothing about its
    place is guessed; else `why` says what is. `labels` name branches of a graph; in an ordered store, what else has to
    be unique. `digest` is of its own text where a file holds several, else "". `free`: its text may change once it has
    been applied.
    """

    system: str
    key: Key
    path: str
    blob: str
    parents: tuple[Key, ...] = ()
    soft_parents: tuple[Key, ...] = ()
    labels: tuple[str, ...] = ()
    replaces: tuple[Key, ...] = ()
    run_before: tuple[Key, ...] = ()
    order_key: OrderKey = ()
    sure: bool = True
    why: str = ""
    line: int = 1
    digest: str = ""
    free: bool = False
    marks: tuple[Mark, ...] = field(default=(), compare=False)

    @property
    def content(self) -> str:
        """What is equal where two say the same."""
        return self.digest or self.blob

    @property
    def id(self) -> str:
        """Its revision id, name or version."""
        return self.key.id

    @property
    def own_parents(self) -> tuple[Key, ...]:
        """The parents in its own store: those that make heads."""
        return tuple(key for key in self.parents if key.store == self.key.store)

    @property
    def database(self) -> tuple[str, str]:
        """What tells its database from others: all apps of Django share one, every other store has its own."""
        return (self.system, "" if self.system == "django" else self.key.store)

    def mark(self, role: Role, text: str = "") -> Mark | None:
        """Its first constant of that role, and of that text if one is given."""
        return next((one for one in self.marks if one.role == role and text in ("", one.text)), None)


Late = Literal["", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Store:
    """Where migrations live together. `name` is the root folder, or the app's label; `folders` hold its files.

    `late`: what becomes, in an ordered store, of a key below one that was applied already: "error" when the tool never
    runs it (a high-water mark, or a refusal), "warning" when it runs out of order, "" when nobody minds. `checked`: the
    tool refuses a database whose applied migrations have other contents. `unread` are files of the target that are
    migrations and whose place nobody can tell.
    """

    system: str
    name: str
    folders: tuple[str, ...]
    model: Literal["graph", "ordered"] = "graph"
    late: Late = ""
    checked: bool = False
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """What one stream puts on a fork point, the oldest first: the last is its head. `text`: the first one's header."""

    stream: str
    nodes: tuple[Node, ...]
    text: str = ""

    @property
    def root(self) -> Node:
        """The migration that would have to be re-parented."""
        return self.nodes[0]

    @property
    def head(self) -> Node:
        """The migration that others would have to follow."""
        return self.nodes[-1]


State = Literal["", "stands", "partly"]
"""In which databases something fails: in all; only where squashes stand, all of what they replace or none of it having
been applied (a new one, those of tests); only where a part of that has been applied, and a squash does not count.
"""


@dataclass(frozen=True, slots=True)
class Fork:
    """Several heads where the target has one. `point` is the migration all chains start from, None for a new base.

    `kind`: `heads`; `merges`, when both merge the same heads; `squash`, when both replace the same migrations; `base`,
    when a chain starts from nothing; `moved`, when a stream puts what the target has on another parent, and `heads` are
    all that are there then. One chain or more of one stream with the target's own `heads` are that stream's
    own fork; else no stream has it alone, and `apart` are the pairs that cannot both land as they are. `patches` are
    what makes them follow one another in the order of the chains. `state`: where squashes decide whether it fails.
    """

    store: Store
    kind: Literal["heads", "merges", "squash", "base", "moved"]
    point: Node | None
    chains: tuple[Chain, ...]
    apart: tuple[tuple[str, str], ...] = ()
    heads: tuple[Node, ...] = ()
    sure: bool = True
    patches: tuple[Patch, ...] = ()
    state: State = ""

    @property
    def streams(self) -> tuple[str, ...]:
        """The streams it concerns, sorted."""
        apart = (name for pair in self.apart for name in pair)
        return tuple(sorted({*(chain.stream for chain in self.chains), *apart}))


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two streams' migrations (or two of one stream's, or one and the target's, `second` "") share what names one.

    `kind`: `id`, the revision; `file`, the path; `number`, the leading number alone; `label`, a branch label; `key`,
    the version of an ordered store, `name` what has to be unique there besides. `value` is what they share; `same`:
    their contents are equal. `patches` give other versions to what has one that is taken, in the order of the names.
    """

    store: Store
    kind: Literal["id", "file", "number", "label", "key", "name"]
    value: str
    first: str
    second: str
    nodes: tuple[Node, Node]
    same: bool = False
    patches: tuple[Patch, ...] = ()


@dataclass(frozen=True, slots=True)
class LostParent:
    """A migration of `consumer` needs `parent`, which is not there.

    `producer` removes or renames it (it `became` another), or, of kind `order`, is the one that brings it; "" when the
    stream lacks it alone. Not `sure` where a file nobody can place may be it. `state`: where squashes decide.
    """

    store: Store
    kind: Literal["missing", "order"]
    consumer: str
    producer: str
    node: Node
    parent: Key
    became: Key | None = None
    sure: bool = True
    state: State = ""


@dataclass(frozen=True, slots=True)
class Cycle:
    """Migrations that wait for one another. `nodes` in that order; a single one waits for itself.

    `state`: where squashes decide.
    """

    store: Store
    streams: tuple[str, ...]
    nodes: tuple[Node, ...]
    state: State = ""


@dataclass(frozen=True, slots=True)
class SquashChild:
    """`squasher` replaces the parent of a migration `other` adds, which then silently runs after the squash."""

    store: Store
    squasher: str
    other: str
    squash: Node
    child: Node


@dataclass(frozen=True, slots=True)
class LateKey:
    """A key of `stream` below `applied`: one of the target (`other` ""), or of the stream that should land later.

    `patches` raise it where its tool would never run it.
    """

    store: Store
    stream: str
    other: str
    node: Node
    applied: Node
    patches: tuple[Patch, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """`stream` changes the text of a migration that the target has, in a store whose tool compares checksums."""

    store: Store
    stream: str
    node: Node


@dataclass(frozen=True, slots=True)
class Delta:
    """What one stream does to migrations where it lands alone.

    `added` are new migrations, and known ones whose place in the graph it changes; `gone` those it removes. `twice` are
    pairs of its files that say they are the same migration. `edited` are the target's that have another text.
    """

    stream: str
    added: tuple[Node, ...] = ()
    gone: tuple[Node, ...] = ()
    twice: tuple[tuple[Node, Node], ...] = ()
    edited: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class MigrationFacts:
    """All of it, each sorted. `nodes` are the target's in the stores that streams touch."""

    stores: tuple[Store, ...] = ()
    nodes: tuple[Node, ...] = ()
    deltas: tuple[Delta, ...] = ()
    forks: tuple[Fork, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    lost: tuple[LostParent, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    squashes: tuple[SquashChild, ...] = ()
    late: tuple[LateKey, ...] = ()
    edited: tuple[Edited, ...] = ()
    clashes: tuple[Clash, ...] = ()
    models: tuple[ModelChange, ...] = ()


NO_MIGRATIONS = MigrationFacts()
