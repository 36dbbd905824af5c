"""The report as it is published: `git-gate/report/1`. Every format is rendered from this one value.

All text in it is valid Unicode: bytes of a name that are not UTF-8 stand as `\\xHH`. It is otherwise
unescaped; each renderer escapes for its own format.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

SCHEMA: Final = "git-gate/report/1"


class Tool(msgspec.Struct, frozen=True):
    """What made the report."""

    name: str
    version: str


class Target(msgspec.Struct, frozen=True):
    """The branch merged into."""

    ref: str
    commit: str


class PolicySource(msgspec.Struct, frozen=True):
    """Where the policy came from."""

    path: str
    from_: Literal["target", "file", "default"] = msgspec.field(name="from")
    digest: str
    mode: Literal["enforce", "audit"] = "enforce"


class NotChecked(msgspec.Struct, frozen=True):
    """Something that was not checked. `required`: without it nothing is sure."""

    what: str
    why: str
    required: bool
    hint: str


class Coverage(msgspec.Struct, frozen=True):
    """How much was looked at."""

    streams: int
    pairs: int
    pairs_merged: int
    not_checked: list[NotChecked]


class Rule(msgspec.Struct, frozen=True):
    """The rule that decided whose a path is."""

    kind: Literal["exception", "directory", "none"]
    pattern: str


class Change(msgspec.Struct, frozen=True):
    """One path a stream changes."""

    path: str
    old_path: str | None
    kind: Literal["added", "modified", "deleted", "renamed", "copied", "mode", "type"]
    owner: str | None
    rule: Rule


class Landing(msgspec.Struct, frozen=True):
    """What became of the target when the stream alone was merged into it."""

    status: Literal["clean", "conflict", "not_tried"]
    tree: str | None
    conflicts: list[str]


class Stream(msgspec.Struct, frozen=True):
    """One branch."""

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
    landing: Landing
    changes: list[Change]


class Location(msgspec.Struct, frozen=True):
    """A place on a stream; lines count from 1."""

    branch: str
    path: str
    line: int | None
    end_line: int | None


class Constraint(msgspec.Struct, frozen=True):
    """What a finding asks of the order."""

    kind: Literal["apart", "before", "serial", "alone", "review"]
    branches: list[str]
    by: list[str]


class Evidence(msgspec.Struct, frozen=True):
    """Text that proves a finding."""

    title: str
    branch: str
    path: str
    line: int | None
    text: str


class Waived(msgspec.Struct, frozen=True):
    """Why a finding does not count."""

    reason: str
    expires: str


class Finding(msgspec.Struct, frozen=True):
    """One answer of a check."""

    code: str
    name: str
    kind: str
    severity: Literal["error", "warning", "note"]
    confidence: Literal["certain", "likely", "possible"]
    branches: list[str]
    message: str
    locations: list[Location]
    hint: str
    constraints: list[Constraint]
    evidence: list[Evidence]
    fingerprint: str
    waived: Waived | None


class Pair(msgspec.Struct, frozen=True):
    """Two streams that are not parallel. `path` is the way to the decision, one sentence a step."""

    branches: list[str]
    decision: Literal["serialize", "converge"]
    order: list[str]
    merge: Literal["clean", "conflict", "not_needed", "not_tried"]
    reasons: list[str]
    path: list[str]


class Held(msgspec.Struct, frozen=True):
    """A stream that does not land now."""

    branch: str
    because: list[str]
    unblock: str


class Handoff(msgspec.Struct, frozen=True):
    """What one stream needs of another."""

    consumer: str
    producer: str
    needs: list[str]


class Plan(msgspec.Struct, frozen=True):
    """What lands, in which order."""

    order: list[str]
    batches: list[list[str]]
    held: list[Held]
    critical_path: list[str]
    handoffs: list[Handoff]


class Step(msgspec.Struct, frozen=True):
    """One stream, merged onto all that landed before it."""

    branch: str
    status: Literal["clean", "conflict", "not_tried"]
    tree: str | None


class Rehearsal(msgspec.Struct, frozen=True):
    """The plan, really merged."""

    tree: str
    steps: list[Step]


class Report(msgspec.Struct, frozen=True):
    """Everything one analysis says."""

    schema: Literal["git-gate/report/1"]
    tool: Tool
    target: Target
    policy: PolicySource
    coverage: Coverage
    streams: list[Stream]
    findings: list[Finding]
    pairs: list[Pair]
    plan: Plan
    rehearsal: Rehearsal
    verdict: Literal["pass", "review", "block", "unknown"]
