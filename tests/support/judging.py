"""Runs the whole analysis on a repository, on a fixed day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from gate.model.request import Request
from gate.pipeline import analyse

if TYPE_CHECKING:
    from pathlib import Path

    from gate.model.report import FindingRecord, Report

TODAY = date(2026, 1, 2)


def judge(folder: Path, *branches: str, **wanted: Any) -> Report:
    """The report on these branches (default: all that are streams); `wanted` as in `Request`."""
    request = Request(**{"today": TODAY, "folder": str(folder), "branches": branches, **wanted})
    return analyse(request).report


def codes(report: Report, branch: str | None = None) -> list[str]:
    """The codes of the findings, in order; only those that name the branch, if one is given."""
    return [one.code for one in report.findings if branch is None or branch in one.branches]


def of_code(report: Report, code: str) -> list[FindingRecord]:
    """The findings of one check."""
    return [one for one in report.findings if one.code == code]
