"""The `gitlab` format: a code quality report, which GitLab shows in a merge request.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.report import outline, words
from gate.report.encoded import encoded
from gate.report.text import clean

if TYPE_CHECKING:
    from gate.model.report import FindingRecord, Report
    from gate.report import Options

_SEVERITIES = {"error": "critical", "warning": "major", "note": "info"}


def render(report: Report, options: Options) -> str:  # noqa: ARG001 (the interface of every format)
    """An entry a finding that counts, the gravest first; the format knows no waived ones."""
    return encoded([_entry(report, finding) for finding in outline.standing(report)])


def _entry(report: Report, finding: FindingRecord) -> dict[str, object]:
    first = outline.places(report, finding)[0]
    return {
        "description": clean(words.sentence(finding)),
        "check_name": clean(f"{finding.code} {finding.name}"),
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": first.path, "lines": {"begin": first.line or 1}},
    }
