"""What Django's loader makes of squashes: `MigrationLoader.build_graph` and `MigrationGraph.remove_replaced_nodes`.

The squashes that stand (all or none of what they replace has been applied) take the places of the others one after the
other. The loader goes through the names of an app's files as a set, whose order changes from run to run: where squashes
overlap, one order may fail and another not.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gate.model.migrations import Key, Node

_MOST = 4
"""Squashes whose orders are all gone through."""


def always_fails(nodes: Mapping[Key, Node], heads: int) -> bool:
    """Whether the migrations of one app leave more than so many heads, or cannot be loaded, in whatever order."""
    squashes = sorted(_overlapping([node for node in nodes.values() if node.replaces]))
    if len(squashes) > _MOST:
        return False
    others = [key for key, node in sorted(nodes.items()) if node.replaces and key not in squashes]
    found = (leaves(nodes, [*order, *others]) for order in permutations(squashes))
    return all(one is None or len(one) > heads for one in found)


def _overlapping(squashes: Iterable[Node]) -> set[Key]:
    having: defaultdict[Key, set[Key]] = defaultdict(set)
    for squash in squashes:
        for key in (squash.key, *squash.replaces):
            having[key].add(squash.key)
    return {key for keys in having.values() if len(keys) > 1 for key in keys}


def leaves(nodes: Mapping[Key, Node], order: Sequence[Key]) -> frozenset[Key] | None:
    """What nothing follows once the squashes stand, in that order; None when the loader looks for one that is gone."""
    above, below = _edges(nodes)
    for squash in order:
        if squash not in above:
            return None
        taken = above.keys() & set(nodes[squash].replaces)
        parents, children = ({one for old in taken for one in edges[old]} - taken for edges in (above, below))
        for old in taken:
            for one in above.pop(old):
                below.get(one, set()).discard(old)
            for one in below.pop(old):
                above.get(one, set()).discard(old)
        if squash in above:
            above[squash] |= parents
            below[squash] |= children
            for one in parents:
                below[one].add(squash)
            for one in children:
                above[one].add(squash)
    return frozenset(key for key, children in below.items() if not children)


def _edges(nodes: Mapping[Key, Node]) -> tuple[dict[Key, set[Key]], dict[Key, set[Key]]]:
    """For each migration those above it and those below it, of the same app. What is replaced need not be there."""
    known = {*nodes, *(old for node in nodes.values() for old in node.replaces)}
    above: dict[Key, set[Key]] = {key: set() for key in nodes}
    below: dict[Key, set[Key]] = {key: set() for key in nodes}
    pairs = [(parent, key) for key, node in nodes.items() for parent in node.own_parents]
    pairs += [(key, later) for key, node in nodes.items() for later in node.run_before]
    for parent, child in pairs:
        if parent in known and child in known:
            above.setdefault(child, set()).add(parent)
            below.setdefault(parent, set()).add(child)
            above.setdefault(parent, set())
            below.setdefault(child, set())
    return above, below
