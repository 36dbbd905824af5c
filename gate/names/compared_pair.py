"""Two sides that are compared, and the state in which both have landed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gate.languages.state import State
    from gate.model.source import FileFacts
    from gate.names.stream_changes import ComparedSide


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """Two sides, and their merged state. Nothing here depends on which of them is a stream and which the target."""

    first: ComparedSide
    second: ComparedSide
    merged: State

    def sides_of(self, path: str) -> tuple[FileFacts, FileFacts]:
        """Return the facts of a file as either side alone has it."""
        return self.first.state.facts(path), self.second.state.facts(path)

    def both_ways(self) -> tuple[tuple[ComparedSide, ComparedSide], tuple[ComparedSide, ComparedSide]]:
        """Return (producer, consumer) with either side as the producer."""
        return (self.first, self.second), (self.second, self.first)
