"""Operations of migrations on tables, and which operations of two streams do not go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

if TYPE_CHECKING:
    from gate.model.migrations import Node

Verb = Literal[
    "create table",
    "drop table",
    "rename table",
    "add column",
    "drop column",
    "rename column",
    "alter column",
    "add index",
    "drop index",
    "add constraint",
    "drop constraint",
    "set option",
    "change data",
    "opaque",
]
Effect = Literal["uses", "writes", "inserts"]


class Operation(msgspec.Struct, frozen=True, array_like=True):
    """One operation of a migration, in lower-case names. Django's tables are models: `app.model`, `.model` of its app.

    `name` is the column, index, constraint or option, `to` its name after a rename, `columns` those an index or a
    constraint covers, or an insert expects to be unique, `references` the tables foreign keys lead to. `digest` is the
    definition without positions, in parts `key=value` that are compared one by one. `tables` and `words` are what data
    operations and opaque ones mention; with `anywhere` they may touch other tables too. `effect` is what happens to
    data. `required`: a column without a default that must not be empty. `sure`: it is done whatever the database holds;
    `guarded`: it is not done where it was done already. `why` is what makes it opaque.
    """

    verb: Verb
    table: str = ""
    name: str = ""
    to: str = ""
    columns: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    digest: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    effect: Effect = "uses"
    unique: bool = False
    required: bool = False
    anywhere: bool = False
    sure: bool = True
    guarded: bool = False
    why: str = ""
    line: int = 1
    text: str = ""


def unread(why: str, line: int = 1) -> Operation:
    """Return an operation for a whole text of which nothing is known."""
    return Operation("opaque", anywhere=True, why=why, line=line)


class Step(NamedTuple):
    """An operation of a migration that a stream adds."""

    stream: str
    node: Node
    operation: Operation


Weight = Literal["hard", "order", "warn", "same", "unknown"]
"""How a clash ends: `hard` fails or undoes one side; `order` lets the later one win silently; `warn` may hit data;
`same` does one thing twice; the end of `unknown` is not known."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two streams' operations under one rule of the reference (`M-OP-01` to `M-OP-12`), in the order it names them.

    `table` is the one both touch, `name` the column, index or constraint on it, "" for the whole table.
    """

    rule: str
    weight: Weight
    first: Step
    second: Step
    table: str
    name: str = ""


class Field(msgspec.Struct, frozen=True, array_like=True):
    """A name that a class binds, and, where it surely `is_column`, what of its definition the database sees.

    Digests of two styles cannot be compared: a column with an annotation says the same in other words.
    """

    name: str
    line: int
    digest: str
    style: str = ""
    is_column: bool = True


class Model(msgspec.Struct, frozen=True, array_like=True):
    """A class that stands for a table; `quiet` ones need no migration. `tool` names the one that migrates it."""

    tool: str
    name: str
    line: int
    bases: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class ModelChange:
    """Columns that a stream changes in a model, without a migration. `changes` are pairs (what, column)."""

    stream: str
    tool: str
    store: str
    model: str
    path: str
    line: int
    changes: tuple[tuple[Literal["adds", "removes", "changes"], str], ...]
