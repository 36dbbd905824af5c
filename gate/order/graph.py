"""The graph questions of planning, answered by networkx. Nothing else imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx

from gate.order.bits import members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def cycles(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> list[frozenset[str]]:
    """The strongly connected components: nodes in a cycle together, every other node by itself."""
    return [frozenset(found) for found in networkx.strongly_connected_components(_directed(nodes, edges))]


def components(nodes: Iterable[int], links: Iterable[Iterable[int]]) -> list[frozenset[int]]:
    """The nodes that hang together; a link joins all the nodes it names."""
    graph = networkx.Graph()
    graph.add_nodes_from(nodes)
    for link in links:
        networkx.add_path(graph, link)
    return [frozenset(found) for found in networkx.connected_components(graph)]


def topological(firsts: Sequence[int], key: Callable[[int], object] | None = None) -> list[int]:
    """Every node after its predecessors, of which `firsts` has a mask for each node.

    Of the nodes that could be next it is the one with the smallest key, by default the smallest node.
    """
    edges = ((first, then) for then, mask in enumerate(firsts) for first in members(mask))
    return list(networkx.lexicographical_topological_sort(_directed(range(len(firsts)), edges), key))


def _directed(nodes: Iterable[Any], edges: Iterable[tuple[Any, Any]]) -> networkx.DiGraph:
    graph = networkx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    return graph
