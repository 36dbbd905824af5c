"""The constraints of all findings: merged, in a fixed order, and indexed by stream."""

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
class ConstraintIndex:
    """Constraints between the streams of a plan, with the fingerprints of the findings that ask for each.

    `before` is keyed by (first, then); `apart` by the streams in name order, two or more.
    """

    before: Mapping[tuple[str, str], Fingerprints]
    apart: Mapping[tuple[str, ...], Fingerprints]
    serial: tuple[tuple[str, ...], ...]
    alone: frozenset[str]

    def predecessors(self) -> dict[str, list[str]]:
        """Return the streams that come directly before each stream, by stream."""
        predecessors = defaultdict(list)
        for first, then in self.before:
            predecessors[then].append(first)
        return predecessors

    def sets_apart(self) -> dict[str, list[tuple[str, ...]]]:
        """Return the sets of `apart` that each stream is in, by stream."""
        sets = defaultdict(list)
        for branches in self.apart:
            for name in branches:
                sets[name].append(branches)
        return sets


def index_constraints(
    constraints: Iterable[tuple[Constraint, str]], streams: Collection[str]
) -> ConstraintIndex:
    """Return the constraints between `streams`; each comes with the fingerprint of its finding.

    A stream outside `streams` does not land: an `Apart` that names such a stream is satisfied, a `Before` is
    dropped, and a `Serial` holds for its other streams. A constraint of a stream on itself is dropped.
    """
    before: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    apart: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    serial, alone, names = set(), set(), frozenset(streams)
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
    return ConstraintIndex(
        before={edge: frozenset(before[edge]) for edge in sorted(before)},
        apart={branches: frozenset(apart[branches]) for branches in sorted(apart)},
        serial=tuple(sorted(serial)),
        alone=frozenset(alone),
    )
