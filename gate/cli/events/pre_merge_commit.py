"""`pre-merge-commit`: a merge into the target, before its commit is made.

It is a landing, so the plan decides: a stream whose turn has not come, or that is blocked, is stopped. Merges into any
other branch are left to the push. git names what it merges in `GITHEAD_<oid>` variables (git-merge(1) sets them for its
strategies; `MERGE_HEAD` is written only after this hook).
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from gate.cli.events import here
from gate.cli.events.judging import reviewers, say
from gate.cli.options import today
from gate.cli.progress import Progress
from gate.cli.writing import note
from gate.errors import Exit
from gate.gather.request import Request
from gate.report import brief, outline
from gate.report.text import shown

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from gate.model.report import Report, Stream
    from gate.pipeline import Analysis

_HEAD = re.compile(r"GITHEAD_([0-9a-f]{40}|[0-9a-f]{64})")
_STUCK = ("hold", "block")


def run(words: tuple[str, ...]) -> Exit:  # noqa: ARG001 (git passes none)
    """Judge what is merged, if it lands."""
    merged = {match[1] for name in os.environ if (match := _HEAD.fullmatch(name))}
    target = _target()
    if not merged or target is None:
        return Exit.PASS
    from gate.pipeline import analyse

    with Progress() as progress:
        done = analyse(Request(today=today(), target=target, worktrees=False), progress)
    return _tell(done, merged)


def _target() -> str | None:
    """The branch that is checked out, when it is the target or its local branch."""
    from gate.pipeline import opened

    with opened() as at:
        own = here.branch(at.repository)
        return own if own and at.names.bare_name(own) == at.names.bare_name(at.aim.ref) else None


def _tell(done: Analysis, merged: Container[str]) -> Exit:
    from gate.cli.check import audited

    report = shown(done.report)
    landing = [stream for stream in outline.judged(report) if stream.tip in merged]
    stuck = [stream for stream in landing if stream.decision in _STUCK]
    say([line for stream in landing for line in _said(stream, report, reviewers(done))], done)
    if not stuck or audited(done):
        return Exit.PASS
    note("git-gate: to go on all the same: git merge --no-verify, or GATE_SKIP=1")
    return Exit.BLOCKED


def _said(stream: Stream, report: Report, people: dict[str, tuple[str, ...]]) -> Iterator[str]:
    yield f"{stream.decision.upper()}  {stream.name}" + (f": {stream.why}" if stream.why else "")
    if stream.decision in _STUCK:
        own = [finding for finding in outline.standing(report) if stream.name in finding.branches]
        yield from brief.errors(report, people, own)
