"""The target's migrations as a graph, and the steps that many questions take in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gate.model.migrations import Delta, Key, Node, OrderKey, Store

Nodes = dict["Key", "Node"]
"""Migrations by key."""


class TargetGraph:
    """The target's migrations by key. A squash stands for what it replaces, as it does in a new database."""

    def __init__(self, stores: Iterable[Store], nodes: Iterable[Node]) -> None:
        self.stores = {store.name: store for store in stores}
        self.nodes: Nodes = {}
        for node in nodes:
            self.nodes.setdefault(node.key, node)
        self.squashed = squashed(self.nodes.values())
        self.children = children(self.nodes.values(), self.squashed)
        self.by_order: defaultdict[tuple[str, OrderKey], list[Node]] = defaultdict(list)
        for _, node in sorted(self.nodes.items()):
            if node.order_key:
                self.by_order[node.key.store, node.order_key].append(node)

    def heads(self, store: str) -> tuple[Node, ...]:
        """Return the migrations of a store that no other of it follows, sorted."""
        return tuple(
            node
            for key, node in sorted(self.nodes.items())
            if key.store == store and key not in self.squashed and not self.children.get(key)
        )

    def rivals(self, store: str, point: Key | None) -> tuple[Node, ...]:
        """Return the heads of a store that are not meant to stand beside what follows a point.

        Those of another root, or of a branch with a label of its own, are meant. All are rivals of a new base.
        """
        heads = self.heads(store)
        if point is None or len(heads) < 2:
            return heads
        roots, labels = self._origin(point)
        origins = ((head, *self._origin(head.key)) for head in heads)
        return tuple(head for head, ours, named in origins if ours & roots and not named - labels)

    def _origin(self, key: Key) -> tuple[set[Key], set[str]]:
        """Return the roots of a migration, and the labels above it."""
        chain, _ = above([key], self.nodes, self.squashed)
        roots = {key for key in chain if not any(up in self.nodes for up in self.nodes[key].own_parents)}
        return roots, {label for key in chain for label in self.nodes[key].labels}

    def is_head(self, key: Key, removed: Collection[Key], fresh: Mapping[Key, Collection[Key]]) -> bool:
        """Return whether nothing follows a migration without those `removed`, and with `fresh` children by parent."""
        return not fresh.get(key) and all(child in removed for child in self.children.get(key, ()))


def squashed(nodes: Iterable[Node]) -> dict[Key, Key]:
    """Return what squashes stand for, each with its squash; for a squash that is itself squashed, the outer one."""
    squashes = {old: node.key for node in nodes for old in node.replaces if old != node.key}
    return {old: standing_for(squashes, old) for old in squashes}


def standing_for(squashed: Mapping[Key, Key], key: Key) -> Key:
    """Return the squash that stands for a migration in the end; the migration itself where there is none."""
    seen = {key}
    while key in squashed and squashed[key] not in seen:
        key = squashed[key]
        seen.add(key)
    return key


def children(nodes: Iterable[Node], squashed: Mapping[Key, Key]) -> dict[Key, set[Key]]:
    """Return, for each migration, those of its own store that follow it; those inside a squash do not count."""
    followers: defaultdict[Key, set[Key]] = defaultdict(set)
    for node in nodes:
        if node.key in squashed:
            continue
        for parent in node.own_parents:
            followers[standing_for(squashed, parent)].add(node.key)
        for later in node.run_before:
            if later.store == node.key.store:
                followers[node.key].add(standing_for(squashed, later))
    for key in followers:
        followers[key].discard(key)
    return dict(followers)


def above(
    start: Iterable[Key], nodes: Mapping[Key, Node], squashed: Mapping[Key, Key]
) -> tuple[list[Key], set[Key]]:
    """Return the migrations of `nodes` from `start` upwards, and the first ones above them outside `nodes`.

    The squash that stands for a parent is taken in its place. A squash continues what it replaces: those are above it
    too.
    """
    order, edge, queue, seen = [], set(), list(start), set(start)
    while queue:
        key = queue.pop()
        node = nodes.get(key)
        if node is None:
            edge.add(key)
            continue
        order.append(key)
        for parent in (*(standing_for(squashed, up) for up in node.own_parents), *node.replaces):
            if parent.store == key.store and parent not in seen:
                seen.add(parent)
                queue.append(parent)
    return order, edge


def added(delta: Delta) -> Nodes:
    """Return what a stream adds or changes, by key."""
    return {node.key: node for node in delta.added}


def removed(*deltas: Delta) -> set[Key]:
    """Return what streams remove."""
    return {node.key for delta in deltas for node in delta.removed}


def touching(deltas: Sequence[Delta]) -> dict[str, list[Delta]]:
    """Return the streams that add to each store, by the store's name."""
    by_store: defaultdict[str, list[Delta]] = defaultdict(list)
    for delta in deltas:
        nodes = (*delta.added, *(node for _, node in delta.repeated))
        for store in sorted({node.key.store for node in nodes}):
            by_store[store].append(delta)
    return dict(sorted(by_store.items()))
