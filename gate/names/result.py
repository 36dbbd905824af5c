"""What the comparison of pairs found out, kept for questions about more than two streams."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gate.model.names import NameFacts
    from gate.names.meeting import Rest
    from gate.names.member_index import Members
    from gate.names.states import Work, World


@dataclass(frozen=True, slots=True)
class Known:
    """`met` has the consumer's uses that rest on what the producer changes, by (producer, consumer)."""

    world: World
    works: Mapping[str, Work]
    met: Mapping[tuple[str, str], Sequence[Rest]]
    members: Members
    found: NameFacts
    folder: str | None = None
    """Where facts of files are kept; None for nowhere."""
