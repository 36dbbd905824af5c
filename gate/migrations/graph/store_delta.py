"""What one stream does in one store of migrations, and the heads it leaves there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.migrations.graph.target_graph import above, added, children, removed, squashed, standing_for

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gate.migrations.graph.target_graph import Nodes, TargetGraph
    from gate.model.migrations import Delta, Key, Node

OpenHeads = dict["Key", "set[Key]"]
"""Heads that no label sets apart, each with what its chain starts from."""


@dataclass(frozen=True, slots=True)
class StoreDelta:
    """A stream's changes in one store: the migrations it `added`, and what follows from them.

    `taken` are the target's that it removes, or puts on other parents. `squashed` are the migrations that squashes
    stand for, each with its squash, on the target and here. `followed` are those that its own follow.
    """

    stream: str
    added: Nodes
    taken: frozenset[Key]
    squashed: Mapping[Key, Key]
    followed: frozenset[Key]
    heads: OpenHeads

    @property
    def squashes(self) -> bool:
        """Whether it adds squashes."""
        return any(node.replaces for node in self.added.values())


def store_delta(target: TargetGraph, store: str, delta: Delta) -> StoreDelta:
    """Return what a stream does in a store, without migrations that only other stores' changes concern."""
    nodes = {
        key: node
        for key, node in added(delta).items()
        if key.store == store and _place_within(node) != _place_within(target.nodes.get(key))
    }
    stands = target.squashed | squashed(nodes.values())
    taken = frozenset(removed(delta) | (nodes.keys() & target.nodes.keys()))
    return StoreDelta(
        stream=delta.stream,
        added=nodes,
        taken=taken,
        squashed=stands,
        followed=frozenset(children(nodes.values(), stands)),
        heads=open_heads(target, nodes, {}, taken, stands),
    )


def _place_within(node: Node | None) -> tuple[object, ...]:
    """Return what says a migration's place in its own store: other stores' may change without harm to its heads."""
    if node is None:
        return ()
    before = (key for key in node.run_before if key.store == node.key.store)
    return tuple(map(frozenset, (node.own_parents, node.replaces, node.labels, before)))


def heads(
    target: TargetGraph, nodes: Nodes, beside: Nodes, taken: Collection[Key], squashed: Mapping[Key, Key]
) -> list[Key]:
    """Return which of `nodes` nothing follows, once those `beside` have landed too; `taken` are the target's that go.

    What follows itself is no head: it is a cycle.
    """
    followed = children((nodes | beside).values(), squashed)

    def is_followed(key: Key) -> bool:
        before = (child for old in (key, *nodes[key].replaces) for child in target.children.get(old, ()))
        return bool(followed.get(key)) or any(
            child not in squashed and child not in taken for child in before
        )

    return sorted(
        key
        for key in nodes
        if key not in squashed and key not in nodes[key].own_parents and not is_followed(key)
    )


def open_heads(
    target: TargetGraph,
    nodes: Nodes,
    beside: Nodes,
    taken: Collection[Key],
    squashed: Mapping[Key, Key],
    squashed_here: Mapping[Key, Key] | None = None,
) -> OpenHeads:
    """Return the heads among `nodes` that no label sets apart, each with what its chain starts from.

    Arguments as of `heads`; `squashed_here` are those of the one stream whose `nodes` these are, where there are two.
    """
    inside = squashed if squashed_here is None else squashed_here
    edges: OpenHeads = {}
    for head in heads(target, nodes, beside, taken, squashed):
        chain, edge = above([head], nodes, inside)
        if not any(nodes[key].labels for key in chain):
            edges[head] = {standing_for(target.squashed, key) for key in edge}
    return edges
