"""The paths of each data format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class FormatPaths:
    """The paths of one format: its file names, which go before endings, and its endings in lower case."""

    endings: tuple[str, ...]
    names: tuple[str, ...] = ()
    instead_of: str = ""
    """Another format, of whose files those are of this one for which `where` returns True."""
    where: Callable[[str], bool] | None = None
