"""Heads: where the migrations of streams part from one another, or a stream's own from the target's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from gate.migrations.graph import chains
from gate.migrations.graph.graph import above, added, children, final, gone, replaced, touching
from gate.migrations.tools import tool
from gate.model.collisions import Fork

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gate.migrations.graph.graph import Nodes, TargetGraph
    from gate.model.migrations import Delta, Key, Node, Store


Tops = dict["Key", "set[Key]"]
"""Heads that no label sets apart, each with what its chain starts from."""


@dataclass(frozen=True, slots=True)
class Work:
    """What one stream does in one store."""

    stream: str
    added: Nodes
    gone: frozenset[Key]
    """What the target has and it takes away, or puts on other parents."""
    replaced: Mapping[Key, Key]
    followed: frozenset[Key]
    """What its migrations follow."""
    tops: Tops
    plain: bool
    """It squashes nothing."""


Parting = tuple["Key | None", str, str, "Key", "Key"]
"""The fork point, two streams, and the head of each."""


def forks(ground: TargetGraph, streams: Sequence[Delta]) -> tuple[Fork, ...]:
    """Every fork that landing the streams makes, those of single streams first in each store."""
    found: list[Fork] = []
    for name, deltas in touching(streams).items():
        store = ground.stores[name]
        if store.model != "graph":
            continue
        works = [_work(ground, name, delta) for delta in deltas]
        for work in works:
            found += _of_one(ground, store, work)
        found += _between(ground, store, works)
    return tuple(found)


def _work(ground: TargetGraph, store: str, delta: Delta) -> Work:
    mine = {
        key: node
        for key, node in added(delta).items()
        if key.store == store and _within(node) != _within(ground.nodes.get(key))
    }
    stands = ground.replaced | replaced(mine.values())
    taken = frozenset(gone(delta) | (mine.keys() & ground.nodes.keys()))
    return Work(
        stream=delta.stream,
        added=mine,
        gone=taken,
        replaced=stands,
        followed=frozenset(children(mine.values(), stands)),
        tops=_tops(ground, mine, {}, taken, stands, stands),
        plain=not any(node.replaces for node in mine.values()),
    )


def _within(node: Node | None) -> tuple[object, ...]:
    """What says a migration's place in its own store: other stores' may change without harm to its heads."""
    if node is None:
        return ()
    before = (key for key in node.run_before if key.store == node.key.store)
    return tuple(map(frozenset, (node.own_parents, node.replaces, node.labels, before)))


def _heads(
    ground: TargetGraph, nodes: Nodes, others: Nodes, taken: Collection[Key], stands: Mapping[Key, Key]
) -> list[Key]:
    """Which of `nodes` nothing follows, once `others` are there too. What follows itself is no head: it is a circle."""
    followed = children((nodes | others).values(), stands)

    def goes_on(key: Key) -> bool:
        known = (child for one in (key, *nodes[key].replaces) for child in ground.children.get(one, ()))
        return bool(followed.get(key)) or any(child not in stands and child not in taken for child in known)

    return sorted(
        key for key in nodes if key not in stands and key not in nodes[key].own_parents and not goes_on(key)
    )


# -- one stream and the target


def _of_one(ground: TargetGraph, store: Store, work: Work) -> list[Fork]:
    """The forks of one stream. Where it re-parents what the target has, only counting all heads tells."""
    found = list(_own(ground, store, work))
    moved = sorted(work.added.keys() & work.gone)
    if not moved:
        return found
    nodes = {
        key: node for key, node in ground.nodes.items() if key.store == store.name and key not in work.gone
    }
    after = children((nodes | work.added).values(), work.replaced)
    everything = nodes | work.added
    heads = sorted(key for key in everything if key not in work.replaced and not after.get(key))
    if len(heads) <= len(ground.heads(store.name)):
        return []
    point = next(iter(work.added[moved[0]].own_parents), None)
    one = replace(_alone(ground, store, work, point, moved[:1]), kind="moved")
    return found or [replace(one, heads=tuple(everything[key] for key in heads))]


def _own(ground: TargetGraph, store: Store, work: Work) -> Iterator[Fork]:
    """Heads a stream adds beyond those the target has: it forks by itself, or the target has moved on."""
    tops = ground.heads(store.name)
    by_point: defaultdict[Key | None, list[Key]] = defaultdict(list)
    for head in _heads(ground, work.added, {}, work.gone, work.replaced):
        chain, edge = above([head], work.added, work.replaced)
        known = {final(ground.replaced, key) for key in edge if key in ground.nodes}
        if any(work.added[key].labels for key in chain) or edge - known - ground.nodes.keys():
            continue  # a branch that is meant, or a chain whose parents are not known
        on_top = {key for key in known if ground.is_head(key, work.gone, {})}
        if on_top:
            for key in on_top:
                by_point[key].append(head)
        elif known:
            yield _alone(ground, store, work, max(known), [head])
        elif not _apart(ground, store, [work.added[key] for key in chain]):
            by_point[None].append(head)
    for point, heads in sorted(by_point.items(), key=lambda one: one[0] or ()):
        if len(heads) > 1 or (point is None and tops):
            yield _alone(ground, store, work, point, heads)


def _apart(ground: TargetGraph, store: Store, chain: Sequence[Node]) -> bool:
    """Whether a new base lies in a folder where the target has none of this store's migrations."""
    folders = {node.path.rpartition("/")[0] for key, node in ground.nodes.items() if key.store == store.name}
    return bool(folders) and not folders & {node.path.rpartition("/")[0] for node in chain}


def _alone(ground: TargetGraph, store: Store, work: Work, point: Key | None, heads: Sequence[Key]) -> Fork:
    remaining = tuple(node for node in ground.heads(store.name) if node.key not in work.gone | work.followed)
    node = ground.nodes.get(point) if point else None
    told = tuple(chains.chain(work, head) for head in heads)
    kind: Literal["heads", "base"] = "heads" if point else "base"
    # Where the target has several heads already, its people may live with them.
    sure = chains.sure(told) and len(ground.rivals(store.name, point)) < 2
    return Fork(store, kind, node, told, heads=remaining, sure=sure)


# -- streams and one another


def _between(ground: TargetGraph, store: Store, works: Sequence[Work]) -> Iterator[Fork]:
    """One fork for each point at which streams part that would not without one another."""
    by_point: defaultdict[Key | None, list[Parting]] = defaultdict(list)
    for one, other in combinations(works, 2):
        for parting in list(_partings(ground, one, other)) or _squashing(one, other):
            if not any(_heals(work, parting) for work in works):
                by_point[parting[0]].append(parting)
    known = {work.stream: work for work in works}
    for point, partings in sorted(by_point.items(), key=lambda one: one[0] or ()):
        yield _together(ground, store, known, point, partings)


def _partings(ground: TargetGraph, one: Work, other: Work) -> Iterator[Parting]:
    both = one.added.keys() & other.added.keys()
    shared = {key: node for key, node in one.added.items() if key in both}
    ours, others = _tops_of_both(ground, one, other, shared)
    follow = children(shared.values(), one.replaced) if shared else {}
    for head, edge in ours.items():
        for top, edge_of_top in others.items():
            if not edge and not edge_of_top:
                if not ground.heads(head.store) and not shared:
                    yield None, one.stream, other.stream, head, top
                continue
            # where one of them forks alone, that is its own
            points = {
                point
                for point in edge & edge_of_top
                if (point in ground.nodes or point in shared)
                and all(ground.is_head(point, work.gone, follow) for work in (one, other))
            }
            points = (
                points or _amid(ground, one, edge, other, top) or _amid(ground, other, edge_of_top, one, head)
            )
            if points:
                yield min(points), one.stream, other.stream, head, top


def _amid(ground: TargetGraph, one: Work, edge: set[Key], other: Work, top: Key) -> set[Key]:
    """What `one` follows of the migrations the other brings, or changes, and has itself gone on from to `top`."""
    amid = edge & (other.added.keys() - one.added.keys())
    if not amid:
        return amid
    chain, _ = above([top], other.added, other.replaced)
    return {
        key
        for key in amid.intersection(chain)
        if key not in ground.nodes or ground.is_head(key, one.gone, {})
    }


def _tops_of_both(ground: TargetGraph, one: Work, other: Work, shared: Nodes) -> tuple[Tops, Tops]:
    """The heads of what each of two streams has for itself, once the other's migrations are there too."""
    apart = not (shared or one.followed & other.added.keys() or other.followed & one.added.keys())
    if apart and one.plain and other.plain:
        return one.tops, other.tops
    mine, theirs = (
        {key: node for key, node in work.added.items() if key not in shared} for work in (one, other)
    )
    stands = dict(one.replaced) | dict(other.replaced)
    taken = one.gone | other.gone
    return (
        _tops(ground, mine, theirs | shared, taken, stands, one.replaced),
        _tops(ground, theirs, mine | shared, taken, stands, other.replaced),
    )


def _squashing(one: Work, other: Work) -> Iterator[Parting]:
    """Squashes of the same migrations: one takes their place, and nothing follows the other."""
    for first in one.added.values():
        for second in other.added.values():
            both = set(first.replaces).intersection(second.replaces)
            if both and first.key != second.key:
                yield max(both), one.stream, other.stream, first.key, second.key


def _tops(
    ground: TargetGraph,
    nodes: Nodes,
    others: Nodes,
    taken: Collection[Key],
    stands: Mapping[Key, Key],
    own: Mapping[Key, Key],
) -> dict[Key, set[Key]]:
    """The heads among these that no label sets apart, each with what its chain starts from.

    `stands` holds the squashes of both streams, `own` those of the one whose `nodes` these are.
    """
    found = {}
    for head in _heads(ground, nodes, others, taken, stands):
        chain, edge = above([head], nodes, own)
        if not any(nodes[key].labels for key in chain):
            found[head] = {final(ground.replaced, key) for key in edge}
    return found


def _heals(work: Work, parting: Parting) -> bool:
    """Whether a stream has a migration after both heads."""
    _, _, _, one, other = parting
    return {one, other} <= work.followed


def _together(
    ground: TargetGraph,
    store: Store,
    works: Mapping[str, Work],
    point: Key | None,
    partings: Sequence[Parting],
) -> Fork:
    found = {(stream, head) for parting in partings for stream, head in (parting[1::2], parting[2::2])}
    # who brings the point itself comes first: without it the others cannot land
    heads = sorted(found, key=lambda one: (point not in works[one[0]].added, one))
    told = tuple(chains.chain(works[stream], head, point) for stream, head in heads)
    apart = tuple(sorted({(parting[1], parting[2]) for parting in partings}))
    node = _node(ground, works.values(), point)
    kind = chains.kind(told, point)
    sure = chains.sure(told) and (kind != "squash" or _in_any_order(ground, store, works, apart))
    return Fork(store, kind, node, told, apart, sure=sure)


def _in_any_order(
    ground: TargetGraph, store: Store, works: Mapping[str, Work], apart: Iterable[tuple[str, str]]
) -> bool:
    """Whether squashes that overlap fail whichever of them comes first."""
    heads = max(1, len(ground.heads(store.name)))
    return all(
        tool(store.tool).always_fails(_landed(ground, store, (works[one], works[other])), heads)
        for one, other in apart
    )


def _landed(ground: TargetGraph, store: Store, works: Sequence[Work]) -> Nodes:
    """The store's migrations once several streams have landed."""
    gone = {key for work in works for key in work.gone}
    known = {key: node for key, node in ground.nodes.items() if key.store == store.name and key not in gone}
    return known | {key: node for work in works for key, node in work.added.items()}


def _node(ground: TargetGraph, works: Iterable[Work], key: Key | None) -> Node | None:
    if key is None:
        return None
    found = (work.added[key] for work in works if key in work.added)
    return ground.nodes.get(key) or next(found, None)
