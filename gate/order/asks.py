"""What the findings ask of the order: the constraints, merged, in a fixed order, and looked up by stream."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.model.finding import Alone, Apart, Before, Serial

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from gate.model.finding import Constraint

Fingerprints = frozenset[str]


@dataclass(frozen=True, slots=True)
class Asks:
    """Constraints between known streams, with the fingerprints of the findings that ask for each.

    `before` is keyed by (first, then); `apart` by the streams in name order, two or more.
    """

    before: Mapping[tuple[str, str], Fingerprints]
    apart: Mapping[tuple[str, ...], Fingerprints]
    serial: tuple[tuple[str, ...], ...]
    alone: frozenset[str]

    def firsts(self) -> dict[str, list[str]]:
        """For each stream, the streams that come right before it."""
        found = defaultdict(list)
        for first, then in self.before:
            found[then].append(first)
        return found

    def aparts(self) -> dict[str, list[tuple[str, ...]]]:
        """For each stream, the sets it is kept apart in."""
        found = defaultdict(list)
        for together in self.apart:
            for name in together:
                found[name].append(together)
        return found


def collect(constraints: Iterable[tuple[Constraint, str]], known: Collection[str]) -> Asks:
    """The constraints on `known` streams.

    A stream that is not known does not land: an `Apart` that names one is met already, and a `Serial` goes on
    without it. A constraint of a stream on itself says nothing.
    """
    before: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    apart: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    serial, alone, names = set(), set(), frozenset(known)
    for constraint, fingerprint in constraints:
        match constraint:
            case Before(first, then) if first != then and {first, then} <= names:
                before[first, then].add(fingerprint)
            case Apart(branches) if len(set(branches)) > 1 and names.issuperset(branches):
                apart[tuple(sorted(set(branches)))].add(fingerprint)
            case Serial(branches):
                serial.add(tuple(sorted(names.intersection(branches))))
            case Alone(branch) if branch in names:
                alone.add(branch)
    return Asks(
        before={edge: frozenset(before[edge]) for edge in sorted(before)},
        apart={names: frozenset(apart[names]) for names in sorted(apart)},
        serial=tuple(sorted(serial)),
        alone=frozenset(alone),
    )
