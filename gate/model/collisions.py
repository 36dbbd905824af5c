"""How migrations of streams collide: the facts that the checks of migrations put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gate.model.migrations import Delta, Key, Node, Store
    from gate.model.operations import Clash, ModelChange
    from gate.model.repairs import Patch


@dataclass(frozen=True, slots=True)
class Chain:
    """The migrations that one stream puts on a fork point, the oldest first. `text`: the header of the first."""

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
    all that exist then. One chain or more of one stream with the target's own `heads` are that stream's own fork; else
    no stream has it alone, and `apart` are the pairs that cannot both land as they are. `patches` make them follow one
    another in the order of the chains. `state`: where squashes decide whether it fails.
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
class DuplicateMigration:
    """Two streams' migrations (or two of one stream's, or one and the target's, `second` "") share what names one.

    `kind`: `id`, the revision; `file`, the path; `number`, the leading number alone; `label`, a branch label; `key`,
    the version of an ordered store, `name` what else has to be unique in it. `value` is what they share; `same`: their
    contents are equal. `patches` give other versions to those whose version is taken, in the order of the names.
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
class MissingParent:
    """A migration of `consumer` needs `parent`, which does not exist.

    `producer` removes or renames it (its `successor` has its place), or, of kind `order`, is the stream that brings it;
    "" when the consumer lacks it alone. Not `sure` where a file whose place is unknown may be it. `state`: where
    squashes decide.
    """

    store: Store
    kind: Literal["missing", "order"]
    consumer: str
    producer: str
    node: Node
    parent: Key
    successor: Key | None = None
    sure: bool = True
    state: State = ""


@dataclass(frozen=True, slots=True)
class MigrationCycle:
    """Migrations that wait for one another. `nodes` in that order; a single one waits for itself.

    `state`: where squashes decide.
    """

    store: Store
    streams: tuple[str, ...]
    nodes: tuple[Node, ...]
    state: State = ""


@dataclass(frozen=True, slots=True)
class SquashFollower:
    """`squasher` replaces the parent of a migration `follower` adds, which then silently runs after the squash."""

    store: Store
    squasher: str
    follower: str
    squash: Node
    child: Node


@dataclass(frozen=True, slots=True)
class LateVersion:
    """A version of `stream` below `applied`, which the target has or a stream that should land later.

    `applied_by` is that stream, "" for the target. `patches` raise the version where its tool would never run it.
    """

    store: Store
    stream: str
    applied_by: str
    node: Node
    applied: Node
    patches: tuple[Patch, ...] = ()


@dataclass(frozen=True, slots=True)
class EditedMigration:
    """`stream` changes the text of a migration that the target has, in a store whose tool compares checksums."""

    store: Store
    stream: str
    node: Node


@dataclass(frozen=True, slots=True)
class MigrationFacts:
    """All collisions of migrations, each kind sorted. `nodes` are the target's in the stores that streams touch."""

    stores: tuple[Store, ...] = ()
    nodes: tuple[Node, ...] = ()
    deltas: tuple[Delta, ...] = ()
    forks: tuple[Fork, ...] = ()
    duplicates: tuple[DuplicateMigration, ...] = ()
    missing_parents: tuple[MissingParent, ...] = ()
    cycles: tuple[MigrationCycle, ...] = ()
    squashes: tuple[SquashFollower, ...] = ()
    late: tuple[LateVersion, ...] = ()
    edited: tuple[EditedMigration, ...] = ()
    clashes: tuple[Clash, ...] = ()
    models: tuple[ModelChange, ...] = ()


NO_MIGRATIONS = MigrationFacts()
