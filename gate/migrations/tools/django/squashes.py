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
_Edges = dict["Key", "set[Key]"]


def always_fails(nodes: Mapping[Key, Node], heads: int) -> bool:
    """Return whether the migrations of one app leave more heads, or cannot be loaded, in whatever order."""
    squashes = sorted(_overlapping([node for node in nodes.values() if node.replaces]))
    if len(squashes) > _MOST:
        return False
    others = [key for key, node in sorted(nodes.items()) if node.replaces and key not in squashes]
    results = (leaves(nodes, [*order, *others]) for order in permutations(squashes))
    return all(result is None or len(result) > heads for result in results)


def _overlapping(squashes: Iterable[Node]) -> set[Key]:
    """Return the squashes that have something in common with another one."""
    by_member: defaultdict[Key, set[Key]] = defaultdict(set)
    for squash in squashes:
        for key in (squash.key, *squash.replaces):
            by_member[key].add(squash.key)
    return {key for keys in by_member.values() if len(keys) > 1 for key in keys}


def leaves(nodes: Mapping[Key, Node], order: Sequence[Key]) -> frozenset[Key] | None:
    """Return what nothing follows once the squashes stand, in that order.

    None when the loader looks for a squash that another one has taken away.
    """
    above, below = _edges(nodes)
    for squash in order:
        if squash not in above:
            return None
        taken = above.keys() & set(nodes[squash].replaces)
        parents, children = ({key for old in taken for key in edges[old]} - taken for edges in (above, below))
        for old in taken:
            _take_out(old, above, below)
        if squash in above:
            _put_between(squash, parents, children, above, below)
    return frozenset(key for key, children in below.items() if not children)


def _take_out(key: Key, above: _Edges, below: _Edges) -> None:
    for parent in above.pop(key):
        below.get(parent, set()).discard(key)
    for child in below.pop(key):
        above.get(child, set()).discard(key)


def _put_between(key: Key, parents: set[Key], children: set[Key], above: _Edges, below: _Edges) -> None:
    above[key] |= parents
    below[key] |= children
    for parent in parents:
        below[parent].add(key)
    for child in children:
        above[child].add(key)


def _edges(nodes: Mapping[Key, Node]) -> tuple[_Edges, _Edges]:
    """Return, for each migration, those above it and those below it, of its app.

    What is replaced may be absent.
    """
    existing = {*nodes, *(old for node in nodes.values() for old in node.replaces)}
    above: _Edges = {key: set() for key in nodes}
    below: _Edges = {key: set() for key in nodes}
    pairs = [(parent, key) for key, node in nodes.items() for parent in node.own_parents]
    pairs += [(key, later) for key, node in nodes.items() for later in node.run_before]
    for parent, child in pairs:
        if parent in existing and child in existing:
            above.setdefault(child, set()).add(parent)
            below.setdefault(parent, set()).add(child)
            above.setdefault(parent, set())
            below.setdefault(child, set())
    return above, below
