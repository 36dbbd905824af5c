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
    own = {stream.name: stream for stream in report.streams}[branch]
    findings = [one for one in report.findings if branch in one.branches or not one.branches]
    near = {branch, *(name for one in findings for name in one.branches)}
    plan = report.plan
    return replace(
        report,
        streams=[one for one in report.streams if one.name in near],
        findings=findings,
        pairs=[one for one in report.pairs if branch in one.branches],
        plan=replace(
            plan,
            order=[name for name in plan.order if name in near],
            batches=[[name for name in batch if name in near] for batch in plan.batches],
            held=[one for one in plan.held if one.branch in near],
            critical_path=plan.critical_path if branch in plan.critical_path else [],
            handoffs=[one for one in plan.handoffs if branch in (one.consumer, one.producer)],
        ),
        verdict="unknown" if report.verdict == "unknown" else _VERDICTS[own.decision],
    )
