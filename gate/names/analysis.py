"""What the comparison of pairs found out, kept for questions about more than two streams."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.model.names import NameFacts
    from gate.names.meeting import UsesByPair
    from gate.names.member_index import MemberIndex
    from gate.names.states import States
    from gate.names.stream_changes import StreamChanges


@dataclass(frozen=True, slots=True)
class NameAnalysis:
    """All sides' changes by name, what they meet in, and the collisions of pairs."""

    states: States
    changes: Mapping[str, StreamChanges]
    affected_uses: UsesByPair
    """By (producer, consumer): the consumer's new uses that depend on what the producer changes."""
    members: MemberIndex
    facts: NameFacts
