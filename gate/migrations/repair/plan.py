"""Which migrations get which parents and names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gate.migrations.graph.target_graph import TargetGraph
from gate.migrations.repair.linked_group import LinkedGroup, linked_groups
from gate.migrations.repair.renumber import Renumbering, renumbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gate.migrations.graph.target_graph import Nodes
    from gate.migrations.repair.linked_group import Changes
    from gate.migrations.repair.situation import Situation
    from gate.model.migrations import Key, Node, Store


@dataclass(slots=True)
class RepairPlan:
    """The changes of a repair. Keys are those of the stream's tip.

    `parents` are new parents by migration and old parent, `names` new keys, `dropped` are migrations that are removed,
    each with the one that takes its place. `merges` are pairs of heads of a store that need a migration that merges
    them: the one that landed, and the stream's. `versions` are those of renamed migrations of ordered stores, as they
    are written.
    """

    parents: dict[Key, dict[Key, Key]] = field(default_factory=dict)
    names: dict[Key, Key] = field(default_factory=dict)
    dropped: dict[Key, Key] = field(default_factory=dict)
    merges: list[tuple[Store, Key, Key]] = field(default_factory=list)
    versions: dict[Key, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.parents or self.names or self.dropped or self.merges)

    def add(self, store: Store, changes: Changes) -> None:
        """Add what changes in a group of linked migrations of a store."""
        self.parents |= changes.parents
        self.names |= changes.names
        self.dropped |= changes.dropped
        self.merges += ((store, *heads) for heads in changes.merges)

    @property
    def steps(self) -> tuple[str, ...]:
        """The changes in words."""
        return tuple(self._steps())

    def _steps(self) -> Iterator[str]:
        for key, keeper in self.dropped.items():
            yield f"drop `{key.id}`: `{keeper.id}` merges the same heads"
        for key, parents in self.parents.items():
            for old, new in parents.items():
                yield f"`{key.id}` follows `{new.id}` in place of `{old.id}`"
        for old, new in self.names.items():
            yield f"`{old.id}` becomes `{new.id}`"
        for _, landed, head in self.merges:
            yield f"a new migration merges `{landed.id}` and `{head.id}`"


def make_plan(situation: Situation) -> RepairPlan:
    """Return what has to move so that landing the stream leaves the heads that exist already, and no version late.

    Raises:
        CannotRepair: it is not certain, or nobody but a person should do it.
    """
    plan = RepairPlan()
    delta, landed = situation.delta, situation.landed()
    on_target = {node.key for node in situation.target}
    edited = [node for node in delta.added if node.key in on_target]
    left = {node.key for node in (*delta.removed, *edited)}
    graph = TargetGraph(
        situation.stores, (*(node for key, node in landed.items() if key not in left), *edited)
    )
    fresh = {node.key: node for node in delta.added if node not in edited and not _has_landed(node, landed)}
    for store in situation.stores:
        nodes = {key: node for key, node in fresh.items() if key.store == store.name}
        if store.model == "ordered":
            _raise_versions(store, graph, nodes, situation, plan)
            continue
        for group in linked_groups(nodes):
            changes = LinkedGroup(store, graph, group).changes(situation)
            plan.add(store, changes)
            graph = TargetGraph(graph.stores.values(), (*graph.nodes.values(), *changes.nodes))
    return plan


def _raise_versions(
    store: Store, graph: TargetGraph, nodes: Nodes, situation: Situation, plan: RepairPlan
) -> None:
    """Add new versions of the stream's migrations of an ordered store to the plan."""
    landed = [node for key, node in graph.nodes.items() if key.store == store.name]
    raised = renumbered(Renumbering(store, landed, situation), list(nodes.values()))
    for key, (node, version) in raised.items():
        plan.names[key] = node.key
        plan.versions[key] = version


def _has_landed(node: Node, landed: Mapping[Key, Node]) -> bool:
    return node.key in landed and landed[node.key].blob == node.blob
