"""What a repair starts from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gate.migrations.graph.target_graph import Nodes
    from gate.migrations.repair.folder_sums import SummedFolder
    from gate.model.migrations import Delta, Node, Store


@dataclass(frozen=True, slots=True)
class RepairOptions:
    """The user's choices for a repair. `keep_names`: only names that are taken change.

    A version of an ordered store that is merely late, and that its tool runs, is raised only where `out_of_order`.
    """

    keep_names: bool = False
    out_of_order: bool = True


@dataclass(frozen=True, slots=True)
class Situation:
    """A stream whose migrations have to follow those of the target and of the streams that land `before` it.

    `target` are the target's migrations, `contents` the stream's files as they are at its tip, by path: its migrations,
    what else it changes, and head files. `published` are paths of its migrations that others may have run already:
    those are merged, never re-parented. `new` are paths of `contents` that the target lacks, `summed` the folders
    with a sum that the stream adds to.
    """

    stores: Sequence[Store]
    target: Sequence[Node]
    before: Sequence[Delta]
    delta: Delta
    contents: Mapping[str, bytes]
    published: Collection[str] = ()
    new: Collection[str] = ()
    summed: Sequence[SummedFolder] = ()
    options: RepairOptions = field(default_factory=RepairOptions)

    @property
    def added(self) -> tuple[Node, ...]:
        """The migrations that the stream adds."""
        return self.delta.added

    def store_of(self, node: Node) -> Store:
        """Return the store of a migration."""
        return next(store for store in self.stores if (store.name, store.tool) == (node.key.store, node.tool))

    def landed(self) -> Nodes:
        """Return the target's migrations once the streams before have landed, by key."""
        nodes = {node.key: node for node in self.target}
        for delta in self.before:
            for node in delta.removed:
                nodes.pop(node.key, None)
            nodes |= {node.key: node for node in delta.added}
        return nodes
