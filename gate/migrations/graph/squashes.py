"""A squash on one stream, and on another a migration that follows what it replaces."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from gate.model.collisions import SquashFollower

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.migrations.graph.graph import TargetGraph
    from gate.model.collisions import Fork, MissingParent
    from gate.model.migrations import Delta


def children(
    ground: TargetGraph, streams: Sequence[Delta], forks: Sequence[Fork], lost: Sequence[MissingParent]
) -> tuple[SquashFollower, ...]:
    """Migrations whose parent another stream replaces: Django runs them after the squash and says nothing.

    Those in a fork of the two, or whose parent is lost between them, are told with that.
    """
    squashing = [delta for delta in streams if any(node.replaces for node in delta.added)]
    pairs = permutations(streams, 2) if squashing else ()
    told = {
        (*sorted(pair), node.key)
        for fork in forks
        for pair in fork.apart
        for chain in fork.chains
        for node in chain.nodes
    } | {(*sorted((one.consumer, one.producer)), one.node.key) for one in lost}
    every = (found for one, other in pairs if one in squashing for found in _children(ground, one, other))
    return tuple(one for one in every if (*sorted((one.squasher, one.follower)), one.child.key) not in told)


def _children(ground: TargetGraph, one: Delta, other: Delta) -> Iterator[SquashFollower]:
    replaced = {old: node for node in one.added for old in node.replaces}
    known = {node.key for node in one.added}
    for child in other.added:
        squash = next((replaced[key] for key in child.parents if key in replaced), None)
        if squash is None or child.key in known or child.key in replaced or child.replaces:
            continue
        yield SquashFollower(ground.stores[squash.key.store], one.stream, other.stream, squash, child)
