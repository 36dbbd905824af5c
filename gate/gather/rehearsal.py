"""The plan, really merged, and the sets of streams that only together conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.gather.candidates import touched
from gate.gather.evidence import with_hunks
from gate.git import states
from gate.model.facts import SetConflict
from gate.model.git import Clean, Conflicted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.git.merges import Merger
    from gate.git.objects import Objects
    from gate.model.facts import Facts
    from gate.model.plan import Rehearsal


def rehearse(
    merger: Merger, objects: Objects, facts: Facts, order: Sequence[str]
) -> tuple[Rehearsal, tuple[SetConflict, ...]]:
    """Merge the streams in this order; for each that conflicts at its turn, the smallest set that explains it."""
    landed = {one.name: one.landed for one in facts.streams if one.landed is not None}
    rehearsal = states.rehearse(merger, facts.target, [(name, landed[name]) for name in order])
    found = []
    before: list[str] = []
    for step in rehearsal.steps:
        if isinstance(step.merge, Conflicted):
            found.append(_culprits(merger, objects, facts, landed, before, step.branch, step.merge))
        elif isinstance(step.merge, Clean):
            before.append(step.branch)
    return rehearsal, tuple(found)


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

    names, proof = list(before), merge
    near = [name for name in names if _touches(facts, name, merge.paths)]
    narrowed = conflict(near)
    if narrowed is not None:
        names, proof = near, narrowed
    for name in list(names):
        fewer = [other for other in names if other != name]
        narrowed = conflict(fewer)
        if narrowed is not None:
            names, proof = fewer, narrowed
    shown = with_hunks(objects, proof)
    assert isinstance(shown, Conflicted)
    return SetConflict((*names, last), shown)


def _touches(facts: Facts, name: str, paths: Sequence[str]) -> bool:
    own = touched(routed.change for routed in facts.stream(name).changes).paths
    return not own.isdisjoint(paths)
