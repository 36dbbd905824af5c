"""Rings of imports that two sides close together: each needs an import of either side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from gate.languages.base.graph import component_numbers, leading_to, reachable, shortest_path
from gate.model.facts import NotChecked
from gate.names.import_graph import loader_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gate.names.import_graph import ImportGraph
    from gate.names.states import States
    from gate.names.stream_changes import StreamChanges

_MOST_FILES = 1500
"""Files of the base that are looked through for imports."""
_MOST_PAIRS = 100
"""Pairs that are looked at for rings."""
_MOST_RINGS = 3
"""Rings of one pair whose modules are loaded."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ImportRing:
    """The files of a ring in order, and those that are loaded step by step with them; none where there are too many."""

    paths: tuple[str, ...]
    inside: frozenset[str]


class ImportRings:
    """The rings that pairs of sides close, and what there was no time to look for."""

    def __init__(self, graph: ImportGraph, states: States, changes: Mapping[str, StreamChanges]) -> None:
        self._graph = graph
        self._states = states
        self._changes = changes
        self.by_pair: dict[Pair, list[ImportRing]] = {}
        self.skipped: tuple[NotChecked, ...] = ()
        if len(graph.added) > 1:
            self._find()

    def _find(self) -> None:
        sides = tuple(self._graph.added)
        heads = {head for side in sides for _, head in self._graph.added_edges(side)}
        nodes = reachable(sorted(heads), self._next(sides), _MOST_FILES, self._graph.preload)
        if nodes is None:
            self.skipped = (NotChecked("import cycles", f"more than {_MOST_FILES} files are imported"),)
            return
        pairs = list(self._candidates(nodes, sides))
        for pair, inside in pairs[:_MOST_PAIRS]:
            self._close(pair, inside)
        if len(pairs) > _MOST_PAIRS:
            self.skipped = (NotChecked("import cycles", f"more than {_MOST_PAIRS} pairs may close one"),)

    def _candidates(self, nodes: Sequence[str], sides: tuple[str, ...]) -> Iterator[tuple[Pair, set[str]]]:
        """Yield pairs of sides that both add an import to one component, with the component's files.

        Components are those of all sides together; imports within a component of the base close nothing.
        """
        # No cycle with a new import leaves the nodes that lead to one.
        tails = {tail for side in sides for tail in self._graph.added[side]}.intersection(nodes)
        inside = leading_to(tails, nodes, self._next(sides))
        component = component_numbers(inside, self._next(sides))
        component_before = component_numbers(inside, self._next(()))
        members: dict[int, set[str]] = defaultdict(set)
        for path, number in component.items():
            members[number].add(path)
        adding: dict[int, set[str]] = defaultdict(set)
        for side in sides:
            for tail, head in self._graph.added_edges(side):
                on_cycle = tail in component and component[tail] == component.get(head)
                if on_cycle and component_before[tail] != component_before[head]:
                    adding[component[tail]].add(side)
        for number, names in adding.items():
            for pair in combinations(sorted(names), 2):
                yield pair, members[number]

    def _close(self, pair: Pair, inside: set[str]) -> None:
        """Keep the rings that need an import of either side: without those of the second there is none."""
        alone = component_numbers(inside, self._next(pair[:1]))
        both = component_numbers(inside, self._next(pair))
        rings: list[ImportRing] = []
        for tail, head in self._graph.added_edges(pair[0]):
            if not {tail, head} <= inside or both[tail] != both[head] or alone[tail] == alone[head]:
                continue
            ring_files = {path for path in inside if both[path] == both[tail]}
            *before, last = shortest_path(head, tail, self._next(pair), ring_files)
            if all({last, *before} != set(ring.paths) for ring in rings):
                rings.append(ImportRing((last, *before), self._around(pair, ring_files)))
        if rings:
            self.by_pair[pair] = [*self.by_pair.get(pair, ()), *rings[:_MOST_RINGS]]

    def _around(self, pair: Pair, ring_files: set[str]) -> frozenset[str]:
        """Return modules that import one another, and those that their packages load on the way to them."""
        starts = sorted(path for path in _package_files(ring_files) if self._exists(pair, path))
        nodes = reachable(starts, self._next(pair), _MOST_FILES, self._graph.preload)
        return frozenset() if nodes is None else leading_to(ring_files, nodes, self._next(pair))

    def _exists(self, pair: Pair, path: str) -> bool:
        """Return whether the base has a file, or a side of the pair adds it."""
        blobs = (self._changes[side].changed_blobs.get(path) for side in pair)
        return bool(self._states.base_blob(path)) or any(blobs)

    def _next(self, sides: tuple[str, ...]) -> Callable[[str], list[str]]:
        return lambda path: self._graph.successors(path, sides)


def _package_files(paths: Iterable[str]) -> set[str]:
    """Return the files that run before these modules."""
    loaders = ((path, loader_of(path)) for path in paths)
    return {
        file for path, loader in loaders if loader is not None for file in loader.loading.package_files(path)
    }
