"""The plan, really merged, and the sets of streams that only together conflict or break a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gate.git import states
from gate.model.facts import NotChecked, NotCheckedKind, SetConflict
from gate.model.git import Clean, Conflicted, NotTried
from gate.names.minimise import smallest
from gate.streams.candidates import touched
from gate.streams.conflict_hunks import with_hunks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.model.facts import Facts
    from gate.model.names import SetBrokenUse
    from gate.model.plan import Rehearsal
    from gate.streams.name_inputs import ComparedNames
    from gate.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The plan as it really merged, and what only sets of three or more streams of it show."""

    rehearsal: Rehearsal
    conflicts: tuple[SetConflict, ...]
    broken: tuple[SetBrokenUse, ...]
    not_checked: tuple[NotChecked, ...]


def rehearse(
    workspace: Workspace, facts: Facts, order: Sequence[str], names: ComparedNames | None = None
) -> Rehearsed:
    """Merge the streams in this order; for each that conflicts at its turn, find the smallest set that explains it.

    With an analysis of `names`, also the uses that only the whole breaks. The last stream of such a set is left out
    and the rest rehearsed again, so that nothing is surely broken in the tree it comes to.
    """
    landed = {stream.name: stream.landed for stream in facts.streams if stream.landed is not None}
    kept = list(order)
    broken: dict[SetBrokenUse, None] = {}
    notes: dict[NotChecked, None] = {}
    while True:
        rehearsal = states.rehearse(workspace.merger, facts.target, [(name, landed[name]) for name in kept])
        sets, unsettled = _broken_sets(names, landed, rehearsal)
        broken |= dict.fromkeys(sets)
        notes |= dict.fromkeys(unsettled)
        dropped = {broken_set.branches[-1] for broken_set in sets if broken_set.sure}
        if not dropped:
            break
        kept = [name for name in kept if name not in dropped]
    conflicts = tuple(_Sets(workspace, facts, landed).conflicts(rehearsal))
    return Rehearsed(rehearsal, conflicts, tuple(broken), tuple(notes))


def with_rehearsal(facts: Facts, rehearsed: Rehearsed) -> Facts:
    """Return the facts with what the rehearsal added to them."""
    untried = (
        NotChecked(
            f"{step.branch} at its turn in the plan",
            step.merge.reason,
            (step.branch,),
            required=True,
            kind=NotCheckedKind.MERGE,
        )
        for step in rehearsed.rehearsal.steps
        if isinstance(step.merge, NotTried)
    )
    notes = (*facts.not_checked, *untried, *rehearsed.not_checked)
    return replace(
        facts, set_conflicts=rehearsed.conflicts, set_broken_uses=rehearsed.broken, not_checked=notes
    )


def _broken_sets(
    names: ComparedNames | None, landed: dict[str, Clean], rehearsal: Rehearsal
) -> tuple[tuple[SetBrokenUse, ...], tuple[NotChecked, ...]]:
    if names is None:
        return (), ()
    return names.broken_sets(landed, rehearsal)


@dataclass(frozen=True, slots=True)
class _Sets:
    """Finds the sets of streams that only together conflict; `landed` has the landed states by name."""

    workspace: Workspace
    facts: Facts
    landed: dict[str, Clean]

    def conflicts(self, rehearsal: Rehearsal) -> Iterator[SetConflict]:
        """Yield a set for each step that conflicts."""
        before: list[str] = []
        for step in rehearsal.steps:
            if isinstance(step.merge, Conflicted):
                yield self._smallest(before, step.branch, step.merge)
            elif isinstance(step.merge, Clean):
                before.append(step.branch)

    def _smallest(self, before: Sequence[str], last: str, merge: Conflicted) -> SetConflict:
        """Drop one stream after another from those that landed before, as long as the last one still conflicts.

        What remains cannot lose a stream without losing the conflict. Streams that touch none of the conflicted paths
        go first, all at once: they are seldom part of it.
        """
        near = [name for name in before if self._touches(name, merge.paths)]
        names, proof = smallest(before, near, lambda names: self._conflict(names, last)) or (
            tuple(before),
            merge,
        )
        shown = with_hunks(self.workspace.objects, proof)
        assert isinstance(shown, Conflicted)
        return SetConflict((*names, last), shown)

    def _conflict(self, names: Sequence[str], last: str) -> Conflicted | None:
        """Return the conflict of the last stream with the others; None where these conflict among themselves."""
        merger = self.workspace.merger
        combined = states.conflict_together(merger, self.facts.target, [self.landed[name] for name in names])
        if not isinstance(combined, Clean):
            return None
        merged = merger.merge(combined.commit, self.landed[last].commit)
        return merged if isinstance(merged, Conflicted) else None

    def _touches(self, name: str, paths: Sequence[str]) -> bool:
        changes = (routed.change for routed in self.facts.stream(name).changes)
        return not touched(changes).paths.isdisjoint(paths)
