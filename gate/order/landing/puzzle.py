"""Which units of one component can land together: the question, and the moves that keep an answer valid.

A state is two masks. `taken` lands: it breaks nothing and holds all it needs. `free` may still be taken:
nothing in it is a rival of what is taken, and all it needs is taken or free itself. Both properties hold
after each move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.order.bits import members

if TYPE_CHECKING:
    from collections.abc import Iterable

State = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Units numbered by falling value; every set is a mask.

    `firsts` come right before a unit; `needs` is a unit with all that must land for it, `dependents` a unit
    with all that needs it. `rivals` never land with a unit, by themselves or by what they need. `sets` hold,
    for each unit, the sets of three and more it is in, of which one stays out. `possible` are the units that
    can land at all; `arrival` all, as finished.
    """

    values: tuple[int, ...]
    firsts: tuple[int, ...]
    needs: tuple[int, ...]
    dependents: tuple[int, ...]
    rivals: tuple[int, ...]
    sets: tuple[tuple[int, ...], ...]
    possible: int
    arrival: tuple[int, ...]

    def worth(self, mask: int) -> int:
        """The value of these units together."""
        return sum(self.values[unit] for unit in members(mask))

    def take(self, unit: int, state: State) -> State | None:
        """Land a free unit with all it needs; None when that breaks a set."""
        taken, free = state
        new = self.needs[unit] & ~taken
        taken, free = taken | new, free & ~new & ~self.rivals[unit]
        for one in members(new):
            for together in self.sets[one]:
                left = together & ~taken
                if not left:
                    return None
                if not left & (left - 1):
                    free &= ~self.dependents[left.bit_length() - 1]
        return taken, free

    def drop(self, unit: int, state: State) -> State:
        """Keep a free unit out, and all that needs it."""
        return state[0], state[1] & ~self.dependents[unit]

    def fill(self, wanted: Iterable[int], state: State) -> State:
        """Take what is still free of `wanted`, one after another, each with all it needs."""
        for unit in wanted:
            if state[1] >> unit & 1:
                state = self.take(unit, state) or self.drop(unit, state)
        return state

    def live(self, state: State) -> set[int]:
        """What is free of each set that still could land whole."""
        taken, free = state
        reach = taken | free
        return {
            together & free for unit in members(free) for together in self.sets[unit] if not together & ~reach
        }
