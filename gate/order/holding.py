"""Why a stream is held, and what would let it land, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.model.plan import Held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from gate.order.asks import Asks
    from gate.order.units import Units


@dataclass(frozen=True, slots=True)
class _Reason:
    """The held streams it comes after, the sets it would break, and the findings behind both."""

    waits: frozenset[str]
    broken: tuple[tuple[str, ...], ...]
    because: frozenset[str]


def explain(
    names: Iterable[str], given: Set[str], landed: Set[str], units: Units, asks: Asks
) -> Iterator[Held]:
    """Each of `names` as held, in that order; `given` are held for a reason of their own, told elsewhere."""
    names = list(names)
    mates = {name: frozenset(units.streams[units.number[name]]) - {name} for name in names}
    reasons = _reasons(mates, landed, asks)
    guilty = given | {name for name, reason in reasons.items() if reason.because}
    for name, reason in reasons.items():
        if reason.because:
            yield Held(name, tuple(sorted(reason.because)), _unblock(name, reason, landed))
        else:
            yield _with_mates(name, mates[name], guilty, asks)


def _reasons(mates: Mapping[str, Set[str]], landed: Set[str], asks: Asks) -> dict[str, _Reason]:
    """What holds each stream, whatever its unit does."""
    firsts, aparts = asks.firsts(), asks.aparts()
    found = {}
    for name, together in mates.items():
        beside = landed | together | {name}
        waits = frozenset(firsts.get(name, ())) - beside
        sets = tuple(apart for apart in aparts.get(name, ()) if set(apart) <= beside)
        because = [asks.before[first, name] for first in waits] + [asks.apart[apart] for apart in sets]
        found[name] = _Reason(waits, sets, frozenset().union(*because))
    return found


def _unblock(name: str, reason: _Reason, landed: Set[str]) -> str:
    beside = {other for together in reason.broken for other in together} - {name}
    parts = []
    if reason.waits:
        parts.append(f"land {listing(reason.waits)} first; {_are(reason.waits)} held")
    if beside & landed:
        have = "has" if len(beside & landed) == 1 else "have"
        parts.append(f"rebase onto the target after {listing(beside & landed)} {have} landed")
    elif beside:
        parts.append(f"rework it with {listing(beside)}: they must land together, and cannot as they are")
    return "; then ".join(parts)


def _with_mates(name: str, mates: Set[str], guilty: Set[str], asks: Asks) -> Held:
    """A stream held only because its unit is: each comes before the other, and one of them cannot land."""
    edges = [edge for edge in asks.before if name in edge and mates & {*edge}]
    because = frozenset[str]().union(*(asks.before[edge] for edge in edges))
    culprits = mates & guilty
    sentence = f"land {listing(culprits)} together with it; {_are(culprits)} held"
    return Held(name, tuple(sorted(because)), sentence)


def listing(names: Iterable[str]) -> str:
    """The names as read aloud, in name order: "a", "a and b", "a, b and c"."""
    *most, last = sorted(names)
    return f"{', '.join(most)} and {last}" if most else last


def _are(names: Set[str]) -> str:
    return "it is" if len(names) == 1 else "they are"
