"""The plan: what lands, in which order and batches, what is held, and the result of its rehearsal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gate.model.git import Merge


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stream as the planner sees it.

    `weight` is the value of landing it untouched (greater than 0); `priority` breaks ties, higher first; `finished`
    is seconds since 1970, earlier first; `size` the number of paths it changes, smaller first. `blocked` says what must
    be done before it can land at all, "" for nothing; `because` are the fingerprints of the findings behind that.
    """

    name: str
    weight: float = 1.0
    priority: int = 0
    finished: int = 0
    size: int = 0
    coordinator: str | None = None
    blocked: str = ""
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """The capacity of a batch; None is no bound. `per_coordinator` holds (coordinator, bound)."""

    streams: int | None = None
    coordinators: int | None = None
    per_coordinator: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A stream that does not land now: the fingerprints of the findings behind that, and what would let it land."""

    branch: str
    because: tuple[str, ...]
    unblock: str
    blocked: bool = False
    """Whether it cannot land whatever the other streams do."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """Everything that one stream needs from another, by name."""

    consumer: str
    producer: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Every judged stream is in exactly one of `order` and `held`; `order` is the batches, flattened."""

    order: tuple[str, ...] = ()
    batches: tuple[tuple[str, ...], ...] = ()
    held: tuple[Held, ...] = ()
    critical_path: tuple[str, ...] = ()
    handoffs: tuple[Handoff, ...] = ()


@dataclass(frozen=True, slots=True)
class RehearsalStep:
    """A stream merged onto everything that landed before it in the plan."""

    branch: str
    merge: Merge


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The plan, really merged. `tree` is the tree of the target once every clean step has landed."""

    tree: str
    steps: tuple[RehearsalStep, ...] = ()
