"""The two versions of a finding, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.report import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.model.report import EvidenceRecord


@dataclass(frozen=True, slots=True)
class EvidenceSide:
    """One version: whose, where, its first lines, the numbers beside them, and how many lines are left out."""

    title: str
    branch: str
    text: str
    numbers: str
    more: int


def rows(pieces: Sequence[EvidenceRecord], lines: int, most: int) -> list[tuple[EvidenceSide, ...]]:
    """The versions that belong together in a row each, two at most beside one another; `most` rows."""
    return [tuple(_side(piece, lines) for piece in row) for row in _paired(pieces)][:most]


def count(pieces: Sequence[EvidenceRecord]) -> int:
    """The number of rows."""
    return sum(1 for _ in _paired(pieces))


def _paired(pieces: Iterable[EvidenceRecord]) -> Iterator[list[EvidenceRecord]]:
    """Pieces of two streams that follow one another stand together, as the checks tell them."""
    row: list[EvidenceRecord] = []
    for piece in pieces:
        if row and (len(row) == 2 or row[0].branch == piece.branch):
            yield row
            row = []
        row.append(piece)
    if row:
        yield row


def _side(piece: EvidenceRecord, most: int) -> EvidenceSide:
    every = piece.text.removesuffix("\n").split("\n")
    kept = every if len(every) <= most + 1 else every[:most]
    first = piece.line
    numbers = "" if first is None else "\n".join(str(first + at) for at in range(len(kept)))
    return EvidenceSide(words.caption(piece), piece.branch, "\n".join(kept), numbers, len(every) - len(kept))
