"""A graph with its squashes, and without: what a squash stands for is decided by the database.

Django lets a squash stand where all or none of what it replaces has been applied. Where a part has been, the squash
does not count, and what follows it follows the last of what it replaces: `MigrationGraph.remove_replacement_node`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gate.migrations.graph.graph import replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.model.collisions import Fork
    from gate.model.migrations import Delta, Key, Node

Squashes = dict["Key", "tuple[Key, ...]"]
"""Squashes that a database may have in part, each with the last of what it replaces."""


def in_part(nodes: Sequence[Node], deltas: Sequence[Delta]) -> Squashes:
    """Those of which a part may have been applied: several migrations, all of whose files are there and stay."""
    every = {node.key: node for node in (*(one for each in deltas for one in each.added), *nodes)}
    gone = {node.key for delta in deltas for node in delta.removed}
    there = every.keys() - gone
    found = {key: node for key, node in every.items() if len(set(node.replaces) - {key}) > 1}
    return {key: _last(node, every) for key, node in found.items() if there.issuperset(node.replaces)}


def _last(squash: Node, every: Mapping[Key, Node]) -> tuple[Key, ...]:
    followed = {parent for old in squash.replaces for parent in every[old].own_parents}
    return tuple(old for old in squash.replaces if old not in followed)


def without(nodes: Iterable[Node], squashes: Squashes) -> tuple[Node, ...]:
    """The migrations of the squashes' stores, what follows a squash following what it replaces."""
    stores = {key.store for key in squashes}
    return tuple(
        _behind(node, squashes) for node in nodes if node.key.store in stores and node.key not in squashes
    )


def _behind(node: Node, squashes: Squashes) -> Node:
    if squashes.keys().isdisjoint(node.parents):
        return node
    parents = dict.fromkeys(old for key in node.parents for old in _meant(key, squashes))
    return replace(node, parents=tuple(parents))


def _meant(key: Key, squashes: Squashes) -> Iterator[Key]:
    """What a squash stands for, through squashes of squashes."""
    queue, seen = [key], {key}
    for one in queue:
        if one not in squashes:
            yield one
        fresh = [old for old in squashes.get(one, ()) if old not in seen]
        seen.update(fresh)
        queue += fresh


def unsquashed(nodes: Mapping[Key, Node], squashes: Squashes) -> dict[Key, Node]:
    """All of the migrations without these squashes, what follows one following what it replaces."""
    return {key: _behind(node, squashes) for key, node in nodes.items() if key not in squashes}


def overlapping(nodes: Iterable[Node]) -> bool:
    """Whether several squashes replace one migration."""
    replaces = [old for node in nodes for old in set(node.replaces)]
    return len(set(replaces)) < len(replaces)


def standing(nodes: Mapping[Key, Node]) -> dict[Key, Node]:
    """The migrations with each squash in the place of what it replaces: it waits for all that those wait for."""
    stands = replaced(nodes.values())
    members: dict[Key, list[Node]] = {}
    for old, key in stands.items():
        members.setdefault(key, []).extend([nodes[old]] if old in nodes else [])
    return {
        key: _in_place(node, members.get(key, ()), stands) for key, node in nodes.items() if key not in stands
    }


def _in_place(node: Node, members: Sequence[Node], stands: Mapping[Key, Key]) -> Node:
    """A migration with the parents, and those it comes before, as squashes have them; that it names itself stays."""

    def meant(keys: Iterable[Key]) -> tuple[Key, ...]:
        inside = (key for key in keys if key == node.key or stands.get(key) != node.key)
        return tuple(dict.fromkeys(stands.get(key, key) for key in inside))

    parents = (key for one in (node, *members) for key in one.parents)
    run_before = (key for one in (node, *members) for key in one.run_before)
    return replace(node, parents=meant(parents), run_before=meant(run_before))


def changed(deltas: Iterable[Delta], squashes: Squashes) -> tuple[Delta, ...]:
    """What streams do where these squashes do not count."""
    return tuple(
        replace(
            delta, added=without(delta.added, squashes), removed=without(delta.removed, squashes), repeated=()
        )
        for delta in deltas
    )


def together(standing: Sequence[Fork], apart: Sequence[Fork], squashes: Squashes) -> tuple[Fork, ...]:
    """The forks where squashes stand, with those that are there only where some do not; each says which it is."""
    stores = {key.store for key in squashes}
    has, lacks = _told(standing), _told(apart)
    first = (
        replace(fork, state="stands")
        if fork.store.name in stores and not lacks.issuperset(_of(fork))
        else fork
        for fork in standing
    )
    return (*first, *(kept for fork in apart for kept in _only(fork, has)))


def _only(fork: Fork, known: set[tuple[str, ...]]) -> Iterator[Fork]:
    """A fork without what is told of its streams already."""
    if not fork.apart:
        if not known.intersection(_of(fork)):
            yield replace(fork, state="partly")
        return
    apart = tuple(pair for pair in fork.apart if (fork.store.name, *pair) not in known)
    streams = {name for pair in apart for name in pair}
    chains = tuple(chain for chain in fork.chains if chain.stream in streams)
    if apart:
        yield replace(fork, apart=apart, chains=chains, state="partly")


def _told(forks: Iterable[Fork]) -> set[tuple[str, ...]]:
    return {told for fork in forks for told in _of(fork)}


def _of(fork: Fork) -> list[tuple[str, ...]]:
    """What a fork is known by: its store with each pair, or with the one stream."""
    return [(fork.store.name, *pair) for pair in fork.apart or (fork.streams,)]
