"""Migrations of one stream in one store that are linked by their parents, and what makes them follow what landed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from gate.migrations.graph.target_graph import TargetGraph, standing_for
from gate.migrations.repair.numbers import numbered
from gate.migrations.tools import tool
from gate.model.repairs import CannotRepair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gate.migrations.graph.target_graph import Nodes
    from gate.migrations.repair.situation import Situation
    from gate.model.migrations import Key, Node, Store

Parents = dict["Key", "dict[Key, Key]"]
"""New parents, by migration and old parent."""


@dataclass(slots=True)
class Changes:
    """The changes in a group, as in `RepairPlan`, and its migrations as they land then."""

    parents: Parents = field(default_factory=dict)
    names: dict[Key, Key] = field(default_factory=dict)
    dropped: dict[Key, Key] = field(default_factory=dict)
    merges: list[tuple[Key, Key]] = field(default_factory=list)
    nodes: Sequence[Node] = ()


def linked_groups(nodes: Nodes) -> list[Nodes]:
    """Return the groups of migrations that are linked by parents, each with parents first.

    Raises:
        CannotRepair: migrations wait for one another.
    """
    group = {key: {key} for key in nodes}
    for key, node in nodes.items():
        for parent in node.own_parents:
            if parent in nodes and group[parent] is not group[key]:
                group[parent] |= group[key]
                for member in group[key]:
                    group[member] = group[parent]
    groups = {min(keys): keys for keys in group.values()}
    return [{key: nodes[key] for key in _parents_first(keys, nodes)} for _, keys in sorted(groups.items())]


def _parents_first(keys: Collection[Key], nodes: Nodes) -> list[Key]:
    parents = {
        key: [parent for parent in sorted(nodes[key].own_parents) if parent in keys] for key in sorted(keys)
    }
    try:
        return list(TopologicalSorter(parents).static_order())
    except CycleError as error:
        raise CannotRepair("its migrations wait for one another") from error


@dataclass(frozen=True, slots=True)
class LinkedGroup:
    """A group of migrations, and the graph of what lands before them."""

    store: Store
    graph: TargetGraph
    nodes: Nodes

    def changes(self, situation: Situation) -> Changes:
        """Return what has to change so that the group leaves no head more.

        Raises:
            CannotRepair: it is not certain, or nobody but a person should do it.
        """
        clashing = {key for key in self.nodes if key in self.graph.nodes}
        nodes = tuple(self.nodes.values())
        if not clashing and not self._forks():
            return Changes(nodes=nodes)
        self._require_movable()
        keeper = self._merge_of_the_same_heads()
        if keeper is not None:
            return Changes(dropped={next(iter(self.nodes)): keeper})
        if any(node.path in situation.published for node in nodes):
            return Changes(merges=[self._heads_to_merge(clashing)], nodes=nodes)
        parents = self._parents()
        names = self._names(parents, clashing, keep_names=situation.options.keep_names)
        moved = [_moved(node, parents.get(key, {}), names) for key, node in self.nodes.items()]
        return Changes(parents, names, nodes=moved)

    def _forks(self) -> bool:
        if any(node.labels for node in self.nodes.values()):
            return False  # a branch that is meant
        before = self.graph.heads(self.store.name)
        nodes = (*self.graph.nodes.values(), *self.nodes.values())
        after = TargetGraph(self.graph.stores.values(), nodes).heads(self.store.name)
        return bool(before) and len(after) > len(before)

    def _require_movable(self) -> None:
        if self.store.unread:
            raise CannotRepair(f"the place of {self.store.unread[0]} on the target is not known")
        for node in self.nodes.values():
            reason = tool(node.tool).immovable(node)
            if reason:
                raise CannotRepair(reason)
            if not node.sure:
                raise CannotRepair(f"{node.path} is not certain: {node.why}")
            if node.replaces:
                raise CannotRepair(f"`{node.id}` is a squash: make it again on what has landed")
            unknown = [key for key in node.own_parents if key not in self.graph.nodes | self.nodes]
            if unknown and not all(key in self.graph.squashed for key in unknown):
                raise CannotRepair(f"`{unknown[0].id}`, the parent of `{node.id}`, does not exist")

    def _merge_of_the_same_heads(self) -> Key | None:
        """Return what merges already the heads that the group, if it is one merge, merges too."""
        [node, *more] = self.nodes.values()
        if more or len(node.own_parents) < 2:
            return None
        parents = {*node.own_parents}
        rivals = (rival for rival in self.graph.nodes.values() if {*rival.own_parents} == parents)
        return next((rival.key for rival in rivals if rival.key != node.key), None)

    # -- new parents

    def _edges(self) -> list[tuple[Key, Key, Key]]:
        """Return where they follow something that others follow too: (migration, parent, the head after that)."""
        edges = [
            (key, parent, self._head_after(parent))
            for key, node in self.nodes.items()
            for parent in node.own_parents
            if parent not in self.nodes
        ]
        return [edge for edge in edges if edge[1] != edge[2]]

    def _head_after(self, key: Key) -> Key:
        """Return the one head that a migration leads to."""
        heads = {node.key for node in self.graph.heads(self.store.name)}
        seen, queue = set(), [standing_for(self.graph.squashed, key)]
        while queue:
            current = queue.pop()
            if current not in seen:
                seen.add(current)
                queue += self.graph.children.get(current, ())
        if len(seen & heads) != 1:
            raise CannotRepair(
                f"{len(seen & heads) or 'no'} heads follow `{key.id}`: say which one is meant by merging them"
            )
        return next(iter(seen & heads))

    def _parents(self) -> Parents:
        """Return new parents. Where several lead to one head, only the last of them has to move."""
        edges = self._edges()
        parents: Parents = {}
        for key, parent, head in edges:
            rivals = [rival for _, rival, end in edges if end == head and rival != parent]
            if not any(parent in self._above(rival) for rival in rivals):
                parents.setdefault(key, {})[parent] = head
        for key, moved in parents.items():
            whole = _parents_of(self.nodes[key], moved)
            if len(set(whole)) < len(whole):
                raise CannotRepair(f"all that `{key.id}` merges leads to `{whole[0].id}` by now: drop it")
        return parents

    def _above(self, key: Key) -> set[Key]:
        seen, queue = {key}, [key]
        while queue:
            node = self.graph.nodes.get(queue.pop())
            for parent in node.own_parents if node else ():
                if parent not in seen:
                    seen.add(parent)
                    queue.append(parent)
        return seen - {key}

    # -- new names

    def _names(
        self, parents: Mapping[Key, Mapping[Key, Key]], clashing: Collection[Key], *, keep_names: bool
    ) -> dict[Key, Key]:
        """Return new names of those that move, of those after them, and of those whose names are `clashing`."""
        moving = self._moving(parents, clashing)
        taken = {key.id for key in (*self.graph.nodes, *self.nodes) if key.store == self.store.name}
        names: dict[Key, Key] = {}
        for key, node in self.nodes.items():
            if key not in moving or (keep_names and key not in clashing):
                continue
            above = [names.get(parent, parent) for parent in _parents_of(node, parents.get(key, {}))]
            name = numbered(node, above, taken, clashing=key in clashing)
            if name != key.id:
                names[key] = key._replace(id=name)
                taken.add(name)
        return names

    def _moving(self, parents: Iterable[Key], clashing: Iterable[Key]) -> set[Key]:
        moving, moved = set(clashing), set(parents)
        for key, node in self.nodes.items():
            if key in moved or moving.intersection(node.own_parents):
                moving.add(key)
        return moving

    # -- merges

    def _heads_to_merge(self, clashing: Collection[Key]) -> tuple[Key, Key]:
        """Return the heads that another migration has to merge, where the group stays as it is."""
        if clashing:
            raise CannotRepair(f"`{min(clashing).id}` is published, and its name is taken")
        edges = self._edges()
        if not edges:
            raise CannotRepair("its published migrations follow nothing that others follow too")
        parents = {parent for node in self.nodes.values() for parent in node.own_parents}
        heads = [key for key in self.nodes if key not in parents]
        if len(heads) != 1:
            raise CannotRepair("its published migrations have several heads")
        return edges[0][2], heads[0]


def _parents_of(node: Node, moved: Mapping[Key, Key]) -> list[Key]:
    return [moved.get(parent, parent) for parent in node.own_parents]


def _moved(node: Node, parents: Mapping[Key, Key], names: Mapping[Key, Key]) -> Node:
    """Return a migration in its new place."""
    keys = tuple(parents.get(key, names.get(key, key)) for key in node.parents)
    return replace(node, key=names.get(node.key, node.key), parents=keys)
