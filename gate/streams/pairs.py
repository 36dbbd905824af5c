"""Merging the landed states of every pair that can conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.facts import PairFacts
from gate.streams.candidates import candidates, touched
from gate.streams.conflict_hunks import with_hunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gate.git.merges import Merger
    from gate.git.objects import Objects
    from gate.model.facts import StreamFacts


def merge_all(
    merger: Merger, objects: Objects, streams: Sequence[StreamFacts], related: Iterable[frozenset[str]]
) -> tuple[PairFacts, ...]:
    """The candidates, merged. Streams without a landed state are in no pair: their trouble is their own.

    Pairs in which neither stream is judged are left out; nobody asked about them.
    """
    landed = {one.name: one.landed for one in streams if one.landed is not None}
    judged = {one.name for one in streams if one.stream.judged}
    index = {
        one.name: touched(routed.change for routed in one.changes) for one in streams if one.name in landed
    }

    def gone(name: str, directory: str) -> bool:
        # The slash keeps git from reading a directory's odd name as something else (`lib-g0a1b2c3`, a carriage return).
        return objects.info(f"{landed[name].tree}:{directory}/") is None

    groups = (group & landed.keys() for group in related)
    found = []
    for (first, second), shared in candidates(index, groups, gone).items():
        if first in judged or second in judged:
            merge = merger.merge(landed[first].commit, landed[second].commit)
            found.append(PairFacts(first, second, with_hunks(objects, merge), shared))
    return tuple(found)
