"""A file that two sides change, as its language looks for names the merge defines twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gate.model.source import FileFacts


@dataclass(frozen=True, slots=True)
class MergedFile:
    """The facts of the merged version of a file, and of the version of each side; `first` and `second` name these."""

    first: str
    second: str
    path: str
    merged: FileFacts
    sides: tuple[FileFacts, FileFacts]
