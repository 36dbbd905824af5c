"""Import cycles that two streams close together, and that fail as their modules load.

First the imports that each stream adds, resolved in its own landed state. What they lead to in the target is read off
the text of files, as far as it goes; only where an import of one stream and an import of another come to lie on one
ring, on which they do not lie alone, the modules are loaded step by step: in the pair state and in both landed states.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.languages.base.graph import component_numbers, leading_to, reachable, shortest_path
from gate.languages.base.loading import LoadingUnsure
from gate.model.facts import NotChecked
from gate.model.names import Cycle, Link, Place
from gate.names.successor import module_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from gate.languages.base.language import Language, Linker, ModuleLoading
    from gate.languages.base.loading import LoadFailure
    from gate.model.loading import LoadProgram
    from gate.model.source import Import
    from gate.names.states import Work, World

_MOST_FILES = 1500
"""Files of the target that are looked through for imports."""
_MOST_INSIDE = 200
"""Modules that import one another and are loaded step by step."""
_MOST_PAIRS = 100
"""Pairs that are looked at for rings."""
_MOST_RINGS = 3
"""Rings of one pair whose modules are loaded."""
_MOST_IMPORTS = 2000
"""Fresh imports of one file; what has more is generated."""

Edges = dict[str, dict[str, int]]
"""By importing file: the files it leads to, with the line of the import."""


@dataclass(frozen=True, slots=True)
class _Ring:
    """The files of a ring in order, and those that are loaded step by step with them; none where there are too many."""

    paths: tuple[str, ...]
    inside: frozenset[str]


class Cycles:
    """The rings that pairs of streams close."""

    def __init__(self, world: World, works: Mapping[str, Work]) -> None:
        self._world = world
        self._works = works
        self._fresh = {name: edges for name, work in works.items() if (edges := _edges(world, work))}
        self._target: dict[str, tuple[str, ...]] = {}
        self._programs: dict[str, LoadProgram | None] = {}
        self.skipped: tuple[NotChecked, ...] = ()
        self._rings: dict[tuple[str, str], list[_Ring]] = {}
        self._linkers: dict[str, Linker] = {}
        """By language: the names of the target."""
        if len(self._fresh) > 1:
            self._find()

    def meeting(self) -> Iterable[tuple[str, str]]:
        """The pairs of streams that close one."""
        return self._rings.keys()

    def found(
        self, key: tuple[str, str], over: Mapping[str, str], unsettled: Collection[str] = ()
    ) -> Iterator[Cycle]:
        """The rings of a pair that fail to load in the target with these changes; `unsettled` files are in conflict."""
        told: set[LoadFailure] = set()
        for ring in self._rings.get(key, ()):
            if not ring.inside or len(ring.inside) > _MOST_INSIDE:
                continue
            fails = self._fails(key, ring, over, unsettled)
            if fails:
                failure = next(iter(fails.values()))
                if failure not in told:
                    told.add(failure)
                    yield self._cycle(key, ring, tuple(fails), failure)

    # Rings

    def _find(self) -> None:
        heads = {head for edges in self._fresh.values() for leads in edges.values() for head in leads}
        everyone = tuple(self._fresh)
        nodes = reachable(sorted(heads), lambda path: self._next(path, everyone), _MOST_FILES, self._ahead)
        if nodes is None:
            self.skipped = (NotChecked("import cycles", f"more than {_MOST_FILES} files are imported"),)
            return
        tails = {tail for edges in self._fresh.values() for tail in edges}.intersection(nodes)
        # No cycle with a fresh import leaves these nodes.
        inside = leading_to(tails, nodes, lambda path: self._next(path, everyone))
        ring_of = component_numbers(inside, lambda path: self._next(path, everyone))
        known = component_numbers(inside, lambda path: self._next(path, ()))
        streams: dict[int, set[str]] = defaultdict(set)
        for name, edges in self._fresh.items():
            for tail, head in _flat(edges):
                on_ring = tail in ring_of and ring_of[tail] == ring_of.get(head)
                if on_ring and known[tail] != known[head]:
                    streams[ring_of[tail]].add(name)
        members: dict[int, set[str]] = defaultdict(set)
        for path, number in ring_of.items():
            members[number].add(path)
        pairs = [
            (number, pair) for number, names in streams.items() for pair in combinations(sorted(names), 2)
        ]
        for number, pair in pairs[:_MOST_PAIRS]:
            self._close(pair, members[number])
        if len(pairs) > _MOST_PAIRS:
            self.skipped = (NotChecked("import cycles", f"more than {_MOST_PAIRS} pairs may close one"),)

    def _close(self, pair: tuple[str, str], inside: set[str]) -> None:
        """Rings that need an import of each: with those of the first alone there is none."""
        alone = component_numbers(inside, lambda path: self._next(path, pair[:1]))
        both = component_numbers(inside, lambda path: self._next(path, pair))
        rings: list[_Ring] = []
        for tail, head in _flat(self._fresh[pair[0]]):
            if not {tail, head} <= inside or both[tail] != both[head] or alone[tail] == alone[head]:
                continue
            together = {path for path in inside if both[path] == both[tail]}
            *before, last = shortest_path(head, tail, lambda path: self._next(path, pair), together)
            if all({last, *before} != set(one.paths) for one in rings):
                rings.append(_Ring((last, *before), self._around(pair, together)))
        if rings:
            self._rings[pair] = [*self._rings.get(pair, ()), *rings[:_MOST_RINGS]]

    def _around(self, pair: tuple[str, str], together: set[str]) -> frozenset[str]:
        """Modules that import one another, and those that their packages load on the way to them."""
        runs = ((path, _loading(path)) for path in together)
        inits = {init for path, found in runs if found is not None for init in found[1].package_files(path)}
        overs = [self._works[name].over for name in pair]
        starts = {path for path in inits if self._world.blob(path) or any(over.get(path) for over in overs)}
        nodes = reachable(sorted(starts), lambda path: self._next(path, pair), _MOST_FILES, self._ahead)
        found = leading_to(together, nodes or (), lambda path: self._next(path, pair))
        return frozenset() if nodes is None else found

    def _next(self, path: str, streams: Iterable[str]) -> list[str]:
        """What a file leads to in the target, and by what these streams add to it."""
        found = self._target.get(path)
        if found is None:
            found = self._target[path] = tuple(self._imports(path))
        return [*found, *(head for name in streams for head in self._fresh[name].get(path, ()))]

    def _ahead(self, paths: Iterable[str]) -> None:
        by_path = ((self._world.blob(path), _loading(path)) for path in paths)
        wanted = ((blob, runs[1].imports_form) for blob, runs in by_path if blob and runs is not None)
        self._world.sources.load_imports(wanted)

    def _imports(self, path: str) -> Iterable[str]:
        blob = self._world.blob(path)
        runs = _loading(path)
        if not blob or runs is None:
            return ()
        language, loading = runs
        linker = self._target_linker(language)
        found: dict[str, None] = {}
        for one in self._world.sources.imports(blob, loading.imports_form).imports:
            if not loading.is_outside(linker, one):
                found.update(dict.fromkeys(loading.loaded_files(linker, path, one)))
        linker.dependencies.clear()
        found.pop(path, None)
        return found

    def _target_linker(self, language: Language) -> Linker:
        """The target's names in one language."""
        if language.name not in self._linkers:
            self._linkers[language.name] = self._world.linker(language, {})
        return self._linkers[language.name]

    # Loading

    def _fails(
        self, key: tuple[str, str], ring: _Ring, over: Mapping[str, str], unsettled: Collection[str]
    ) -> dict[str, LoadFailure]:
        """By module of the ring: how it fails when it comes first, which it does in neither landed state."""
        found = {}
        for path in ring.paths:
            failure = self._enter(ring, path, over, unsettled)
            if failure is not None and all(self._loads(ring, path, name) for name in key):
                found[path] = failure
        return found

    def _loads(self, ring: _Ring, path: str, name: str) -> bool:
        over = self._works[name].over
        if not self._world.blob_in(over, path):
            return True
        try:
            return self._load(ring, path, over, ()) is None
        except LoadingUnsure:
            return False

    def _enter(
        self, ring: _Ring, path: str, over: Mapping[str, str], unsettled: Collection[str]
    ) -> LoadFailure | None:
        try:
            return self._load(ring, path, over, unsettled)
        except LoadingUnsure:
            return None

    def _load(
        self, ring: _Ring, path: str, over: Mapping[str, str], unsettled: Collection[str]
    ) -> LoadFailure | None:
        runs = _loading(path)
        if runs is None:
            return None
        language, loading = runs

        def program_of(path: str) -> LoadProgram | None:
            return None if path in unsettled else self._program(loading, self._world.blob_in(over, path))

        return loading.load(self._world.linker(language, over), program_of, ring.inside, path)

    def _program(self, loading: ModuleLoading, blob: str) -> LoadProgram | None:
        if blob not in self._programs:
            self._programs[blob] = loading.program(self._world.sources.text(blob)) if blob else None
        return self._programs[blob]

    # Results

    def _cycle(
        self, key: tuple[str, str], ring: _Ring, entries: tuple[str, ...], failure: LoadFailure
    ) -> Cycle:
        turned = (*ring.paths[1:], ring.paths[0])
        links = (self._link(key, *ends) for ends in zip(ring.paths, turned, strict=True))
        return Cycle(
            *key,
            tuple(links),
            tuple(map(module_name, entries)),
            failure.text,
            failure.path,
            module_name(failure.module),
            failure.name,
        )

    def _link(self, key: tuple[str, str], tail: str, head: str) -> Link:
        for name in key:
            line = self._fresh[name].get(tail, {}).get(head)
            if line is not None:
                return Link(module_name(tail), module_name(head), name, Place(tail, line))
        return Link(module_name(tail), module_name(head), "", Place(tail))


def _flat(edges: Edges) -> Iterator[tuple[str, str]]:
    return ((tail, head) for tail, leads in edges.items() for head in leads)


def _edges(world: World, work: Work) -> Edges:
    """The imports a stream adds that run as their file loads, each with what it leads to in the landed state."""
    linkers: dict[str, Linker] = {}
    found: Edges = {}
    for path in work.over:
        runs = _loading(path)
        if runs is None or not runs[1].runs(path):
            continue
        language, loading = runs
        fresh = _fresh(world, work, path)
        if fresh and language.name not in linkers:
            linkers[language.name] = world.linker(language, work.over)
        for one in fresh[:_MOST_IMPORTS]:
            for head in loading.loaded_files(linkers[language.name], path, one):
                if head != path and not registry.is_test(head):
                    found.setdefault(path, {}).setdefault(head, one.line)
    return found


def _loading(path: str) -> tuple[Language, ModuleLoading] | None:
    """A file's language and how its modules are loaded; None where that runs nothing."""
    language = registry.language(path)
    loading = None if language is None else language.loading()
    return None if language is None or loading is None else (language, loading)


def _fresh(world: World, work: Work, path: str) -> list[Import]:
    if registry.is_test(path) or not work.over[path]:
        return []
    known = {_key(one) for one in world.facts(world.blob(path), path).imports if _runs(one)}
    listed = world.facts(work.over[path], path).imports
    return [one for one in listed if _runs(one) and _key(one) not in known]


def _key(one: Import) -> tuple[str, str, int]:
    return one.module, one.name, one.level


def _runs(one: Import) -> bool:
    """Whether it surely runs when the file loads, and must not fail."""
    return not (one.scope or one.typing or one.guarded or one.conditional)
