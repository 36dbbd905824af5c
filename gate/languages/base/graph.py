"""Questions about who leads to whom: which nodes lie in rings together, and the shortest way round."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    Next = Callable[[str], Iterable[str]]


def reached(
    starts: Iterable[str], leads_to: Next, most: int, ahead: Callable[[Iterable[str]], None]
) -> tuple[str, ...] | None:
    """All nodes that can be reached, the starts included; None when there are more than `most`.

    `ahead` is told which nodes are asked next.
    """
    found: dict[str, None] = {}
    layer = list(dict.fromkeys(starts))
    while layer:
        found.update(dict.fromkeys(layer))
        if len(found) > most:
            return None
        ahead(layer)
        following = (other for node in layer for other in leads_to(node))
        layer = list(dict.fromkeys(other for other in following if other not in found))
    return tuple(found)


def components(nodes: Collection[str], leads_to: Next) -> dict[str, int]:
    """The number of each node's strongly connected component, by Kosaraju's two searches."""
    back: dict[str, list[str]] = {node: [] for node in nodes}
    for node in back:
        for other in leads_to(node):
            if other in back:
                back[other].append(node)
    found: dict[str, int] = {}
    for number, start in enumerate(reversed(_finished(back, leads_to))):
        stack = [start]
        while stack:
            node = stack.pop()
            if node not in found:
                found[node] = number
                stack += back[node]
    return found


def leading(nodes: Iterable[str], leads_to: Next, goals: Iterable[str]) -> frozenset[str]:
    """The goals, and those of the nodes that lead to one of them by way of nodes."""
    back: dict[str, list[str]] = {}
    for node in nodes:
        for other in leads_to(node):
            back.setdefault(other, []).append(node)
    found: set[str] = set()
    stack = list(goals)
    while stack:
        node = stack.pop()
        if node not in found:
            found.add(node)
            stack += back.get(node, ())
    return frozenset(found)


def _finished(nodes: Collection[str], leads_to: Next) -> list[str]:
    """The nodes in the order in which a search in depth leaves them."""
    seen: set[str] = set()
    order: list[str] = []
    for start in nodes:
        stack = [(start, False)]
        while stack:
            node, left = stack.pop()
            if left:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack += ((one, False) for one in leads_to(node) if one in nodes and one not in seen)
    return order


def way(start: str, end: str, leads_to: Next, inside: Collection[str]) -> tuple[str, ...]:
    """The shortest way through these nodes, both ends included; () when there is none."""
    before: dict[str, str] = {start: ""}
    queue = deque((start,))
    while queue:
        node = queue.popleft()
        if node == end:
            break
        for other in leads_to(node):
            if other in inside and other not in before:
                before[other] = node
                queue.append(other)
    found = []
    at = end if end in before else ""
    while at:
        found.append(at)
        at = before[at]
    return tuple(reversed(found))
