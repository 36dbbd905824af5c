"""The aggregate report: the fields that were agreed on, and what an analysis cannot know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from gate.model.report import StepRecord
from gate.report import render

if TYPE_CHECKING:
    from gate.model.report import Report

AGREED = [
    "workflow",
    "tasks_total",
    "tasks_succeeded",
    "tasks_failed",
    "parallel_efficiency",
    "batches_executed",
    "conflicts_resolved",
    "final_status",
]


def summary(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(render(report, "summary"))
    return found


def test_its_fields_are_those_agreed_on(report: Report) -> None:
    found = summary(report)
    assert list(found)[: len(AGREED)] == AGREED
    assert [found[name] for name in AGREED] == ["git-gate check into main", 4, 3, 1, 1.5, 2, None, "block"]


def test_what_is_null_is_explained(report: Report, empty: Report) -> None:
    for one in (report, empty):
        found = summary(one)
        assert {name for name in AGREED if found[name] is None} <= set(found["not_known"])


def test_batches_count_up_to_the_first_that_did_not_merge(report: Report) -> None:
    steps = [*report.rehearsal.steps[:-1], StepRecord("agent/guide", "conflict", None)]
    rehearsal = msgspec.structs.replace(report.rehearsal, steps=steps)
    assert summary(msgspec.structs.replace(report, rehearsal=rehearsal))["batches_executed"] == 1


def test_nothing_to_judge(empty: Report) -> None:
    found = summary(empty)
    assert (found["tasks_total"], found["parallel_efficiency"], found["final_status"]) == (0, None, "pass")
