"""The graph questions of planning. Those of order are networkx's; nothing else imports it.

networkx takes 110 ms to import, a third of a whole `check`, so it is loaded only when some stream must come before
another. Most plans have no such pair, and then every order will do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gate.order.bits import members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import networkx


def cycles(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> list[frozenset[str]]:
    """The strongly connected components: nodes in a cycle together, every other node by itself."""
    every, between = list(nodes), list(edges)
    if not between:
        return [frozenset((node,)) for node in every]
    from networkx import strongly_connected_components

    return [frozenset(found) for found in strongly_connected_components(_directed(every, between))]


def components(nodes: Iterable[int], links: Iterable[Iterable[int]]) -> list[frozenset[int]]:
    """The nodes that hang together; a link joins all the nodes it names."""
    parts = {node: 1 << node for node in nodes}
    for link in links:
        joined = 0
        for node in link:
            joined |= parts.get(node, 0)
        for node in members(joined):
            parts[node] = joined
    return [frozenset(members(part)) for part in dict.fromkeys(parts.values())]


def topological(firsts: Sequence[int], key: Callable[[int], object] | None = None) -> list[int]:
    """Every node after its predecessors, of which `firsts` has a mask for each node.

    Of the nodes that could be next it is the one with the smallest key, by default the smallest node.
    """
    nodes = range(len(firsts))
    edges = [(first, then) for then, mask in enumerate(firsts) for first in members(mask)]
    if not edges:
        ranks: Callable[[int], Any] = key or (lambda node: node)
        return sorted(nodes, key=ranks)
    from networkx import lexicographical_topological_sort

    return list(lexicographical_topological_sort(_directed(nodes, edges), key))


def _directed(nodes: Iterable[Any], edges: Iterable[tuple[Any, Any]]) -> networkx.DiGraph:
    from networkx import DiGraph

    graph = DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    return graph
