"""Heads: where the migrations of streams part from one another, or a stream's own from the target's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from gate.migrations.graph import chains
from gate.migrations.graph.partings import Parting, partings
from gate.migrations.graph.store_delta import heads, store_delta
from gate.migrations.graph.target_graph import above, children, standing_for, touching
from gate.migrations.tools import tool
from gate.model.collisions import Fork

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.migrations.graph.store_delta import StoreDelta
    from gate.migrations.graph.target_graph import Nodes, TargetGraph
    from gate.model.migrations import Delta, Key, Node, Store


def forks(target: TargetGraph, streams: Sequence[Delta]) -> tuple[Fork, ...]:
    """Return every fork that landing the streams makes, those of single streams first in each store."""
    every: list[Fork] = []
    for name, changes in touching(streams).items():
        store = target.stores[name]
        if store.model != "graph":
            continue
        deltas = [store_delta(target, name, delta) for delta in changes]
        for delta in deltas:
            every += _of_one(target, store, delta)
        every += _of_several(target, store, deltas)
    return tuple(every)


# -- one stream and the target


def _of_one(target: TargetGraph, store: Store, delta: StoreDelta) -> list[Fork]:
    """Return the forks of one stream. Where it re-parents what the target has, only counting all heads shows them."""
    forks = list(_added_heads(target, store, delta))
    moved = sorted(delta.added.keys() & delta.taken)
    if not moved:
        return forks
    nodes = _landed(target, store, [delta])
    followed = children(nodes.values(), delta.squashed)
    remaining = sorted(key for key in nodes if key not in delta.squashed and not followed.get(key))
    if len(remaining) <= len(target.heads(store.name)):
        return []
    point = next(iter(delta.added[moved[0]].own_parents), None)
    fork = replace(_fork_of_one(target, store, delta, point, moved[:1]), kind="moved")
    return forks or [replace(fork, heads=tuple(nodes[key] for key in remaining))]


def _added_heads(target: TargetGraph, store: Store, delta: StoreDelta) -> Iterator[Fork]:
    """Yield the heads a stream adds beyond the target's: it forks by itself, or the target has moved on."""
    by_point: defaultdict[Key | None, list[Key]] = defaultdict(list)
    for head in heads(target, delta.added, {}, delta.taken, delta.squashed):
        chain, edge = above([head], delta.added, delta.squashed)
        points = {standing_for(target.squashed, key) for key in edge if key in target.nodes}
        if any(delta.added[key].labels for key in chain) or edge - points - target.nodes.keys():
            continue  # a branch that is meant, or a chain whose parents are not known
        at_heads = {key for key in points if target.is_head(key, delta.taken, {})}
        if at_heads:
            for key in at_heads:
                by_point[key].append(head)
        elif points:
            yield _fork_of_one(target, store, delta, max(points), [head])
        elif not _lies_apart(target, store, [delta.added[key] for key in chain]):
            by_point[None].append(head)
    for point, keys in sorted(by_point.items(), key=lambda item: item[0] or ()):
        if len(keys) > 1 or (point is None and target.heads(store.name)):
            yield _fork_of_one(target, store, delta, point, keys)


def _lies_apart(target: TargetGraph, store: Store, chain: Sequence[Node]) -> bool:
    """Return whether a new base lies in a folder where the target has none of this store's migrations."""
    folders = {node.path.rpartition("/")[0] for key, node in target.nodes.items() if key.store == store.name}
    return bool(folders) and not folders & {node.path.rpartition("/")[0] for node in chain}


def _fork_of_one(
    target: TargetGraph, store: Store, delta: StoreDelta, point: Key | None, keys: Sequence[Key]
) -> Fork:
    """Return the fork of a stream whose chains start from `point` and end in the heads `keys`."""
    left = tuple(node for node in target.heads(store.name) if node.key not in delta.taken | delta.followed)
    node = target.nodes.get(point) if point else None
    ends = tuple(chains.chain_to(delta, head) for head in keys)
    kind: Literal["heads", "base"] = "heads" if point else "base"
    # Where the target has several heads already, its people may live with them.
    sure = chains.all_sure(ends) and len(target.rivals(store.name, point)) < 2
    return Fork(store, kind, node, ends, heads=left, sure=sure)


# -- streams and one another


def _of_several(target: TargetGraph, store: Store, deltas: Sequence[StoreDelta]) -> Iterator[Fork]:
    """Yield one fork for each point at which streams part that would not without one another."""
    by_point: defaultdict[Key | None, list[Parting]] = defaultdict(list)
    for parting in partings(target, deltas):
        by_point[parting.point].append(parting)
    by_stream = {delta.stream: delta for delta in deltas}
    for point, group in sorted(by_point.items(), key=lambda item: item[0] or ()):
        yield _fork_at(target, store, by_stream, point, group)


def _fork_at(
    target: TargetGraph,
    store: Store,
    deltas: Mapping[str, StoreDelta],
    point: Key | None,
    group: Sequence[Parting],
) -> Fork:
    """Return the fork of all partings at one point; `deltas` are by stream."""
    ends = {end for parting in group for end in parting.ends}
    # The stream that brings the point itself comes first: without it the others cannot land.
    ordered = sorted(ends, key=lambda end: (point not in deltas[end[0]].added, end))
    built = tuple(chains.chain_to(deltas[stream], head, point) for stream, head in ordered)
    apart = tuple(sorted({(parting.first, parting.second) for parting in group}))
    node = _point_node(target, deltas.values(), point)
    kind = chains.kind(built, point)
    sure = chains.all_sure(built) and (kind != "squash" or _always_fail(target, store, deltas, apart))
    return Fork(store, kind, node, built, apart, sure=sure)


def _always_fail(
    target: TargetGraph, store: Store, deltas: Mapping[str, StoreDelta], apart: Iterable[tuple[str, str]]
) -> bool:
    """Return whether squashes that overlap fail whichever of them comes first."""
    count = max(1, len(target.heads(store.name)))
    return all(
        tool(store.tool).always_fails(_landed(target, store, [deltas[first], deltas[second]]), count)
        for first, second in apart
    )


def _landed(target: TargetGraph, store: Store, deltas: Sequence[StoreDelta]) -> Nodes:
    """Return the store's migrations once these streams have landed."""
    taken = {key for delta in deltas for key in delta.taken}
    nodes = {key: node for key, node in target.nodes.items() if key.store == store.name and key not in taken}
    return nodes | {key: node for delta in deltas for key, node in delta.added.items()}


def _point_node(target: TargetGraph, deltas: Iterable[StoreDelta], key: Key | None) -> Node | None:
    """Return the migration of a fork point, which a stream may bring."""
    if key is None:
        return None
    brought = (delta.added[key] for delta in deltas if key in delta.added)
    return target.nodes.get(key) or next(brought, None)
