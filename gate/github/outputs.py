"""The outputs for later steps of a job, written so that no text can pose as another output."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gate.model.report import Report

SUMMARY = (1 << 20) - 1024
"""Bytes of a step's summary, with room to spare (docs.github.com/actions, "Step isolation and limits": 1 MiB)."""
_OUTPUT = 900_000
"""Characters of one output; all outputs of a job may have 1 MB."""


def of_report(report: Report, files: Mapping[str, Path]) -> dict[str, str]:
    """The outputs by name. Lists are JSON; `batches` and `prefixes` are made for a job matrix.

    A prefix is what has landed after a batch: the heads to merge, in order, and the tree that comes of it.
    """
    tips = {stream.name: stream.tip for stream in report.streams}
    trees = {step.branch: step.tree for step in report.rehearsal.steps}
    batches = [
        {"batch": number, "streams": batch, "heads": [tips[name] for name in batch]}
        for number, batch in enumerate(report.plan.batches, 1)
    ]
    landed: list[str] = []
    prefixes = []
    for number, batch in enumerate(report.plan.batches, 1):
        landed += batch
        last = next((trees[name] for name in reversed(landed) if trees.get(name)), None)
        prefixes.append({"batch": number, "heads": [tips[name] for name in landed], "tree": last})
    blocking = sorted(
        {
            tuple(sorted(finding.branches))
            for finding in report.findings
            if _blocks(finding.severity, finding.waived, finding.branches)
        }
    )
    return {
        "verdict": report.verdict,
        "findings": str(len(report.findings)),
        "errors": str(
            sum(finding.severity == "error" and finding.waived is None for finding in report.findings)
        ),
        "blocking-pairs": _json([list(pair) for pair in blocking]),
        "merge-order": _json(report.plan.order),
        "batches": _json(batches),
        "prefixes": _json(prefixes),
        **{f"{form}-path": str(path) for form, path in files.items()},
    }


def _blocks(severity: str, waived: object, branches: list[str]) -> bool:
    return severity == "error" and waived is None and len(branches) > 1


def _json(value: object) -> str:
    """One line of ASCII."""
    text = json.dumps(value, separators=(",", ":"))
    return text if len(text) <= _OUTPUT else "[]"


def encoded(outputs: Mapping[str, str]) -> str:
    """The outputs as GITHUB_OUTPUT takes them, each between delimiters nobody can guess."""
    parts = []
    for name, value in outputs.items():
        mark = f"gate-{secrets.token_hex(16)}"
        parts.append(f"{name}<<{mark}\n{value}\n{mark}\n")
    return "".join(parts)


def fitting(text: str, limit: int = SUMMARY) -> str:
    """As much of a text as a summary takes, cut at a line."""
    raw = text.encode("utf-8", "replace")
    if len(raw) <= limit:
        return text
    return (
        raw[:limit].decode("utf-8", "ignore").rpartition("\n")[0]
        + "\n\nThe summary ends here: it is too long.\n"
    )
