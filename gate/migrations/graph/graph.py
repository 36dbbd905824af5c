"""The target's migrations as a graph, and the few steps every question takes in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gate.model.migrations import Delta, Key, Node, OrderKey, Store

Nodes = dict["Key", "Node"]


class TargetGraph:
    """The target's migrations by key. A squash stands for what it replaces, as it does in a new database."""

    def __init__(self, stores: Iterable[Store], nodes: Iterable[Node]) -> None:
        self.stores = {one.name: one for one in stores}
        self.nodes: Nodes = {}
        for node in nodes:
            self.nodes.setdefault(node.key, node)
        self.replaced = replaced(self.nodes.values())
        self.children = children(self.nodes.values(), self.replaced)
        self.by_order: defaultdict[tuple[str, OrderKey], list[Node]] = defaultdict(list)
        for _, node in sorted(self.nodes.items()):
            if node.order_key:
                self.by_order[node.key.store, node.order_key].append(node)

    def heads(self, store: str) -> tuple[Node, ...]:
        """The migrations of a store that none of it follows, sorted."""
        return tuple(
            node
            for key, node in sorted(self.nodes.items())
            if key.store == store and key not in self.replaced and not self.children.get(key)
        )

    def rivals(self, store: str, point: Key | None) -> tuple[Node, ...]:
        """The heads of a store that nothing means to stand beside what follows a point.

        Those of another root, or of a branch with a label of its own, are meant. All are rivals of a new base.
        """
        heads = self.heads(store)
        if point is None or len(heads) < 2:
            return heads
        roots, labels = self._origin(point)
        origins = ((head, *self._origin(head.key)) for head in heads)
        return tuple(head for head, ours, named in origins if ours & roots and not named - labels)

    def _origin(self, key: Key) -> tuple[set[Key], set[str]]:
        """The roots of a migration, and the labels above it."""
        chain, _ = above([key], self.nodes, self.replaced)
        roots = {one for one in chain if not any(up in self.nodes for up in self.nodes[one].own_parents)}
        return roots, {label for one in chain for label in self.nodes[one].labels}

    def is_head(self, key: Key, gone: Collection[Key], fresh: Mapping[Key, Collection[Key]]) -> bool:
        """Whether nothing follows a migration once those `gone` are out and `fresh` children are in."""
        return not fresh.get(key) and all(child in gone for child in self.children.get(key, ()))


def replaced(nodes: Iterable[Node]) -> dict[Key, Key]:
    """What squashes stand for, each with its squash; a squash that is itself replaced hands it on."""
    found = {old: node.key for node in nodes for old in node.replaces if old != node.key}
    return {old: final(found, old) for old in found}


def final(replaced: Mapping[Key, Key], key: Key) -> Key:
    """What stands for a migration in the end."""
    seen = {key}
    while key in replaced and replaced[key] not in seen:
        key = replaced[key]
        seen.add(key)
    return key


def children(nodes: Iterable[Node], replaced: Mapping[Key, Key]) -> dict[Key, set[Key]]:
    """For each migration those of its own store that follow it; those inside a squash do not count."""
    found: defaultdict[Key, set[Key]] = defaultdict(set)
    for node in nodes:
        if node.key in replaced:
            continue
        for parent in node.own_parents:
            found[final(replaced, parent)].add(node.key)
        for later in node.run_before:
            if later.store == node.key.store:
                found[node.key].add(final(replaced, later))
    for key in found:
        found[key].discard(key)
    return dict(found)


def above(
    start: Iterable[Key], nodes: Mapping[Key, Node], stands: Mapping[Key, Key]
) -> tuple[list[Key], set[Key]]:
    """The migrations of `nodes` from these upwards, and the first ones above them that are not among `nodes`.

    What `stands` for a parent is taken in its place. A squash continues what it replaces: those are above it too.
    """
    order, edge, queue, seen = [], set(), list(start), set(start)
    while queue:
        key = queue.pop()
        node = nodes.get(key)
        if node is None:
            edge.add(key)
            continue
        order.append(key)
        for parent in (*(final(stands, one) for one in node.own_parents), *node.replaces):
            if parent.store == key.store and parent not in seen:
                seen.add(parent)
                queue.append(parent)
    return order, edge


def added(delta: Delta) -> Nodes:
    """What a stream adds or changes, by key."""
    return {node.key: node for node in delta.added}


def gone(*deltas: Delta) -> set[Key]:
    """What streams take away."""
    return {node.key for delta in deltas for node in delta.removed}


def touching(streams: Sequence[Delta]) -> dict[str, list[Delta]]:
    """The streams that add to each store."""
    found: defaultdict[str, list[Delta]] = defaultdict(list)
    for delta in streams:
        nodes = (*delta.added, *(node for _, node in delta.repeated))
        for store in sorted({node.key.store for node in nodes}):
            found[store].append(delta)
    return dict(sorted(found.items()))
