"""Strong components and topological orders of graphs, by networkx, which no other module imports.

networkx takes 110 ms to import, a third of a whole `check`: it is loaded only for a graph that has a cycle, or edges
to put in order.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    import networkx

N = TypeVar("N", bound="Hashable")


def strong_components(nodes: Iterable[N], edges: Iterable[tuple[N, N]]) -> list[frozenset[N]]:
    """Return the strongly connected components: nodes on a cycle together, every other node by itself.

    Every end of an edge must be among the nodes.
    """
    successors: dict[N, list[N]] = {node: [] for node in nodes}
    for tail, head in edges:
        successors[tail].append(head)
    try:
        TopologicalSorter(successors).prepare()
    except CycleError:
        from networkx import strongly_connected_components

        graph = _directed(successors, ((tail, head) for tail, heads in successors.items() for head in heads))
        return [frozenset(component) for component in strongly_connected_components(graph)]
    return [frozenset((node,)) for node in successors]


def topological_order(
    nodes: Iterable[N], edges: Iterable[tuple[N, N]], key: Callable[[N], Any] | None = None
) -> list[N]:
    """Return the nodes, each after those that have an edge to it.

    Of the nodes that could be next, the one with the smallest key comes first; without a key the smallest node.
    """
    between = list(edges)
    if not between:
        return sorted(nodes, key=key)  # type: ignore[type-var, arg-type]
    from networkx import lexicographical_topological_sort

    return list(lexicographical_topological_sort(_directed(nodes, between), key))


def _directed(nodes: Iterable[N], edges: Iterable[tuple[N, N]]) -> networkx.DiGraph:
    from networkx import DiGraph

    graph = DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    return graph
