"""Code quality: what GitLab's documentation asks for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from gate.report import render

if TYPE_CHECKING:
    from gate.model.report import Report

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "gitlab-code-quality.json").read_text("utf-8"))


def entries(report: Report) -> Any:
    found = json.loads(render(report, "gitlab"))
    jsonschema.validate(found, SCHEMA)
    return found


def test_page(report: Report) -> None:
    first = entries(report)[0]
    assert first.pop("description").startswith("agent/tabu and agent/greedy both change")
    assert first == {
        "check_name": "G201 file-collision",
        "fingerprint": report.findings[0].fingerprint,
        "severity": "critical",
        "location": {"path": "backend/app/scheduling/solver.py", "lines": {"begin": 12}},
    }


def test_every_finding_that_counts_is_in_it(report: Report, large: Report) -> None:
    assert [one["severity"] for one in entries(report)] == ["critical", "major", "info"]
    assert len(entries(large)) == 2_000


def test_nothing_to_judge(empty: Report) -> None:
    assert render(empty, "gitlab") == "[]\n"


def test_the_schema_refuses_what_is_no_report(report: Report) -> None:
    broken = entries(report)
    broken[0]["severity"] = "error"
    with pytest.raises(jsonschema.ValidationError) as caught:
        jsonschema.validate(broken, SCHEMA)
    assert list(caught.value.path) == [0, "severity"]
