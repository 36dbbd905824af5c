"""The graph questions of planning, over nodes that are numbers and sets of them that are masks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.graphs import topological_order
from gate.order.bitset import members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def components(nodes: Iterable[int], links: Iterable[Iterable[int]]) -> list[frozenset[int]]:
    """Return the connected components, in the order of their first nodes; a link joins all the nodes it names."""
    parts = {node: 1 << node for node in nodes}
    for link in links:
        joined = 0
        for node in link:
            joined |= parts.get(node, 0)
        for node in members(joined):
            parts[node] = joined
    return [frozenset(members(part)) for part in dict.fromkeys(parts.values())]


def topological(predecessors: Sequence[int], key: Callable[[int], object] | None = None) -> list[int]:
    """Return the nodes 0, 1, ... with every node after its predecessors, of which each node has a mask.

    Of the nodes that could be next, the one with the smallest key comes first, by default the smallest node.
    """
    edges = [(first, then) for then, mask in enumerate(predecessors) for first in members(mask)]
    return topological_order(range(len(predecessors)), edges, key)
