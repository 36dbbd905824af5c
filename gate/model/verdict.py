"""The verdict: for every pair, every stream, and as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PairDecision(StrEnum):
    """The decision on a pair (R2): side by side, one at a time, or all streams together."""

    PARALLEL = "parallel"
    SERIALIZE = "serialize"
    CONVERGE = "converge"


class StreamDecision(StrEnum):
    """What happens to a stream now."""

    LAND = "land"
    REVIEW = "review"
    HOLD = "hold"
    BLOCK = "block"


class Outcome(StrEnum):
    """The verdict as a whole."""

    PASS = "pass"
    REVIEW = "review"
    BLOCK = "block"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Pair:
    """How two streams go together.

    `order` is the order to land in, () when any will do. `merge` is clean, conflict, not_needed or not_tried. `reasons`
    are codes; `path` is the way to the decision, one sentence a step, in the order of R2.
    """

    first: str
    second: str
    decision: PairDecision
    merge: str
    order: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StreamVerdict:
    """What happens to a stream, who must look at it, and why, in one sentence."""

    branch: str
    decision: StreamDecision
    review_by: tuple[str, ...] = ()
    why: str = ""
