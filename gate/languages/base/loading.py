"""How loading a module fails, in languages that run modules as they load them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from gate.model.loading import LoadProgram

    ProgramOf = Callable[[str], LoadProgram | None]
    """The program of the module at a path; None where it cannot be read."""


@dataclass(frozen=True, slots=True)
class LoadFailure:
    """Where loading fails: the text that stands there, and the module that has not bound the name yet."""

    path: str
    line: int
    text: str
    module: str
    name: str


class LoadingUnsure(Exception):
    """What happens as a module loads cannot be told from the text."""
