"""The concise format: a line a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.report import render

if TYPE_CHECKING:
    from gate.model.report import Report

PAGE = """\
-: G221 note agent/guide is built on a commit of agent/audit. [agent/guide, agent/audit]
backend/app/scheduling/solver.py:12: \
G201 error agent/tabu and agent/greedy both change backend/app/scheduling/solver.py, and git cannot merge the two. \
[agent/tabu, agent/greedy]
backend/app/services/audit_service.py:40: \
G102 warning agent/audit changes backend/app/services/audit_service.py, an exception path. \
[agent/audit]
block: 1 error, 1 warning and 1 note (1 waived)
"""


def test_page(report: Report) -> None:
    assert render(report, "concise") == PAGE


def test_a_line_a_finding(large: Report) -> None:
    assert len(render(large, "concise").splitlines()) == len(large.findings) + 1
