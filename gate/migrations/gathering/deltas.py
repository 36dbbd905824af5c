"""What a stream does to the migrations of the target where it lands alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.model.migrations import Delta

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.migrations.gathering.target_tree import Place
    from gate.model.migrations import Key, Node

NodesByFile = dict["Place", tuple["Node", ...]]
"""The migrations of each file, in the order of its text."""
Contents = dict[tuple[str, "Key"], Counter[str]]
"""What files have under each key, and how often, by path and key."""
_NONE: Counter[str] = Counter()


@dataclass(frozen=True, slots=True)
class TargetMigrations:
    """The target's migrations by key; several have one key only where the target is broken already.

    `blobs` are by path.
    """

    blobs: Mapping[str, str]
    nodes: Mapping[Key, Sequence[Node]]
    contents: Contents

    @classmethod
    def of(cls, blobs: Mapping[str, str], nodes: Sequence[Node]) -> TargetMigrations:
        """Return the target's migrations, and all of its blobs by path."""
        by_key: defaultdict[Key, list[Node]] = defaultdict(list)
        for node in nodes:
            by_key[node.key].append(node)
        return cls(blobs, by_key, _contents(nodes))

    def had_both(self, node: Node, twin: Node) -> bool:
        """Return whether the target has two migrations of its files as one already."""
        if node.path == twin.path:
            return self.contents.get((node.path, node.key), _NONE).total() > 1
        return all((path, node.key) in self.contents for path in (node.path, twin.path))

    def first(self, node: Node, twin: Node) -> tuple[Node, Node]:
        """Return two that exist as one, the target's own before what is new."""
        existing = self.contents.get((twin.path, twin.key), _NONE)
        return (twin, node) if twin.content in existing and node.content not in existing else (node, twin)


def stream_delta(
    stream: str, files: Mapping[str, str], target: TargetMigrations, nodes: NodesByFile
) -> Delta:
    """Return what changes when one stream lands, by key: moving a file, or changing what it does, is nothing.

    `files` are the stream's blobs by path, "" for those it removes.
    """
    changed = {path: blob for path, blob in sorted(files.items()) if target.blobs.get(path) != blob}
    landing = [node for file in changed.items() for node in nodes.get(file, ())]
    added: list[Node] = []
    repeated: list[tuple[Node, Node]] = []
    seen: defaultdict[Key, list[Node]] = defaultdict(list)
    for node in landing:
        existing = target.nodes.get(node.key, ())
        if node.digest and len(seen[node.key]) > 1:
            continue  # one pair shows that parts are repeated, however often they are
        twins = [*(twin for twin in existing if twin.path not in changed), *seen[node.key]]
        repeated += [target.first(twin, node) for twin in twins if not target.had_both(node, twin)]
        if not existing or (not twins and _place(existing[0]) != _place(node)):
            added.append(node)
        seen[node.key].append(node)
    return Delta(
        stream,
        tuple(added),
        tuple(_removed(changed, target, nodes, seen)),
        tuple(repeated),
        tuple(_edited(landing, target)),
    )


def _removed(
    changed: Mapping[str, str],
    target: TargetMigrations,
    nodes: NodesByFile,
    staying: Mapping[Key, Sequence[Node]],
) -> Iterator[Node]:
    """Yield what changed files had, and no file has any more; `staying` are the migrations of the changed files."""
    before = (node for path in changed for node in nodes.get((path, target.blobs.get(path, "")), ()))
    for key, node in {node.key: node for node in before}.items():
        if not staying.get(key) and all(twin.path in changed for twin in target.nodes[key]):
            yield node


def _edited(landing: Sequence[Node], target: TargetMigrations) -> Iterator[Node]:
    """Yield what the target has in the same file, with another text than all that lands there."""
    after = _contents(landing)
    for node in landing:
        place = (node.path, node.key)
        before = target.contents.get(place)
        if node.order_key and not node.may_change and before and not before & after[place]:
            yield node


def _contents(nodes: Iterable[Node]) -> Contents:
    contents: defaultdict[tuple[str, Key], Counter[str]] = defaultdict(Counter)
    for node in nodes:
        contents[node.path, node.key][node.content] += 1
    return dict(contents)


def _place(node: Node) -> tuple[object, ...]:
    """Return what of a migration makes the graph."""
    named = (node.parents, node.soft_parents, node.replaces, node.run_before, node.labels)
    return (*map(frozenset, named), node.order_key)
