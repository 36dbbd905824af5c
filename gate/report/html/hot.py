"""The files most findings between streams are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.model.finding import Severity
from gate.report import outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.model.report import FindingRecord, Report


@dataclass(frozen=True, slots=True)
class Hot:
    """One path: how many findings between streams name it, their streams and codes, and the cure of the gravest."""

    path: str
    owner: str
    findings: int
    errors: int
    streams: tuple[str, ...]
    codes: tuple[str, ...]
    worst: str
    cure: str


def files(report: Report) -> list[Hot]:
    """Every path on which streams meet, the one with the most errors first, then the most findings."""
    by_path: dict[str, list[FindingRecord]] = {}
    for finding in outline.standing(report):
        if len(finding.branches) > 1:
            for path in dict.fromkeys(location.path for location in finding.locations):
                by_path.setdefault(path, []).append(finding)
    owners = {change.path: change.owner or "" for stream in report.streams for change in stream.changes}
    hot_files = [_hot(path, owners.get(path, ""), some) for path, some in by_path.items()]
    return sorted(hot_files, key=lambda hot: (-hot.errors, -hot.findings, hot.path))


def _hot(path: str, owner: str, findings: Sequence[FindingRecord]) -> Hot:
    gravest = max(findings, key=lambda finding: Severity(finding.severity).rank)
    streams = {name for finding in findings for name in _streams(finding, path)}
    return Hot(
        path=path,
        owner=owner,
        findings=len(findings),
        errors=sum(finding.severity == "error" for finding in findings),
        streams=tuple(sorted(streams)),
        codes=tuple(sorted({finding.code for finding in findings})),
        worst=gravest.severity,
        cure=gravest.hint,
    )


def _streams(finding: FindingRecord, path: str) -> set[str]:
    """The streams that meet there: those whose places the finding names, else all it is about."""
    named = {place.branch for place in finding.locations if place.path == path}
    return named if len(named) > 1 else set(finding.branches)
