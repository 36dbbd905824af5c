"""A graph with its squashes, and without: what a squash stands for is decided by the database.

Django lets a squash stand where all or none of what it replaces has been applied. Where a part has been, the squash
does not count, and what follows it follows the last of what it replaces: `MigrationGraph.remove_replacement_node`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gate.migrations.graph.target_graph import removed, squashed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.model.collisions import Fork
    from gate.model.migrations import Delta, Key, Node

Squashes = dict["Key", "tuple[Key, ...]"]
"""Squashes that a database may have in part, each with the last of what it replaces."""


def in_part(nodes: Sequence[Node], deltas: Sequence[Delta]) -> Squashes:
    """Return those of which a part may have been applied: of several migrations, all of whose files exist and stay."""
    every = {node.key: node for node in (*(node for delta in deltas for node in delta.added), *nodes)}
    staying = every.keys() - removed(*deltas)
    squashes = {key: node for key, node in every.items() if len(set(node.replaces) - {key}) > 1}
    return {key: _last(node, every) for key, node in squashes.items() if staying.issuperset(node.replaces)}


def _last(squash: Node, every: Mapping[Key, Node]) -> tuple[Key, ...]:
    """Return those of the replaced migrations that no other of them follows."""
    followed = {parent for old in squash.replaces for parent in every[old].own_parents}
    return tuple(old for old in squash.replaces if old not in followed)


def without(nodes: Iterable[Node], squashes: Squashes) -> tuple[Node, ...]:
    """Return the migrations of the squashes' stores without these; what follows one follows what it replaces."""
    stores = {key.store for key in squashes}
    return tuple(
        _behind(node, squashes) for node in nodes if node.key.store in stores and node.key not in squashes
    )


def _behind(node: Node, squashes: Squashes) -> Node:
    """Return a migration with what its squashed parents stand for in place of these."""
    if squashes.keys().isdisjoint(node.parents):
        return node
    parents = dict.fromkeys(old for key in node.parents for old in _replaced(key, squashes))
    return replace(node, parents=tuple(parents))


def _replaced(squash: Key, squashes: Squashes) -> Iterator[Key]:
    """Yield the last migrations that a squash stands for, through squashes of squashes."""
    queue, seen = [squash], {squash}
    for key in queue:
        if key not in squashes:
            yield key
        fresh = [old for old in squashes.get(key, ()) if old not in seen]
        seen.update(fresh)
        queue += fresh


def unsquashed(nodes: Mapping[Key, Node], squashes: Squashes) -> dict[Key, Node]:
    """Return all of the migrations without these squashes; what follows one follows what it replaces."""
    return {key: _behind(node, squashes) for key, node in nodes.items() if key not in squashes}


def overlapping(nodes: Iterable[Node]) -> bool:
    """Return whether several squashes replace one migration."""
    replaces = [old for node in nodes for old in set(node.replaces)]
    return len(set(replaces)) < len(replaces)


def standing(nodes: Mapping[Key, Node]) -> dict[Key, Node]:
    """Return the migrations with each squash in the place of what it replaces: it waits for all that those wait for."""
    stands = squashed(nodes.values())
    members: dict[Key, list[Node]] = {}
    for old, key in stands.items():
        members.setdefault(key, []).extend([nodes[old]] if old in nodes else [])
    return {
        key: _in_place(node, members.get(key, ()), stands) for key, node in nodes.items() if key not in stands
    }


def _in_place(node: Node, members: Sequence[Node], stands: Mapping[Key, Key]) -> Node:
    """Return a migration with the parents, and those it comes before, as squashes have them; naming itself stays.

    `members` are what it replaces, `stands` has the squash of each replaced migration.
    """

    def standing_keys(keys: Iterable[Key]) -> tuple[Key, ...]:
        outside = (key for key in keys if key == node.key or stands.get(key) != node.key)
        return tuple(dict.fromkeys(stands.get(key, key) for key in outside))

    parents = (key for member in (node, *members) for key in member.parents)
    run_before = (key for member in (node, *members) for key in member.run_before)
    return replace(node, parents=standing_keys(parents), run_before=standing_keys(run_before))


def changed(deltas: Iterable[Delta], squashes: Squashes) -> tuple[Delta, ...]:
    """Return what streams do where these squashes do not count."""
    return tuple(
        replace(
            delta,
            added=without(delta.added, squashes),
            removed=without(delta.removed, squashes),
            repeated=(),
        )
        for delta in deltas
    )


def together(standing: Sequence[Fork], apart: Sequence[Fork], squashes: Squashes) -> tuple[Fork, ...]:
    """Return the forks where squashes stand, with those of where some do not (`apart`); each says which it is."""
    stores = {key.store for key in squashes}
    in_standing, in_apart = _names(standing), _names(apart)
    first = (
        replace(fork, state="stands")
        if fork.store.name in stores and not in_apart.issuperset(_names_of(fork))
        else fork
        for fork in standing
    )
    return (*first, *(kept for fork in apart for kept in _only(fork, in_standing)))


def _only(fork: Fork, names: set[tuple[str, ...]]) -> Iterator[Fork]:
    """Yield a fork without the pairs whose names are reported already, if anything is left."""
    if not fork.apart:
        if not names.intersection(_names_of(fork)):
            yield replace(fork, state="partly")
        return
    apart = tuple(pair for pair in fork.apart if (fork.store.name, *pair) not in names)
    streams = {name for pair in apart for name in pair}
    chains = tuple(chain for chain in fork.chains if chain.stream in streams)
    if apart:
        yield replace(fork, apart=apart, chains=chains, state="partly")


def _names(forks: Iterable[Fork]) -> set[tuple[str, ...]]:
    return {name for fork in forks for name in _names_of(fork)}


def _names_of(fork: Fork) -> list[tuple[str, ...]]:
    """Return what a fork is known by: its store with each pair, or with the one stream."""
    return [(fork.store.name, *pair) for pair in fork.apart or (fork.streams,)]
