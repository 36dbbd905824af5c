"""Why a stream is held, and what would let it land, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.model.plan import Held
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from gate.order.constraints import ConstraintIndex
    from gate.order.units import Units


@dataclass(frozen=True, slots=True)
class _Reason:
    """What keeps a stream from landing, whatever happens to the rest of its unit.

    `waits` are the held streams it comes after, `broken` the sets of `Apart` it would complete, `because` the
    fingerprints of the findings behind both.
    """

    waits: frozenset[str]
    broken: tuple[tuple[str, ...], ...]
    because: frozenset[str]


def explain(
    names: Iterable[str], explained: Set[str], landed: Set[str], units: Units, index: ConstraintIndex
) -> Iterator[Held]:
    """Yield each of `names` as a held stream, in that order.

    `explained` are the streams whose reason to be held is known already: blocked, or lost in the rehearsal.
    """
    names = list(names)
    mates = {name: frozenset(units.streams[units.number[name]]) - {name} for name in names}
    reasons = _reasons(mates, landed, index)
    culprits = explained | {name for name, reason in reasons.items() if reason.because}
    for name, reason in reasons.items():
        if reason.because:
            yield Held(name, tuple(sorted(reason.because)), _unblock(name, reason, landed))
        else:
            yield _held_with_mates(name, mates[name], culprits, index)


def _reasons(mates: Mapping[str, Set[str]], landed: Set[str], index: ConstraintIndex) -> dict[str, _Reason]:
    """Return the reason of each stream in `mates`, which has the other streams of its unit; by stream."""
    predecessors, sets_apart = index.predecessors(), index.sets_apart()
    reasons = {}
    for name, unit_mates in mates.items():
        present = landed | unit_mates | {name}
        waits = frozenset(predecessors.get(name, ())) - present
        sets = tuple(branches for branches in sets_apart.get(name, ()) if set(branches) <= present)
        because = [index.before[first, name] for first in waits] + [
            index.apart[branches] for branches in sets
        ]
        reasons[name] = _Reason(waits, sets, frozenset().union(*because))
    return reasons


def _unblock(name: str, reason: _Reason, landed: Set[str]) -> str:
    rivals = {branch for branches in reason.broken for branch in branches} - {name}
    parts = []
    if reason.waits:
        parts.append(f"land {name_list(reason.waits)} first; {_they_are(reason.waits)} held")
    if rivals & landed:
        have = "has" if len(rivals & landed) == 1 else "have"
        parts.append(f"rebase onto the target after {name_list(rivals & landed)} {have} landed")
    elif rivals:
        parts.append(f"rework it with {name_list(rivals)}: they must land together, and cannot as they are")
    return "; then ".join(parts)


def _held_with_mates(name: str, mates: Set[str], culprits: Set[str], index: ConstraintIndex) -> Held:
    """Return a stream held only because its unit is: each comes before the other, and one of them cannot land."""
    edges = [edge for edge in index.before if name in edge and mates & {*edge}]
    because = frozenset[str]().union(*(index.before[edge] for edge in edges))
    sentence = f"land {name_list(mates & culprits)} together with it; {_they_are(mates & culprits)} held"
    return Held(name, tuple(sorted(because)), sentence)


def name_list(names: Iterable[str]) -> str:
    """Return the names as read aloud, in name order: "a", "a and b", "a, b and c"."""
    ordered = sorted(names)
    return series(ordered, most=len(ordered))


def _they_are(names: Set[str]) -> str:
    return "it is" if len(names) == 1 else "they are"
