"""Repairs of colliding migrations: what they change, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gate.model.migrations import Node


class CannotRepair(Exception):
    """There is no repair. Its text is the reason, a sentence without a full stop."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One file: its bytes before (None: it is new) and after (None: it is removed), and its path then."""

    path: str
    before: bytes | None
    after: bytes | None
    new_path: str = ""

    @property
    def final_path(self) -> str:
        """The path afterwards."""
        return self.new_path or self.path


@dataclass(frozen=True, slots=True)
class Repair:
    """Proved changes that make a stream's migrations follow those that land before it.

    No `rewrites`: there is nothing to do. `steps` say in words what each change is; `nodes` are all migrations of the
    stream as they are then.
    """

    stream: str
    rewrites: tuple[Rewrite, ...] = ()
    steps: tuple[str, ...] = ()
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class NoRepair:
    """No patch is offered: the reason, a sentence without a full stop, and `excerpts`, pairs (place, text) to show."""

    stream: str
    reason: str
    excerpts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Patch:
    """A repair as a unified diff that applies to the stream's tip, or the `reason` why there is none.

    `after` is the stream that has to land before, "" for the target alone.
    """

    stream: str
    after: str
    text: str = ""
    steps: tuple[str, ...] = ()
    reason: str = ""
