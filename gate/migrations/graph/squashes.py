"""A squash on one stream, and on another a migration that follows what it replaces."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from gate.model.collisions import SquashFollower

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.migrations.graph.target_graph import TargetGraph
    from gate.model.collisions import Fork, MissingParent
    from gate.model.migrations import Delta


def followers(
    target: TargetGraph, streams: Sequence[Delta], forks: Sequence[Fork], missing: Sequence[MissingParent]
) -> tuple[SquashFollower, ...]:
    """Return migrations whose parent another stream replaces: Django runs them after the squash and says nothing.

    Those in a fork of the two, or whose parent is missing between them, are reported as that.
    """
    squashers = [delta for delta in streams if any(node.replaces for node in delta.added)]
    reported = {
        (*sorted(pair), node.key)
        for fork in forks
        for pair in fork.apart
        for chain in fork.chains
        for node in chain.nodes
    } | {(*sorted((parent.consumer, parent.producer)), parent.node.key) for parent in missing}
    every = (
        follower
        for squasher, stream in permutations(streams, 2)
        if squasher in squashers
        for follower in _followers(target, squasher, stream)
    )
    return tuple(
        follower
        for follower in every
        if (*sorted((follower.squasher, follower.follower)), follower.child.key) not in reported
    )


def _followers(target: TargetGraph, squasher: Delta, stream: Delta) -> Iterator[SquashFollower]:
    replaced = {old: node for node in squasher.added for old in node.replaces}
    shared = {node.key for node in squasher.added}
    for child in stream.added:
        squash = next((replaced[key] for key in child.parents if key in replaced), None)
        if squash is None or child.key in shared or child.key in replaced or child.replaces:
            continue
        store = target.stores[squash.key.store]
        yield SquashFollower(store, squasher.stream, stream.stream, squash, child)
