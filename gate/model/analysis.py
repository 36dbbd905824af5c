"""The result of one run of the gate: the published report, and the values behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.model.facts import Facts
    from gate.model.finding import Finding
    from gate.model.plan import Plan
    from gate.model.policy import Policy
    from gate.model.report import Report
    from gate.model.verdict import Pair


@dataclass(frozen=True, slots=True)
class Published:
    """The report of one run, with the policy's own templates to render it, by name, and the policy.

    `fetched` is when the remote-tracking branches were last fetched, in seconds since 1970; 0 for never.
    """

    report: Report
    templates: Mapping[str, str]
    policy: Policy
    fetched: float


@dataclass(frozen=True, slots=True)
class Analysis(Published):
    """The published report, and the values behind it."""

    facts: Facts
    findings: tuple[Finding, ...]
    pairs: tuple[Pair, ...]
    plan: Plan
