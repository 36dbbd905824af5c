"""The report as it is published: `git-gate/report/1`. Every format is rendered from this one value.

All text in it is valid Unicode: bytes of a name that are not UTF-8 stand as `\\xHH`. It is otherwise
unescaped; each renderer escapes for its own format.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

SCHEMA: Final = "git-gate/report/1"


class ToolRecord(msgspec.Struct, frozen=True):
    """The program that made the report."""

    name: str
    version: str


class TargetRecord(msgspec.Struct, frozen=True):
    """The branch merged into."""

    ref: str
    commit: str


class PolicySource(msgspec.Struct, frozen=True):
    """The source of the policy."""

    path: str
    from_: Literal["target", "file", "default"] = msgspec.field(name="from")
    digest: str
    mode: Literal["enforce", "audit"] = "enforce"


class NotCheckedRecord(msgspec.Struct, frozen=True):
    """Something that was not checked. `required`: the verdict is unknown until it has been checked."""

    what: str
    why: str
    required: bool
    hint: str


class Coverage(msgspec.Struct, frozen=True):
    """The extent of the analysis."""

    streams: int
    pairs: int
    pairs_merged: int
    not_checked: list[NotCheckedRecord]


class RuleRecord(msgspec.Struct, frozen=True):
    """The rule that decided who owns a path."""

    kind: Literal["exception", "directory", "none"]
    pattern: str


class ChangeRecord(msgspec.Struct, frozen=True):
    """A path that a stream changes."""

    path: str
    old_path: str | None
    kind: Literal["added", "modified", "deleted", "renamed", "copied", "mode", "type"]
    owner: str | None
    rule: RuleRecord


class LandingRecord(msgspec.Struct, frozen=True):
    """The merge of the stream alone into the target."""

    status: Literal["clean", "conflict", "not_tried"]
    tree: str | None
    conflicts: list[str]


class StreamRecord(msgspec.Struct, frozen=True):
    """A branch."""

    name: str
    ref: str
    tip: str
    merge_base: str | None
    coordinator: str | None
    declared: bool
    uncommitted: bool
    judged: bool
    decision: Literal["land", "review", "hold", "block"]
    why: str
    review_by: list[str]
    landing: LandingRecord
    changes: list[ChangeRecord]


class LocationRecord(msgspec.Struct, frozen=True):
    """A place on a stream; lines count from 1."""

    branch: str
    path: str
    line: int | None
    end_line: int | None


class ConstraintRecord(msgspec.Struct, frozen=True):
    """What a finding asks of the landing order."""

    kind: Literal["apart", "before", "serial", "alone", "review"]
    branches: list[str]
    by: list[str]


class EvidenceRecord(msgspec.Struct, frozen=True):
    """Text that proves a finding."""

    title: str
    branch: str
    path: str
    line: int | None
    text: str


class WaivedRecord(msgspec.Struct, frozen=True):
    """Why a finding does not count."""

    reason: str
    expires: str


class AgainstRecord(msgspec.Struct, frozen=True):
    """The target as the other side of a finding, with the commit that caused it; "" when that is unknown."""

    ref: str
    commit: str
    subject: str


class FindingRecord(msgspec.Struct, frozen=True):
    """An answer of a check."""

    code: str
    name: str
    kind: str
    severity: Literal["error", "warning", "note"]
    confidence: Literal["certain", "likely", "possible"]
    branches: list[str]
    message: str
    locations: list[LocationRecord]
    hint: str
    constraints: list[ConstraintRecord]
    evidence: list[EvidenceRecord]
    fingerprint: str
    waived: WaivedRecord | None
    against: AgainstRecord | None = None


class PairRecord(msgspec.Struct, frozen=True):
    """Two streams that are not parallel. `path` is the way to the decision, one sentence a step."""

    branches: list[str]
    decision: Literal["serialize", "converge"]
    order: list[str]
    merge: Literal["clean", "conflict", "not_needed", "not_tried"]
    reasons: list[str]
    path: list[str]


class HeldRecord(msgspec.Struct, frozen=True):
    """A stream that does not land now."""

    branch: str
    because: list[str]
    unblock: str


class HandoffRecord(msgspec.Struct, frozen=True):
    """Everything that one stream needs from another, by name."""

    consumer: str
    producer: str
    needs: list[str]


class PlanRecord(msgspec.Struct, frozen=True):
    """What lands, in which order and batches, and what is held."""

    order: list[str]
    batches: list[list[str]]
    held: list[HeldRecord]
    critical_path: list[str]
    handoffs: list[HandoffRecord]


class StepRecord(msgspec.Struct, frozen=True):
    """A stream, merged onto all that landed before it."""

    branch: str
    status: Literal["clean", "conflict", "not_tried"]
    tree: str | None


class RehearsalRecord(msgspec.Struct, frozen=True):
    """The plan, really merged."""

    tree: str
    steps: list[StepRecord]


class Report(msgspec.Struct, frozen=True):
    """The result of one analysis."""

    schema: Literal["git-gate/report/1"]
    tool: ToolRecord
    target: TargetRecord
    policy: PolicySource
    coverage: Coverage
    streams: list[StreamRecord]
    findings: list[FindingRecord]
    pairs: list[PairRecord]
    plan: PlanRecord
    rehearsal: RehearsalRecord
    verdict: Literal["pass", "review", "block", "unknown"]
