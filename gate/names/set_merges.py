"""Sets of streams, really merged to see what their names come to; each merge is made once, and there is a bound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.model.git import Clean, NotTried
from gate.model.words import series
from gate.names.states import Work

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gate.git.merges import Merger
    from gate.languages.state import State
    from gate.model.git import Target
    from gate.names.result import Known

MOST_MERGES = 400
"""In one analysis: a few seconds in a large repository."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A set of streams that merge cleanly: as a state, and as one stream that does what they all do."""

    state: State
    work: Work


class Trials:
    """Every set of streams, merged when it is asked for. `why` says why a merge that was wanted was not made."""

    def __init__(self, known: Known, merger: Merger, target: Target, landed: Mapping[str, Clean]) -> None:
        self._known = known
        self._merger = merger
        self._landed = landed
        self._merged: dict[tuple[str, ...], Clean | None] = {(): Clean(target.tree, target.commit)}
        self._trials: dict[tuple[str, ...], Trial] = {}
        self.why = ""

    def of(self, names: Sequence[str]) -> Trial | None:
        """These streams, merged in this order; None when they do not merge."""
        key = tuple(names)
        merged = self._merge(key)
        if merged is None:
            return None
        if key not in self._trials:
            found = self._trials[key] = self.made(key, merged.tree)
            self._known.world.sources.load(self._known.world.needed(found.work))
            self._known.world.fill(found.work)
        return self._trials[key]

    def made(self, names: Sequence[str], tree: str) -> Trial:
        """These streams, of which it is known to which tree they merge; files are not compared."""
        world, works = self._known.world, self._known.works
        [over] = world.changed_in([tree])
        moved = (item for name in names for item in works[name].old_paths.items())
        work = Work(series(names), over, {new: old for new, old in moved if over.get(new)})
        return Trial(world.state(over), work)

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
        merged = self._merger.merge(before.commit, last.commit)
        if isinstance(merged, NotTried):
            self.why = merged.reason
        return merged if isinstance(merged, Clean) else None
