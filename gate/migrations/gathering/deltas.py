"""What a stream does to the migrations of the target where it lands alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.model.migrations import Delta

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.model.migrations import Key, Node

Place = tuple[str, str]
"""A path and its blob."""
Nodes = dict[Place, tuple["Node", ...]]
"""The migrations of each file, in the order of its text."""
_NONE: Counter[str] = Counter()


@dataclass(frozen=True, slots=True)
class Before:
    """The target's migrations by key; more than one has a key only where the target is broken already."""

    blobs: Mapping[str, str]
    nodes: Mapping[Key, Sequence[Node]]
    contents: Mapping[tuple[str, Key], Counter[str]]
    """What each file has under each key."""

    @classmethod
    def of(cls, blobs: Mapping[str, str], nodes: Sequence[Node]) -> Before:
        """The target's blobs by path, and its migrations."""
        found: defaultdict[Key, list[Node]] = defaultdict(list)
        for node in nodes:
            found[node.key].append(node)
        return cls(blobs, found, _contents(nodes))

    def had_both(self, node: Node, other: Node) -> bool:
        """Whether the target has two migrations of its files as one already."""
        if node.path == other.path:
            return self.contents.get((node.path, node.key), _NONE).total() > 1
        return all((one.path, node.key) in self.contents for one in (node, other))

    def first(self, one: Node, other: Node) -> tuple[Node, Node]:
        """Two that are there as one, the target's own before what is new."""
        known = self.contents.get((other.path, other.key), _NONE)
        return (other, one) if other.content in known and one.content not in known else (one, other)


def delta(stream: str, files: Mapping[str, str], before: Before, nodes: Nodes) -> Delta:
    """What changes when one stream lands, by key: moving a file, or changing what it does, is nothing."""
    changed = {path: blob for path, blob in sorted(files.items()) if before.blobs.get(path) != blob}
    there = [node for file in changed.items() for node in nodes.get(file, ())]
    added: list[Node] = []
    twice: list[tuple[Node, Node]] = []
    seen: defaultdict[Key, list[Node]] = defaultdict(list)
    for node in there:
        known = before.nodes.get(node.key, ())
        if node.digest and len(seen[node.key]) > 1:
            continue  # one pair tells that parts are there more than once, however often they are
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
        tuple(_edited(there, before)),
    )


def _gone(
    changed: Mapping[str, str], before: Before, nodes: Nodes, stay: Mapping[Key, Sequence[Node]]
) -> Iterator[Node]:
    """What changed files had, and nothing has any more."""
    lost = (node for path in changed for node in nodes.get((path, before.blobs.get(path, "")), ()))
    for key, node in {node.key: node for node in lost}.items():
        if not stay.get(key) and all(one.path in changed for one in before.nodes[key]):
            yield node


def _edited(there: Sequence[Node], before: Before) -> Iterator[Node]:
    """What the target has in the same file, with another text than all that is there now."""
    now = _contents(there)
    for node in there:
        place = (node.path, node.key)
        known = before.contents.get(place)
        if node.order_key and not node.may_change and known and not known & now[place]:
            yield node


def _contents(nodes: Iterable[Node]) -> dict[tuple[str, Key], Counter[str]]:
    found: defaultdict[tuple[str, Key], Counter[str]] = defaultdict(Counter)
    for node in nodes:
        found[node.path, node.key][node.content] += 1
    return dict(found)


def _place(node: Node) -> tuple[object, ...]:
    """What of a migration makes the graph."""
    named = (node.parents, node.soft_parents, node.replaces, node.run_before, node.labels)
    return (*map(frozenset, named), node.order_key)
