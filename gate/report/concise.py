"""The `concise` format: one line a finding, for grep and editors, and one line of counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.report import outline, words
from gate.report.text import shown

if TYPE_CHECKING:
    from gate.model.report import FindingRecord, Report
    from gate.report import Options


def render(report: Report, options: Options) -> str:  # noqa: ARG001 (the interface of every format)
    """One line a finding, by place; waived ones are counted only."""
    fit = shown(report)
    lines = [_line(finding) for finding in sorted(outline.standing(fit), key=_by_place)]
    return "\n".join([*lines, f"{fit.verdict}: {words.counts(fit)}"]) + "\n"


def _by_place(finding: FindingRecord) -> tuple[str, int, str, list[str]]:
    if not finding.locations:
        return ("", 0, finding.code, finding.branches)
    first = finding.locations[0]
    return (first.path, first.line or 0, finding.code, finding.branches)


def _line(finding: FindingRecord) -> str:
    place = words.primary(finding) or "-"
    return f"{place}: {finding.code} {finding.severity} {finding.message} [{', '.join(finding.branches)}]"
