"""What streams put on a fork point: chains of migrations, and what kind of fork they make."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from gate.migrations.graph.graph import above
from gate.model.collisions import Chain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.migrations.graph.forks import Work
    from gate.migrations.graph.graph import Nodes
    from gate.model.migrations import Key


def kind(chains: Sequence[Chain], point: Key | None) -> Literal["heads", "merges", "squash", "base"]:
    roots = [chain.root for chain in chains]
    if (
        all(len(root.own_parents) > 1 for root in roots)
        and len({frozenset(root.own_parents) for root in roots}) == 1
    ):
        return "merges"
    if sum(bool(node.replaces) for chain in chains for node in chain.nodes) > 1:
        squashed = [frozenset(key for node in chain.nodes for key in node.replaces) for chain in chains]
        if any(a & b for a, b in combinations(squashed, 2)):
            return "squash"
    return "heads" if point else "base"


def chain(work: Work, head: Key, point: Key | None = None) -> Chain:
    """What leads up to a head, the oldest first."""
    nodes = {key: node for key, node in work.added.items() if key != point}
    keys, _ = above([head], nodes, work.replaced)
    return Chain(work.stream, tuple(work.added[key] for key in _sorted(keys, work.added)))


def _sorted(keys: Sequence[Key], nodes: Nodes) -> list[Key]:
    """Parents before children; by name where they go in circles."""
    known = set(keys)
    above_each = {
        key: known.intersection((*nodes[key].own_parents, *nodes[key].replaces)) for key in sorted(keys)
    }
    try:
        return list(
            TopologicalSorter({key: sorted(found) for key, found in above_each.items()}).static_order()
        )
    except CycleError:
        return sorted(keys)


def sure(chains: Sequence[Chain]) -> bool:
    return all(node.sure for chain in chains for node in chain.nodes)
