"""A report as one stream's people need it: what concerns that stream, and the others only as far as they meet it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

if TYPE_CHECKING:
    from gate.model.report import Report

_VERDICTS: dict[str, Literal["pass", "review", "block"]] = {
    "land": "pass",
    "review": "review",
    "hold": "block",
    "block": "block",
}


def narrowed(report: Report, branch: str) -> Report:
    """The part of a report that one of its streams has to do with; its verdict is that stream's own.

    Batches keep their numbers. What was not checked stays, whomever it concerns.

    Raises:
        KeyError: the report has no such stream.
    """
    streams_by_name = {stream.name: stream for stream in report.streams}[branch]
    findings = [finding for finding in report.findings if branch in finding.branches or not finding.branches]
    near = {branch, *(name for finding in findings for name in finding.branches)}
    plan = report.plan
    return replace(
        report,
        streams=[stream for stream in report.streams if stream.name in near],
        findings=findings,
        pairs=[pair for pair in report.pairs if branch in pair.branches],
        plan=replace(
            plan,
            order=[name for name in plan.order if name in near],
            batches=[[name for name in batch if name in near] for batch in plan.batches],
            held=[held_stream for held_stream in plan.held if held_stream.branch in near],
            critical_path=plan.critical_path if branch in plan.critical_path else [],
            handoffs=[handoff for handoff in plan.handoffs if branch in (handoff.consumer, handoff.producer)],
        ),
        verdict="unknown" if report.verdict == "unknown" else _VERDICTS[streams_by_name.decision],
    )
