"""`pre-merge-commit`: a merge into the target, before its commit is made.

It is a landing, so the plan decides: a stream whose turn has not come, or that is blocked, is stopped. Merges into any
other branch are left to the push. git names what it merges in `GITHEAD_<oid>` variables (git-merge(1) sets them for its
strategies; `MERGE_HEAD` is written only after this hook).
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from gate.cli.events.current_branch import current_branch
from gate.cli.events.judging import reviewers, say
from gate.cli.options import today
from gate.cli.progress import Progress
from gate.cli.writing import note
from gate.errors import Exit
from gate.model.request import Request
from gate.report import brief, outline
from gate.report.text import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator

    from gate.model.analysis import Published
    from gate.model.report import Report, StreamRecord

_HEAD = re.compile(r"GITHEAD_([0-9a-f]{40}|[0-9a-f]{64})")
_STUCK = ("hold", "block")


def run(words: tuple[str, ...]) -> Exit:  # noqa: ARG001 (git passes none)
    """Judge what is merged, if it lands."""
    merged = {match[1] for name in os.environ if (match := _HEAD.fullmatch(name))}
    done = landing(merged)
    if done is None:
        return Exit.PASS
    say(verdict_lines(done, merged), done)
    if not stuck(done, merged):
        return Exit.PASS
    note("git-gate: to go on anyway: git merge --no-verify, or GATE_SKIP=1")
    return Exit.BLOCKED


def landing(merged: Collection[str]) -> Published | None:
    """The analysis of all streams, when these commits would be merged into the target; None for any other merge.

    Raises:
        GateError: the question cannot be answered.
    """
    target = _target() if merged else None
    if target is None:
        return None
    from gate.pipeline import publish

    with Progress() as progress:
        return publish(Request(today=today(), target=target, worktrees=False), progress)


def stuck(done: Published, merged: Container[str]) -> bool:
    """Return whether one of the streams merged must not land now, and the mode is to enforce that."""
    from gate.cli.check import audited

    return not audited(done.report) and any(
        stream.decision in _STUCK for stream in _streams(done.report, merged)
    )


def verdict_lines(done: Published, merged: Container[str]) -> list[str]:
    """Return the lines on what the plan has for the merged streams, and why."""
    report = shown(done.report)
    people = reviewers(done)
    return [line for stream in _streams(report, merged) for line in _stream_lines(stream, report, people)]


def _streams(report: Report, merged: Container[str]) -> list[StreamRecord]:
    return [stream for stream in outline.judged(report) if stream.tip in merged]


def _target() -> str | None:
    """The branch that is checked out, when it is the target or its local branch."""
    from gate.workspace import open_workspace

    with open_workspace() as workspace:
        branch = current_branch(workspace.repository)
        return (
            branch
            if branch and workspace.refs.bare_name(branch) == workspace.refs.bare_name(workspace.branch.ref)
            else None
        )


def _stream_lines(stream: StreamRecord, report: Report, people: dict[str, tuple[str, ...]]) -> Iterator[str]:
    yield f"{stream.decision.upper()}  {stream.name}" + (f": {stream.why}" if stream.why else "")
    if stream.decision in _STUCK:
        findings = [finding for finding in outline.standing(report) if stream.name in finding.branches]
        yield from brief.errors(report, people, findings)
