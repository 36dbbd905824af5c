"""The `github` format: workflow commands that a step prints, which GitHub shows as annotations of the lines.

A step may have 10 errors, 10 warnings and 10 notices; GitHub drops the others silently. Here they are counted.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.words import counted, series
from gate.report import outline, words
from gate.report.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.report import FindingRecord, Report
    from gate.report import Options

MOST = 10
"""Annotations of one level that GitHub shows of a step."""

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, options: Options) -> str:  # noqa: ARG001 (the interface of every format)
    """A command a finding, the gravest first, and a notice of the verdict and of what is not shown."""
    fit = shown(report)
    return "\n".join([*_annotations(fit), _verdict(fit)]) + "\n"


def _annotations(report: Report) -> Iterator[str]:
    standing = outline.standing(report)
    for severity, command in _COMMANDS.items():
        some = [finding for finding in standing if finding.severity == severity]
        for finding in some[: _room(severity)]:
            yield _command(command, words.sentence(finding), _properties(report, finding))


def _room(severity: str) -> int:
    """The verdict is a notice, too."""
    return MOST - 1 if severity == "note" else MOST


def _properties(report: Report, finding: FindingRecord) -> dict[str, str]:
    title = f"{words.label(finding)}: {words.about(finding.branches)}"
    if not finding.locations:
        return {"title": title}
    first = outline.places(report, finding)[0]
    lines = {"line": first.line, "endLine": first.end_line or first.line}
    return {"file": first.path, **{key: str(line) for key, line in lines.items() if line}, "title": title}


def _verdict(report: Report) -> str:
    tally = outline.tally(report)
    left = {severity: tally[severity] - _room(severity) for severity in _COMMANDS}
    hidden = [counted(count, f"more {severity}") for severity, count in left.items() if count > 0]
    summary = f"{words.headline(report)}. {words.counts(report)}."
    more = f" Not shown here: {series(hidden)}; `git gate report` has all." if hidden else ""
    return _command("notice", summary + more, {"title": f"git-gate: {report.verdict}"})


def _command(name: str, message: str, properties: dict[str, str]) -> str:
    fields = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {fields}::{_data(message)}"


def _data(text: str) -> str:
    """As the runner's toolkit escapes a message."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """As the runner's toolkit escapes the value of a property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
