"""Merging the landed states of every pair that can conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.facts import PairFacts
from gate.streams.candidates import candidates, touched
from gate.streams.conflict_hunks import with_hunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gate.model.facts import StreamFacts
    from gate.workspace import Workspace


def merge_all(
    workspace: Workspace, streams: Sequence[StreamFacts], related: Iterable[frozenset[str]]
) -> tuple[PairFacts, ...]:
    """Merge the candidates. Streams without a landed state are in no pair: their trouble is their own.

    `related` are groups of streams that share a commit, by name.

    Pairs in which neither stream is judged are left out; nobody asked about them.
    """
    objects = workspace.objects
    landed = {stream.name: stream.landed for stream in streams if stream.landed is not None}
    judged = {stream.name for stream in streams if stream.stream.judged}
    index = {
        stream.name: touched(routed.change for routed in stream.changes)
        for stream in streams
        if stream.name in landed
    }

    def is_absent(name: str, directory: str) -> bool:
        # The slash keeps git from reading a directory's odd name as something else (`lib-g0a1b2c3`, a carriage return).
        return objects.info(f"{landed[name].tree}:{directory}/") is None

    groups = (group & landed.keys() for group in related)
    pairs = []
    for (first, second), shared in candidates(index, groups, is_absent).items():
        if first in judged or second in judged:
            merge = workspace.merger.merge(landed[first].commit, landed[second].commit)
            pairs.append(PairFacts(first, second, with_hunks(objects, merge), shared))
    return tuple(pairs)
