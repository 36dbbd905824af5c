"""Questions about directed graphs whose edges are looked up node by node: reachable nodes, cycles, shortest paths."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from gate.graphs import strong_components

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    Successors = Callable[[str], Iterable[str]]
    """The nodes that a node has an edge to."""


def reachable(
    starts: Iterable[str], successors: Successors, limit: int, announce: Callable[[Iterable[str]], None]
) -> tuple[str, ...] | None:
    """Return all nodes that can be reached, the starts included; None when there are more than `limit`.

    `announce` gets the nodes of each distance before their successors are looked up, so that they can be read at once.
    """
    seen: dict[str, None] = {}
    layer = list(dict.fromkeys(starts))
    while layer:
        seen.update(dict.fromkeys(layer))
        if len(seen) > limit:
            return None
        announce(layer)
        following = (successor for node in layer for successor in successors(node))
        layer = list(dict.fromkeys(node for node in following if node not in seen))
    return tuple(seen)


def component_numbers(nodes: Collection[str], successors: Successors) -> dict[str, int]:
    """Return by node the number of its strong component: nodes on a cycle together have the same."""
    inside = dict.fromkeys(nodes)
    edges = ((node, successor) for node in inside for successor in successors(node) if successor in inside)
    components = strong_components(inside, edges)
    return {node: number for number, component in enumerate(components) for node in component}


def leading_to(goals: Iterable[str], nodes: Iterable[str], successors: Successors) -> frozenset[str]:
    """Return the goals, and those of the nodes from which a path through nodes leads to a goal."""
    predecessors: dict[str, list[str]] = {}
    for node in nodes:
        for successor in successors(node):
            predecessors.setdefault(successor, []).append(node)
    seen: set[str] = set()
    stack = list(goals)
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            stack += predecessors.get(node, ())
    return frozenset(seen)


def shortest_path(start: str, end: str, successors: Successors, nodes: Collection[str]) -> tuple[str, ...]:
    """Return the shortest path that keeps to these nodes, both ends included; () when there is none."""
    predecessor: dict[str, str] = {start: ""}
    queue = deque((start,))
    while queue:
        node = queue.popleft()
        if node == end:
            break
        for successor in successors(node):
            if successor in nodes and successor not in predecessor:
                predecessor[successor] = node
                queue.append(successor)
    path = []
    node = end if end in predecessor else ""
    while node:
        path.append(node)
        node = predecessor[node]
    return tuple(reversed(path))
