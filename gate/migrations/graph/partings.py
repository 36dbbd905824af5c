"""Where the migrations of two streams part that would not without one another."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from gate.migrations.graph.store_delta import open_heads
from gate.migrations.graph.target_graph import above, children

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.migrations.graph.store_delta import OpenHeads, StoreDelta
    from gate.migrations.graph.target_graph import Nodes, TargetGraph
    from gate.model.migrations import Key


class Parting(NamedTuple):
    """Two streams whose chains start from one point, None for a new base, and end in a head each."""

    point: Key | None
    first: str
    second: str
    first_head: Key
    second_head: Key

    @property
    def ends(self) -> tuple[tuple[str, Key], tuple[str, Key]]:
        """Each stream with its head."""
        return (self.first, self.first_head), (self.second, self.second_head)


def partings(target: TargetGraph, deltas: Sequence[StoreDelta]) -> Iterator[Parting]:
    """Yield the partings of every two streams that no stream joins again."""
    for first, second in combinations(deltas, 2):
        for parting in list(_of_heads(target, first, second)) or _of_squashes(first, second):
            heads = {parting.first_head, parting.second_head}
            if not any(heads <= delta.followed for delta in deltas):
                yield parting


def _of_heads(target: TargetGraph, first: StoreDelta, second: StoreDelta) -> Iterator[Parting]:
    both = first.added.keys() & second.added.keys()
    shared = {key: node for key, node in first.added.items() if key in both}
    first_heads, second_heads = _heads_of_both(target, first, second, shared)
    followers = children(shared.values(), first.squashed) if shared else {}
    for head, edge in first_heads.items():
        for second_head, second_edge in second_heads.items():
            if not edge and not second_edge:
                if not target.heads(head.store) and not shared:
                    yield Parting(None, first.stream, second.stream, head, second_head)
                continue
            # Where one of them forks alone, that is its own.
            points = {
                point
                for point in edge & second_edge
                if (point in target.nodes or point in shared)
                and all(target.is_head(point, delta.taken, followers) for delta in (first, second))
            }
            points = (
                points
                or _amid(target, first, edge, second, second_head)
                or _amid(target, second, second_edge, first, head)
            )
            if points:
                yield Parting(min(points), first.stream, second.stream, head, second_head)


def _amid(target: TargetGraph, delta: StoreDelta, edge: set[Key], bringer: StoreDelta, head: Key) -> set[Key]:
    """Return what a stream follows of the migrations that another brings, or changes, and goes on from to `head`.

    `edge` is what the stream's own chain starts from.
    """
    amid = edge & (bringer.added.keys() - delta.added.keys())
    if not amid:
        return amid
    chain, _ = above([head], bringer.added, bringer.squashed)
    return {
        key
        for key in amid.intersection(chain)
        if key not in target.nodes or target.is_head(key, delta.taken, {})
    }


def _heads_of_both(
    target: TargetGraph, first: StoreDelta, second: StoreDelta, shared: Nodes
) -> tuple[OpenHeads, OpenHeads]:
    """Return the heads of what each of two streams has for itself, once the migrations of both have landed."""
    linked = shared or first.followed & second.added.keys() or second.followed & first.added.keys()
    if not (linked or first.squashes or second.squashes):
        return first.heads, second.heads
    alone = [
        {key: node for key, node in delta.added.items() if key not in shared} for delta in (first, second)
    ]
    squashed = {**first.squashed, **second.squashed}
    taken = first.taken | second.taken
    return (
        open_heads(target, alone[0], alone[1] | shared, taken, squashed, first.squashed),
        open_heads(target, alone[1], alone[0] | shared, taken, squashed, second.squashed),
    )


def _of_squashes(first: StoreDelta, second: StoreDelta) -> Iterator[Parting]:
    """Yield squashes of the same migrations: one takes their place, and nothing follows the other."""
    for squash in first.added.values():
        for rival in second.added.values():
            both = set(squash.replaces).intersection(rival.replaces)
            if both and squash.key != rival.key:
                yield Parting(max(both), first.stream, second.stream, squash.key, rival.key)
