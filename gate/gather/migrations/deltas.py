"""What a stream does to the migrations of the target where it lands alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.model.migrations import Delta

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.model.migrations import Key, Node

Place = tuple[str, str]
"""A path and its blob."""
Nodes = dict[Place, tuple["Node", ...]]
"""The migrations of each file, in the order of its text."""


@dataclass(frozen=True, slots=True)
class Before:
    """The target's migrations by key; more than one has a key only where the target is broken already."""

    blobs: Mapping[str, str]
    nodes: Mapping[Key, Sequence[Node]]

    @classmethod
    def of(cls, blobs: Mapping[str, str], nodes: Sequence[Node]) -> Before:
        """The target's blobs by path, and its migrations."""
        found: defaultdict[Key, list[Node]] = defaultdict(list)
        for node in nodes:
            found[node.key].append(node)
        return cls(blobs, found)

    def at(self, path: str, key: Key) -> list[Node]:
        """The target's migrations of one key in one file."""
        return [node for node in self.nodes.get(key, ()) if node.path == path]

    def had_both(self, node: Node, other: Node) -> bool:
        """Whether the target has two migrations of its files as one already."""
        if node.path == other.path:
            return len(self.at(node.path, node.key)) > 1
        return all(self.at(one.path, node.key) for one in (node, other))

    def first(self, one: Node, other: Node) -> tuple[Node, Node]:
        """Two that are there as one, the target's own before what is new."""
        contents = {node.content for node in self.nodes.get(one.key, ())}
        return (other, one) if other.content in contents and one.content not in contents else (one, other)


def delta(stream: str, files: Mapping[str, str], before: Before, nodes: Nodes) -> Delta:
    """What changes when one stream lands, by key: moving a file, or changing what it does, is nothing."""
    changed = {path: blob for path, blob in sorted(files.items()) if before.blobs.get(path) != blob}
    there = [node for file in changed.items() for node in nodes.get(file, ())]
    added: list[Node] = []
    twice: list[tuple[Node, Node]] = []
    seen: defaultdict[Key, list[Node]] = defaultdict(list)
    for node in there:
        known = before.nodes.get(node.key, ())
        twins = [*(one for one in known if one.path not in changed), *seen[node.key]]
        twice += [before.first(one, node) for one in twins if not before.had_both(node, one)]
        if not known or (not twins and _place(known[0]) != _place(node)):
            added.append(node)
        seen[node.key].append(node)
    return Delta(
        stream,
        tuple(added),
        tuple(_gone(changed, before, nodes, seen)),
        tuple(twice),
        tuple(node for node in there if _is_edited(node, before, seen[node.key])),
    )


def _gone(
    changed: Mapping[str, str], before: Before, nodes: Nodes, stay: Mapping[Key, Sequence[Node]]
) -> Iterator[Node]:
    """What changed files had, and nothing has any more."""
    lost = (node for path in changed for node in nodes.get((path, before.blobs.get(path, "")), ()))
    for key, node in {node.key: node for node in lost}.items():
        if not stay.get(key) and all(one.path in changed for one in before.nodes[key]):
            yield node


def _is_edited(node: Node, before: Before, now: Sequence[Node]) -> bool:
    """Whether the target has this migration in this file, and with another text than all that it is `now`."""
    known = {one.content for one in before.at(node.path, node.key)}
    there = {one.content for one in now if one.path == node.path}
    return bool(node.order_key and known) and not node.free and not known & there


def _place(node: Node) -> tuple[object, ...]:
    """What of a migration makes the graph."""
    named = (node.parents, node.soft_parents, node.replaces, node.run_before, node.labels)
    return (*map(frozenset, named), node.order_key)
