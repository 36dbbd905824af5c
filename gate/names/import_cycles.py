"""Import cycles that two sides close together, and that fail as their modules load.

The search starts from the imports that each side adds, resolved in its own state. What they lead to in the base is
read off the text of files, as far as it goes. Only where an import of one side and an import of another come to lie on
one ring, on which they do not lie alone, the modules are loaded step by step: in the merged state and in both sides'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.loading import LoadingUnsure
from gate.model.names import Cycle, Link, Place
from gate.names.import_graph import ImportGraph, loader_of
from gate.names.import_rings import ImportRings
from gate.names.module_names import module_name
from gate.names.states import MergedFiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gate.languages.base.language import ModuleLoading
    from gate.languages.base.loading import LoadFailure
    from gate.model.facts import NotChecked
    from gate.model.loading import LoadProgram
    from gate.names.import_rings import ImportRing, Pair
    from gate.names.states import States
    from gate.names.stream_changes import StreamChanges

_MOST_INSIDE = 200
"""Modules that import one another and are loaded step by step."""


class ImportCycles:
    """The rings that pairs of sides close, and how loading their modules fails; `changes` by side."""

    def __init__(self, states: States, changes: Mapping[str, StreamChanges]) -> None:
        self._states = states
        self._changes = changes
        self._graph = ImportGraph(states, changes)
        self._rings = ImportRings(self._graph, states, changes)
        self._programs: dict[str, LoadProgram | None] = {}

    @property
    def skipped(self) -> tuple[NotChecked, ...]:
        """What was too much to look at."""
        return self._rings.skipped

    def pairs(self) -> Iterable[Pair]:
        """Return the pairs of sides that close a ring."""
        return self._rings.by_pair.keys()

    def failing(self, pair: Pair, files: MergedFiles) -> Iterator[Cycle]:
        """Yield the rings of a pair that fail to load in the merged files, one for each failure."""
        reported: set[LoadFailure] = set()
        for ring in self._rings.by_pair.get(pair, ()):
            if not ring.inside or len(ring.inside) > _MOST_INSIDE:
                continue
            failures = self._failures(pair, ring, files)
            failure = next(iter(failures.values()), None)
            if failure is not None and failure not in reported:
                reported.add(failure)
                yield self._cycle(pair, ring, tuple(failures), failure)

    def _failures(self, pair: Pair, ring: ImportRing, files: MergedFiles) -> dict[str, LoadFailure]:
        """Return by module of the ring how it fails when it is loaded first, where it does in neither side's state."""
        failures = {}
        for path in ring.paths:
            failure = self._sure_failure(ring, path, files)
            if failure is not None and all(self._loads(ring, path, side) for side in pair):
                failures[path] = failure
        return failures

    def _loads(self, ring: ImportRing, path: str, side: str) -> bool:
        """Return whether a module surely loads in a side's own state, or is not there."""
        blobs = self._changes[side].changed_blobs
        if not self._states.blob_in(blobs, path):
            return True
        try:
            return self._load(ring, path, MergedFiles(blobs)) is None
        except LoadingUnsure:
            return False

    def _sure_failure(self, ring: ImportRing, path: str, files: MergedFiles) -> LoadFailure | None:
        try:
            return self._load(ring, path, files)
        except LoadingUnsure:
            return None

    def _load(self, ring: ImportRing, path: str, files: MergedFiles) -> LoadFailure | None:
        loader = loader_of(path)
        if loader is None:
            return None
        language, loading = loader

        def program_of(path: str) -> LoadProgram | None:
            if path in files.unsettled:
                return None
            return self._program(loading, self._states.blob_in(files.blobs, path))

        return loading.load(self._states.linker(language, files.blobs), program_of, ring.inside, path)

    def _program(self, loading: ModuleLoading, blob: str) -> LoadProgram | None:
        if blob not in self._programs:
            self._programs[blob] = loading.program(self._states.blobs.text(blob)) if blob else None
        return self._programs[blob]

    def _cycle(self, pair: Pair, ring: ImportRing, entries: tuple[str, ...], failure: LoadFailure) -> Cycle:
        heads = (*ring.paths[1:], ring.paths[0])
        links = (self._link(pair, tail, head) for tail, head in zip(ring.paths, heads, strict=True))
        return Cycle(
            *pair,
            tuple(links),
            tuple(map(module_name, entries)),
            failure.text,
            failure.path,
            module_name(failure.module),
            failure.name,
        )

    def _link(self, pair: Pair, tail: str, head: str) -> Link:
        for side in pair:
            line = self._graph.line(side, tail, head)
            if line is not None:
                return Link(module_name(tail), module_name(head), side, Place(tail, line))
        return Link(module_name(tail), module_name(head), "", Place(tail))
