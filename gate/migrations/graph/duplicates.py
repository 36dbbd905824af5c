"""Migrations that cannot be told apart: one revision, file, version or label for two of them."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from gate.migrations.graph.graph import added, touching
from gate.model.collisions import DuplicateMigration

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from gate.migrations.graph.graph import Nodes, TargetGraph
    from gate.model.collisions import Fork
    from gate.model.migrations import Delta, Key, Node, OrderKey, Store


def duplicates(
    ground: TargetGraph, streams: Sequence[Delta], forks: Sequence[Fork]
) -> tuple[DuplicateMigration, ...]:
    """Those of single streams first, then those of pairs; equal numbers only where no fork says more."""
    forked = {(fork.store.name, pair) for fork in forks for pair in (*fork.apart, fork.streams)}
    found: list[DuplicateMigration] = []
    for name, deltas in touching(streams).items():
        store = ground.stores[name]
        for delta in deltas:
            found += _alone(ground, store, delta, numbers=(name, (delta.stream,)) not in forked)
        for one, other in combinations(deltas, 2):
            numbers = (name, (one.stream, other.stream)) not in forked
            found += _between(store, one, other, numbers=numbers)
    return tuple(found)


def _own(store: Store, delta: Delta) -> Nodes:
    return {key: node for key, node in added(delta).items() if key.store == store.name}


def _alone(ground: TargetGraph, store: Store, delta: Delta, *, numbers: bool) -> Iterator[DuplicateMigration]:
    for one, other in delta.repeated:
        if one.key.store == store.name:
            stream = "" if _is_known(ground, one) else delta.stream
            yield DuplicateMigration(
                store, "id", one.id, delta.stream, stream, (other, one), same=one.content == other.content
            )
    mine = _own(store, delta)
    gone = {node.key for node in delta.removed}
    yield from _named(ground, store, delta, mine, gone)
    for node in mine.values() if numbers else ():
        for twin in ground.by_order.get((store.name, node.order_key), ())[:1]:
            apart = twin.key not in mine and twin.key not in gone
            if apart and node.key not in twin.replaces and twin.key not in node.replaces:
                yield _keyed(store, delta.stream, "", node, twin)


def _is_known(ground: TargetGraph, node: Node) -> bool:
    """Whether the target has this migration in this file."""
    known = ground.nodes.get(node.key)
    return known is not None and (known.path, known.content) == (node.path, node.content)


def _named(
    ground: TargetGraph, store: Store, delta: Delta, mine: Nodes, gone: Collection[Key]
) -> Iterator[DuplicateMigration]:
    """Names of an ordered store, or branch labels, that the target has already, or a stream gives twice."""
    if not any(node.labels for node in mine.values()):
        return
    kind: Literal["label", "name"] = "label" if store.model == "graph" else "name"
    known = {
        label: node
        for key, node in ground.nodes.items()
        if key.store == store.name and key not in mine and key not in gone
        for label in node.labels
    }
    own: Nodes = {}
    for node in mine.values():
        for label in node.labels:
            if label in known and (kind == "label" or known[label].order_key != node.order_key):
                second = delta.stream if known[label].key in own else ""
                yield DuplicateMigration(store, kind, label, delta.stream, second, (node, known[label]))
            elif kind == "label":
                known[label] = own[node.key] = node


def _between(store: Store, one: Delta, other: Delta, *, numbers: bool) -> Iterator[DuplicateMigration]:
    mine, theirs = _own(store, one), _own(store, other)
    pair = (one.stream, other.stream)
    for key in sorted(mine.keys() & theirs.keys()):
        first, second = mine[key], theirs[key]
        if first.path == second.path and first.blob == second.blob:
            continue
        whole = first.path == second.path and not first.digest
        kind: Literal["id", "file"] = "file" if whole else "id"
        value = first.path if whole else key.id
        same = first.content == second.content
        yield DuplicateMigration(store, kind, value, *pair, (first, second), same=same)
    only = [node for key, node in mine.items() if key not in theirs]
    others = [node for key, node in theirs.items() if key not in mine]
    labels = {label: node for node in only for label in node.labels}
    named: Literal["label", "name"] = "label" if store.model == "graph" else "name"
    for node in others:
        for label in node.labels:
            if label in labels and (named == "label" or labels[label].order_key != node.order_key):
                yield DuplicateMigration(store, named, label, *pair, (labels[label], node))
    if numbers:
        for first, second in _same_keys(only, others):
            yield _keyed(store, *pair, first, second)


def _keyed(store: Store, first: str, second: str, one: Node, other: Node) -> DuplicateMigration:
    kind: Literal["key", "number"] = "key" if store.model == "ordered" else "number"
    value = ".".join(map(str, one.order_key))
    return DuplicateMigration(
        store, kind, value, first, second, (one, other), same=one.content == other.content
    )


def _same_keys(ones: Iterable[Node], others: Iterable[Node]) -> Iterator[tuple[Node, Node]]:
    """Pairs with one order key, the first of each."""
    known: defaultdict[OrderKey, list[Node]] = defaultdict(list)
    for node in sorted(ones, key=lambda one: one.path):
        if node.order_key:
            known[node.order_key].append(node)
    for node in sorted(others, key=lambda one: one.path):
        for twin in known.get(node.order_key, ())[:1]:
            yield twin, node
