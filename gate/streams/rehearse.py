"""The plan, really merged, and the sets of streams that only together conflict or break a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.git import states
from gate.model.facts import SetConflict
from gate.model.git import Clean, Conflicted
from gate.names.minimise import smallest
from gate.streams.candidates import touched
from gate.streams.conflict_hunks import with_hunks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.git.merges import Merger
    from gate.git.objects import Objects
    from gate.model.facts import Facts, NotChecked
    from gate.model.names import SetBrokenUse
    from gate.model.plan import Rehearsal
    from gate.names.result import Known


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The plan as it really merged, and what only sets of three or more streams of it show."""

    rehearsal: Rehearsal
    conflicts: tuple[SetConflict, ...]
    broken: tuple[SetBrokenUse, ...]
    not_checked: tuple[NotChecked, ...]


def rehearse(
    merger: Merger, objects: Objects, facts: Facts, order: Sequence[str], known: Known | None = None
) -> Rehearsed:
    """Merge the streams in this order; for each that conflicts at its turn, the smallest set that explains it.

    With what is `known` of names, also the uses that only the whole breaks. The last stream of such a set is left out
    and the rest rehearsed anew, so that nothing is surely broken in the tree it comes to.
    """
    landed = {one.name: one.landed for one in facts.streams if one.landed is not None}
    kept = list(order)
    broken: dict[SetBrokenUse, None] = {}
    notes: dict[NotChecked, None] = {}
    while True:
        rehearsal = states.rehearse(merger, facts.target, [(name, landed[name]) for name in kept])
        sets, unsettled = _names(known, merger, facts, landed, rehearsal)
        broken |= dict.fromkeys(sets)
        notes |= dict.fromkeys(unsettled)
        lost = {one.branches[-1] for one in sets if one.sure}
        if not lost:
            break
        kept = [name for name in kept if name not in lost]
    conflicts = _conflicts(merger, objects, facts, landed, rehearsal)
    return Rehearsed(rehearsal, tuple(conflicts), tuple(broken), tuple(notes))


def _names(
    known: Known | None, merger: Merger, facts: Facts, landed: dict[str, Clean], rehearsal: Rehearsal
) -> tuple[tuple[SetBrokenUse, ...], tuple[NotChecked, ...]]:
    if known is None:
        return (), ()
    from gate.names.sets import together  # only who reads source files pays for it

    return together(known, merger, facts.target, landed, rehearsal)


def _conflicts(
    merger: Merger, objects: Objects, facts: Facts, landed: dict[str, Clean], rehearsal: Rehearsal
) -> Iterator[SetConflict]:
    before: list[str] = []
    for step in rehearsal.steps:
        if isinstance(step.merge, Conflicted):
            yield _culprits(merger, objects, facts, landed, before, step.branch, step.merge)
        elif isinstance(step.merge, Clean):
            before.append(step.branch)


def _culprits(
    merger: Merger,
    objects: Objects,
    facts: Facts,
    landed: dict[str, Clean],
    before: Sequence[str],
    last: str,
    merge: Conflicted,
) -> SetConflict:
    """Drop one stream after another from those that landed before, as long as the last one still conflicts.

    What remains cannot lose a stream without losing the conflict. Streams that touch none of the conflicted paths go
    first, all at once: they are seldom part of it.
    """

    def conflict(names: Sequence[str]) -> Conflicted | None:
        rest = states.conflict_together(merger, facts.target, [landed[name] for name in names])
        if not isinstance(
            rest, Clean
        ):  # without the dropped one they conflict among themselves: another matter
            return None
        merged = merger.merge(rest.commit, landed[last].commit)
        return merged if isinstance(merged, Conflicted) else None

    near = [name for name in before if _touches(facts, name, merge.paths)]
    names, proof = smallest(before, near, conflict) or (tuple(before), merge)
    shown = with_hunks(objects, proof)
    assert isinstance(shown, Conflicted)
    return SetConflict((*names, last), shown)


def _touches(facts: Facts, name: str, paths: Sequence[str]) -> bool:
    own = touched(routed.change for routed in facts.stream(name).changes).paths
    return not own.isdisjoint(paths)
