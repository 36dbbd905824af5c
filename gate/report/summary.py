"""The `summary` format: the aggregate report of a synthesizer, as YAML, with the fields it is agreed to have.

An analysis lands nothing. Its tasks are the streams, its batches those the rehearsal merged in memory; what only a run
that really integrates could tell is null, and `not_known` says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from gate.report import outline, words
from gate.report.text import shown

if TYPE_CHECKING:
    from gate.model.report import Report
    from gate.report import Options


def render(report: Report, options: Options) -> str:  # noqa: ARG001 (the interface of every format)
    """The fields, in the order they are agreed on, then where they come from."""
    fit = shown(report)
    decisions = [stream.decision for stream in outline.judged(fit)]
    order, batches = fit.plan.order, fit.plan.batches
    fields = {
        "workflow": f"git-gate check into {words.target(fit)}",
        "tasks_total": len(decisions),
        "tasks_succeeded": sum(decision in ("land", "review") for decision in decisions),
        "tasks_failed": sum(decision in ("hold", "block") for decision in decisions),
        "parallel_efficiency": round(len(order) / len(batches), 2) if batches else None,
        "batches_executed": _rehearsed(fit),
        "conflicts_resolved": None,
        "final_status": fit.verdict,
        "target": fit.target.commit,
        "rehearsed_tree": fit.rehearsal.tree,
        "not_known": _not_known(fit),
    }
    return str(yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=1_000))


def _rehearsed(report: Report) -> int:
    """The batches of which every stream merged cleanly at its turn, up to the first that did not."""
    clean_steps = {step.branch for step in report.rehearsal.steps if step.status == "clean"}
    for number, batch in enumerate(report.plan.batches):
        if not clean_steps.issuperset(batch):
            return number
    return len(report.plan.batches)


def _not_known(report: Report) -> dict[str, str]:
    values = {
        "batches_executed": "they were merged in memory only; nothing has landed",
        "conflicts_resolved": "an analysis finds conflicts and resolves none",
        "tasks_succeeded": "that a stream can land is known; whether its tests pass once it has is not",
    }
    if not report.plan.batches:
        values["parallel_efficiency"] = "nothing lands now"
    return values
