"""Which units of one component can land together: the problem, and the moves that keep an answer valid.

A state is two masks. `taken` lands: it breaks nothing and holds all it needs. `free` may still be taken:
nothing in it is a rival of what is taken, and all it needs is taken or free itself. Both properties hold
after each move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.order.bitset import members

if TYPE_CHECKING:
    from collections.abc import Iterable

SelectionState = tuple[int, int]
"""The masks (taken, free)."""


@dataclass(frozen=True, slots=True)
class SelectionProblem:
    """Units numbered by falling value. Every set is a mask, and every tuple but `arrival` is by unit.

    `predecessors` come directly before a unit; `needs` is a unit with all that must land for it, `dependents` a
    unit with all that needs it. `rivals` never land with a unit, by themselves or by what they need. `sets` are
    the sets of three and more units that a unit is in, of which at least one stays out. `possible` are the units
    that can land at all; `arrival` all units, as finished.
    """

    values: tuple[int, ...]
    predecessors: tuple[int, ...]
    needs: tuple[int, ...]
    dependents: tuple[int, ...]
    rivals: tuple[int, ...]
    sets: tuple[tuple[int, ...], ...]
    possible: int
    arrival: tuple[int, ...]

    def worth(self, mask: int) -> int:
        """Return the value of these units together."""
        return sum(self.values[unit] for unit in members(mask))

    def take(self, unit: int, state: SelectionState) -> SelectionState | None:
        """Return the state after landing a free unit with all it needs; None when that breaks a set."""
        taken, free = state
        new = self.needs[unit] & ~taken
        taken, free = taken | new, free & ~new & ~self.rivals[unit]
        for new_unit in members(new):
            for mask in self.sets[new_unit]:
                left = mask & ~taken
                if not left:
                    return None
                if not left & (left - 1):
                    free &= ~self.dependents[left.bit_length() - 1]
        return taken, free

    def drop(self, unit: int, state: SelectionState) -> SelectionState:
        """Return the state after keeping a free unit out, and all that needs it."""
        return state[0], state[1] & ~self.dependents[unit]

    def fill(self, queue: Iterable[int], state: SelectionState) -> SelectionState:
        """Return the state after taking what is still free of `queue`, in that order, each with all it needs."""
        for unit in queue:
            if state[1] >> unit & 1:
                state = self.take(unit, state) or self.drop(unit, state)
        return state

    def live_sets(self, state: SelectionState) -> set[int]:
        """Return the free units of each set that could still land whole."""
        taken, free = state
        reach = taken | free
        return {mask & free for unit in members(free) for mask in self.sets[unit] if not mask & ~reach}
