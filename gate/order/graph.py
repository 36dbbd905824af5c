"""The graph questions of planning. Those of order are networkx's.

networkx takes 110 ms to import, a third of a whole `check`, so it is loaded only when some stream must come before
another. Most plans have no such pair, and then every order will do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gate.order.bitset import members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import networkx


def cycles(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> list[frozenset[str]]:
    """Return the strongly connected components: the nodes of a cycle together, every other node by itself."""
    all_nodes, all_edges = list(nodes), list(edges)
    if not all_edges:
        return [frozenset((node,)) for node in all_nodes]
    from networkx import strongly_connected_components

    return [frozenset(part) for part in strongly_connected_components(_directed_graph(all_nodes, all_edges))]


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
    nodes = range(len(predecessors))
    edges = [(first, then) for then, mask in enumerate(predecessors) for first in members(mask)]
    if not edges:
        ranks: Callable[[int], Any] = key or (lambda node: node)
        return sorted(nodes, key=ranks)
    from networkx import lexicographical_topological_sort

    return list(lexicographical_topological_sort(_directed_graph(nodes, edges), key))


def _directed_graph(nodes: Iterable[Any], edges: Iterable[tuple[Any, Any]]) -> networkx.DiGraph:
    from networkx import DiGraph

    graph = DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    return graph
