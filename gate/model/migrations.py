"""Database migrations: what one says, where it stands in its store, and what a stream does to it.

A *store* is what a migration tool keeps as one sequence: an Alembic environment, a Django app, a folder of Flyway
files. In a `graph` store migrations name their parents; in an `ordered` one the keys of their names sort them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import msgspec

Role = Literal["id", "parent", "soft", "label", "replaces", "run_before", "comment", "include"]
"""The part of a constant in a migration: `soft` parents come first without being parents (Alembic's `depends_on`), a
`comment` is a parent's id in prose, an `include` the path of another file.
"""


class Mark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One constant of a migration's text, and where it stands.

    `line` counts from 1. `start` and `end` are bytes of the blob, quotes included; -1 where they are not known, so
    that nothing may be replaced there. `app` is the label of a Django pair `(app, name)`, whose name the span covers.
    """

    role: Role
    text: str
    line: int
    start: int = -1
    end: int = -1
    app: str = ""


class MigrationPart(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One of several migrations that a file holds.

    `name` is what names it, within `file` (a path the text gives) or, where that is "", within its own path. `digest`
    is of its name and what it does, without layout and comments. `line` counts from 1. `may_change`: as in `Node`.
    """

    name: str
    digest: str
    line: int = 1
    file: str = ""
    may_change: bool = False


class Migration(msgspec.Struct, frozen=True, array_like=True):
    """The content of a migration's text by itself: kept by blob, whatever its path.

    `parse`: `full`; `partial`, when something in it is computed or only a header could be read: what it names exists,
    what it does not name may; `none`, when its place in the graph cannot be known. `why` has the reason for both.
    `parts` are the migrations of a file that may hold several.
    """

    parse: Literal["full", "partial", "none"]
    why: str = ""
    marks: tuple[Mark, ...] = ()
    line: int = 1
    parts: tuple[MigrationPart, ...] = ()

    def marks_of(self, role: Role) -> tuple[Mark, ...]:
        """Return the constants of one role, in the order of the text."""
        return tuple(mark for mark in self.marks if mark.role == role)


class File(NamedTuple):
    """A file that is a migration: its path, its blob, and what its text says."""

    path: str
    blob: str
    migration: Migration


class Key(NamedTuple):
    """The name of a migration: its store, and its revision id, name or version there."""

    store: str
    id: str


class Home(NamedTuple):
    """A folder that a project's configuration says holds migrations, with all below it where it is `recursive`.

    `store`: what the folders of one store have in common: the configuration that names them, or the app's label.
    """

    folder: str
    store: str
    recursive: bool = False

    def includes(self, folder: str) -> bool:
        """Return whether migrations in that folder are of this one."""
        return folder == self.folder or (self.recursive and folder.startswith(f"{self.folder}/"))


OrderKey = tuple[int | str, ...]
"""The sort key of a migration in an ordered store; of one shape within a store."""


@dataclass(frozen=True, slots=True)
class Node:
    """A migration in its store. Equal keys are one migration, wherever the file lies.

    `tool` is the name of its tool. `parents` have to exist and come first (of other stores too), `soft_parents` come
    first by `depends_on` and may name a label. `replaces` are what a squash stands for, `run_before` what it comes
    before. `sure`: nothing about its place is guessed; else `why` says what is. `labels` name branches of a graph, or
    what else has to be unique in an ordered store. `digest` is of its own text where a file holds several, else "".
    `may_change`: its text may change once it has been applied.
    """

    tool: str
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
    may_change: bool = False
    marks: tuple[Mark, ...] = field(default=(), compare=False)

    @property
    def content(self) -> str:
        """A digest that is equal in two migrations that say the same."""
        return self.digest or self.blob

    @property
    def id(self) -> str:
        """The revision id, name or version."""
        return self.key.id

    @property
    def own_parents(self) -> tuple[Key, ...]:
        """The parents in its own store: those that make heads."""
        return tuple(key for key in self.parents if key.store == self.key.store)

    def mark(self, role: Role, text: str = "") -> Mark | None:
        """Return its first constant of a role, and of that text if one is given."""
        return next((mark for mark in self.marks if mark.role == role and text in ("", mark.text)), None)

    def line_of(self, role: Role = "parent", text: str = "") -> int:
        """Return the line of the constant that `mark` finds; else that of its id, or where it starts."""
        mark = self.mark(role, text) or self.mark("id")
        return mark.line if mark else self.line

    def place(self, role: Role = "parent", text: str = "") -> str:
        """Return its path with that line, as people write it."""
        return f"{self.path}:{self.line_of(role, text)}"


Late = Literal["", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Store:
    """Where migrations live together. `name` is the root folder, or the app's label; `folders` hold its files.

    `tool` is the name of its tool. `late`: what becomes, in an ordered store, of a key below one that was applied
    already: "error" when the tool never runs it (a high-water mark, or a refusal), "warning" when it runs out of order,
    "" when nobody minds. `checked`: the tool refuses a database whose applied migrations have other contents. `unread`
    are files of the target that are migrations and whose place cannot be known.
    """

    tool: str
    name: str
    folders: tuple[str, ...]
    model: Literal["graph", "ordered"] = "graph"
    late: Late = ""
    checked: bool = False
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delta:
    """The changes of one stream to migrations where it lands alone.

    `added` are new migrations, and those of the target whose place in the graph it changes; `removed` those it removes.
    `repeated` are pairs of its files that say they are the same migration. `edited` are the target's that have another
    text.
    """

    stream: str
    added: tuple[Node, ...] = ()
    removed: tuple[Node, ...] = ()
    repeated: tuple[tuple[Node, Node], ...] = ()
    edited: tuple[Node, ...] = ()
