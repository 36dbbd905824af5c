"""Sets of streams, really merged to see what their names come to; each merge is made once, and there is a bound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.model.git import Clean, NotTried
from gate.model.words import series
from gate.names.source import SideFiles
from gate.names.states import MergedFiles
from gate.names.stream_changes import StreamChanges, compare_sides

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gate.languages.state import State
    from gate.names.analysis import NameAnalysis

MOST_MERGES = 400
"""In one analysis: a few seconds in a large repository."""


@dataclass(frozen=True, slots=True)
class MergedSet:
    """A set of streams that merge cleanly: as a state, and as one side that changes what they all change."""

    state: State
    changes: StreamChanges


class SetMerges:
    """Every set of streams, merged on demand.

    `base` is the state that all streams land on, `landed` has their landed states by name. `why` is the reason for
    which a merge that was wanted was not made, "" for none.
    """

    def __init__(self, analysis: NameAnalysis, base: Clean, landed: Mapping[str, Clean]) -> None:
        self._analysis = analysis
        self._landed = landed
        self._merged: dict[tuple[str, ...], Clean | None] = {(): base}
        self._sets: dict[tuple[str, ...], MergedSet] = {}
        self.why = ""

    def merged_set(self, names: Sequence[str]) -> MergedSet | None:
        """Return these streams merged in this order; None when they do not merge."""
        key = tuple(names)
        merged = self._merge(key)
        if merged is None:
            return None
        if key not in self._sets:
            states, side = self._analysis.states, self._side(key, merged.tree)
            changes = compare_sides(states, [side])[side.name]
            self._sets[key] = MergedSet(states.state(MergedFiles(side.changed_blobs)), changes)
        return self._sets[key]

    def whole_plan(self, names: Sequence[str], tree: str) -> MergedSet:
        """Return these streams, of which the merged tree is known; versions of files are not compared."""
        side = self._side(names, tree)
        changes = StreamChanges(side.name, side.changed_blobs, side.old_paths)
        return MergedSet(self._analysis.states.state(MergedFiles(side.changed_blobs)), changes)

    def _side(self, names: Sequence[str], tree: str) -> SideFiles:
        [blobs] = self._analysis.states.source.changed_blobs([tree])
        renames = (item for name in names for item in self._analysis.changes[name].old_paths.items())
        return SideFiles(series(names), blobs, {new: old for new, old in renames if blobs.get(new)})

    def _merge(self, key: tuple[str, ...]) -> Clean | None:
        merged = self._merged[()]
        for end in range(1, len(key) + 1):
            part = key[:end]
            if part not in self._merged:
                self._merged[part] = self._step(merged, self._landed[part[-1]]) if merged else None
            merged = self._merged[part]
        return merged

    def _step(self, before: Clean, last: Clean) -> Clean | None:
        if len(self._merged) > MOST_MERGES:
            self.why = f"it takes more than {MOST_MERGES} merges"
            return None
        merged = self._analysis.states.source.merge(before.commit, last.commit)
        if isinstance(merged, NotTried):
            self.why = merged.reason
        return merged if isinstance(merged, Clean) else None
