"""A finding: the answer of a check as data. Rendering lives in `gate.report`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; an `error` blocks by default."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for a note, 2 for an error."""
        return ("note", "warning", "error").index(self.value)


class Confidence(StrEnum):
    """How sure a finding is; a `certain` one was proved by building the state."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Location:
    """A place on a stream. Lines count from 1; None stands for the whole file, or for a file without text."""

    branch: str
    path: str
    line: int | None = None
    end_line: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of text that proves a finding: one side's version, a hunk, a commit."""

    title: str
    text: str
    branch: str = ""
    path: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """A constraint: `first` lands in an earlier batch than `then`."""

    first: str
    then: str


@dataclass(frozen=True, slots=True)
class Apart:
    """A constraint: these streams cannot all land without work on one of them."""

    branches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Serial:
    """A constraint: these streams land one at a time, in any order, and never in one batch."""

    branches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """A constraint: this stream has its batch to itself."""

    branch: str


@dataclass(frozen=True, slots=True)
class Review:
    """A constraint: these coordinators review the stream before it lands; with empty `by`, a person who may decide."""

    branch: str
    by: tuple[str, ...]


Constraint = Before | Apart | Serial | Alone | Review


@dataclass(frozen=True, slots=True)
class Waived:
    """Why a finding does not count, and the last day of that (ISO date, "" for always)."""

    reason: str
    expires: str = ""


@dataclass(frozen=True, slots=True)
class Against:
    """The target as the other side of a finding: its full ref, and the commit that caused it ("" when unknown)."""

    ref: str
    commit: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of a check.

    `branches` are stream names; the first stream should act. The first location is the primary one. `identity` makes
    the finding the same in a later run: it goes into the fingerprint with the code, the kind and the branches, and must
    hold no line numbers and no object ids.
    """

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    branches: tuple[str, ...]
    kind: str = ""
    locations: tuple[Location, ...] = ()
    hint: str = ""
    constraints: tuple[Constraint, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    identity: tuple[str, ...] = ()
    waived: Waived | None = None
    against: Against | None = None
    """The target, where that is the other side; None where all sides are streams."""

    @property
    def fingerprint(self) -> str:
        """32 hex digits, the same for the same problem in every run."""
        parts = (self.code, self.kind, *sorted(self.branches), "", *self.identity)
        joined = "\0".join(parts).encode("utf-8", "surrogateescape")
        return hashlib.sha256(joined).hexdigest()[:32]

    def with_severity(self, severity: Severity) -> Finding:
        """Return the finding with the severity that the policy gives it."""
        return replace(self, severity=severity)


def sort_key(finding: Finding) -> tuple[object, ...]:
    """Return the key of the fixed order of findings: gravest first, then by code, streams and place."""
    places = tuple((place.path, place.line or 0) for place in finding.locations)
    return (-finding.severity.rank, finding.code, finding.branches, places, finding.kind, finding.fingerprint)
