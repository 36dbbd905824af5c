"""What streams put on a fork point: chains of migrations, and what kind of fork they make."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from gate.migrations.graph.target_graph import above
from gate.model.collisions import Chain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.migrations.graph.store_delta import StoreDelta
    from gate.migrations.graph.target_graph import Nodes
    from gate.model.migrations import Key


def kind(chains: Sequence[Chain], point: Key | None) -> Literal["heads", "merges", "squash", "base"]:
    """Return the kind of the fork that chains make at a point, as `Fork` has it."""
    roots = [chain.root for chain in chains]
    if (
        all(len(root.own_parents) > 1 for root in roots)
        and len({frozenset(root.own_parents) for root in roots}) == 1
    ):
        return "merges"
    if sum(bool(node.replaces) for chain in chains for node in chain.nodes) > 1:
        replaced = [frozenset(key for node in chain.nodes for key in node.replaces) for chain in chains]
        if any(a & b for a, b in combinations(replaced, 2)):
            return "squash"
    return "heads" if point else "base"


def chain_to(delta: StoreDelta, head: Key, point: Key | None = None) -> Chain:
    """Return what leads up to a head, the oldest first, without the point itself."""
    nodes = {key: node for key, node in delta.added.items() if key != point}
    keys, _ = above([head], nodes, delta.squashed)
    return Chain(delta.stream, tuple(delta.added[key] for key in _parents_first(keys, delta.added)))


def _parents_first(keys: Sequence[Key], nodes: Nodes) -> list[Key]:
    """Return parents before children; by name where they go in circles."""
    inside = set(keys)
    parents = {
        key: sorted(inside.intersection((*nodes[key].own_parents, *nodes[key].replaces)))
        for key in sorted(keys)
    }
    try:
        return list(TopologicalSorter(parents).static_order())
    except CycleError:
        return sorted(keys)


def all_sure(chains: Sequence[Chain]) -> bool:
    """Return whether nothing about the place of any migration is guessed."""
    return all(node.sure for chain in chains for node in chain.nodes)
