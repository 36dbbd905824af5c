"""The `tally` format: one line with the number of findings of each code."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gate.model.report import Report
    from gate.report import Options


def render(report: Report, options: Options) -> str:  # noqa: ARG001 (the interface of every format)
    """Return the counts, by code."""
    counts = Counter(finding.code for finding in report.findings)
    return " ".join(f"{code}={count}" for code, count in sorted(counts.items())) + "\n"
