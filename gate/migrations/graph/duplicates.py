"""Migrations that cannot be distinguished: one revision, file, version or label for two of them."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from gate.migrations.graph.target_graph import added, removed, touching
from gate.model.collisions import DuplicateMigration

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from gate.migrations.graph.target_graph import Nodes, TargetGraph
    from gate.model.collisions import Fork
    from gate.model.migrations import Delta, Key, Node, OrderKey, Store


def duplicates(
    target: TargetGraph, streams: Sequence[Delta], forks: Sequence[Fork]
) -> tuple[DuplicateMigration, ...]:
    """Return those of single streams, then those of pairs; equal numbers only where no fork says more."""
    forked = {(fork.store.name, pair) for fork in forks for pair in (*fork.apart, fork.streams)}
    every: list[DuplicateMigration] = []
    for name, deltas in touching(streams).items():
        store = target.stores[name]
        for delta in deltas:
            every += _of_one(target, store, delta, numbers=(name, (delta.stream,)) not in forked)
        for first, second in combinations(deltas, 2):
            numbers = (name, (first.stream, second.stream)) not in forked
            every += _of_two(store, first, second, numbers=numbers)
    return tuple(every)


def _added_to(store: Store, delta: Delta) -> Nodes:
    return {key: node for key, node in added(delta).items() if key.store == store.name}


# -- one stream, and the target


def _of_one(
    target: TargetGraph, store: Store, delta: Delta, *, numbers: bool
) -> Iterator[DuplicateMigration]:
    for node, twin in delta.repeated:
        if node.key.store == store.name:
            second = "" if _is_targets(target, node) else delta.stream
            same = node.content == twin.content
            yield DuplicateMigration(store, "id", node.id, delta.stream, second, (twin, node), same=same)
    fresh, taken = _added_to(store, delta), removed(delta)
    yield from _names_of_one(target, store, delta, fresh, taken)
    for node in fresh.values() if numbers else ():
        for twin in target.by_order.get((store.name, node.order_key), ())[:1]:
            stays = twin.key not in fresh and twin.key not in taken
            if stays and node.key not in twin.replaces and twin.key not in node.replaces:
                yield _of_order(store, delta.stream, "", node, twin)


def _is_targets(target: TargetGraph, node: Node) -> bool:
    """Return whether the target has this migration in this file."""
    original = target.nodes.get(node.key)
    return original is not None and (original.path, original.content) == (node.path, node.content)


def _names_of_one(
    target: TargetGraph, store: Store, delta: Delta, fresh: Nodes, taken: Collection[Key]
) -> Iterator[DuplicateMigration]:
    """Yield names of an ordered store, or branch labels, that the target has already, or a stream gives two."""
    if not any(node.labels for node in fresh.values()):
        return
    kind = _label_kind(store)
    holders = {
        label: node
        for key, node in target.nodes.items()
        if key.store == store.name and key not in fresh and key not in taken
        for label in node.labels
    }
    labelled: set[Key] = set()
    for node in fresh.values():
        for label in node.labels:
            if label in holders and _share_label(kind, holders[label], node):
                second = delta.stream if holders[label].key in labelled else ""
                yield DuplicateMigration(store, kind, label, delta.stream, second, (node, holders[label]))
            elif kind == "label":
                holders[label] = node
                labelled.add(node.key)


def _label_kind(store: Store) -> Literal["label", "name"]:
    return "label" if store.model == "graph" else "name"


def _share_label(kind: Literal["label", "name"], node: Node, twin: Node) -> bool:
    """Return whether one label of two migrations is a collision: names of one version are, by their version."""
    return kind == "label" or node.order_key != twin.order_key


# -- two streams


def _of_two(store: Store, first: Delta, second: Delta, *, numbers: bool) -> Iterator[DuplicateMigration]:
    ours, theirs = _added_to(store, first), _added_to(store, second)
    pair = (first.stream, second.stream)
    for key in sorted(ours.keys() & theirs.keys()):
        node, twin = ours[key], theirs[key]
        if node.path == twin.path and node.blob == twin.blob:
            continue
        whole = node.path == twin.path and not node.digest
        kind: Literal["id", "file"] = "file" if whole else "id"
        value = node.path if whole else key.id
        same = node.content == twin.content
        yield DuplicateMigration(store, kind, value, *pair, (node, twin), same=same)
    only_first = [node for key, node in ours.items() if key not in theirs]
    only_second = [node for key, node in theirs.items() if key not in ours]
    yield from _names_of_two(store, pair, only_first, only_second)
    if numbers:
        for node, twin in _of_one_order_key(only_first, only_second):
            yield _of_order(store, *pair, node, twin)


def _names_of_two(
    store: Store, pair: tuple[str, str], first: Sequence[Node], second: Sequence[Node]
) -> Iterator[DuplicateMigration]:
    kind = _label_kind(store)
    holders = {label: node for node in first for label in node.labels}
    for node in second:
        for label in node.labels:
            if label in holders and _share_label(kind, holders[label], node):
                yield DuplicateMigration(store, kind, label, *pair, (holders[label], node))


def _of_order(store: Store, first: str, second: str, node: Node, twin: Node) -> DuplicateMigration:
    kind: Literal["key", "number"] = "key" if store.model == "ordered" else "number"
    value = ".".join(map(str, node.order_key))
    same = node.content == twin.content
    return DuplicateMigration(store, kind, value, first, second, (node, twin), same=same)


def _of_one_order_key(first: Iterable[Node], second: Iterable[Node]) -> Iterator[tuple[Node, Node]]:
    """Yield pairs with one order key, each of the second with the first of the others that has it."""
    by_key: defaultdict[OrderKey, list[Node]] = defaultdict(list)
    for node in sorted(first, key=lambda node: node.path):
        if node.order_key:
            by_key[node.order_key].append(node)
    for node in sorted(second, key=lambda node: node.path):
        for twin in by_key.get(node.order_key, ())[:1]:
            yield twin, node
