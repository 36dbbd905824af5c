"""The whole analysis, start to finish: the one place that knows the order of the stages."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gate import __version__, checks, decide, order
from gate.cache.reports import ReportQuestion, report_slot
from gate.git.fetched import newest
from gate.model.analysis import Analysis, Published
from gate.model.check import Level
from gate.model.words import counted
from gate.order.candidates import candidates, held_by_rehearsal, limits
from gate.order.handoffs import handoffs
from gate.report import wire
from gate.streams.discover import discover
from gate.streams.gather import gather
from gate.streams.rehearse import rehearse, with_rehearsal
from gate.streams.templates import templates
from gate.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gate.model.check import Check
    from gate.model.facts import Facts
    from gate.model.finding import Finding
    from gate.model.policy import Policy
    from gate.model.request import Request
    from gate.streams.discover import Streams
    from gate.workspace import Workspace

    Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Question:
    """A question: the checks to ask, of which streams, in which repository."""

    workspace: Workspace
    request: Request
    checks: tuple[Check, ...]
    streams: Streams
    templates: Mapping[str, str]
    fetched: float


def analyse(request: Request, progress: Progress = lambda _: None) -> Analysis:
    """Judge the streams that the request names; the repository stays as it is.

    `progress` gets a few words on each stage as it starts.

    Raises:
        GateError: the question cannot be answered; see its exit code.
    """
    with _open(request, progress) as question:
        return _analyse(question, progress)


def publish(request: Request, progress: Progress = lambda _: None) -> Published:
    """Return the report of `analyse`; where the very same question was asked before, the report made then.

    Raises:
        GateError: the question cannot be answered; see its exit code.
    """
    with _open(request, progress) as question:
        workspace = question.workspace
        slot = report_slot(workspace.repository, workspace.refs, _report_question(question))
        report = slot.get()
        if report is None:
            report = _analyse(question, progress).report
            slot.keep(report)
        return Published(report, question.templates, question.workspace.policy, question.fetched)


@contextlib.contextmanager
def _open(request: Request, progress: Progress) -> Iterator[_Question]:
    progress("reading branches")
    with open_workspace(
        request.folder,
        request.target,
        request.config,
        request.mode,
        cached=request.cached,
        jobs=request.jobs,
    ) as workspace:
        yield _Question(
            workspace,
            request,
            _selected(request, workspace.policy),
            discover(workspace, request),
            templates(workspace),
            newest(workspace.repository, workspace.refs.remotes),
        )


def _report_question(question: _Question) -> ReportQuestion:
    streams, workspace = question.streams, question.workspace
    return ReportQuestion(
        workspace.branch,
        workspace.policy,
        question.request,
        question.checks,
        streams.streams,
        streams.not_checked,
    )


def _selected(request: Request, policy: Policy) -> tuple[Check, ...]:
    """Return the checks to run. Whatever is selected, what could not be checked is reported: it is never clean."""
    select = (*request.select, decide.NOT_CHECKED) if request.select else ()
    off = tuple(code for code, severity in policy.severities.items() if severity == "off")
    return checks.select_checks(checks.catalog(), select, request.ignore, off)


def _analyse(question: _Question, progress: Progress) -> Analysis:
    workspace, run = question.workspace, question.checks
    progress(f"merging what {counted(len(workspace.refs.commits), 'branch', 'branches')} may bring")
    facts, names = gather(
        workspace,
        question.request,
        question.streams,
        read=any(check.reads for check in run),
        migrations=any(check.level in (Level.MIGRATION, Level.POINT) for check in run),
    )
    progress(
        f"checking {counted(len(facts.streams), 'stream')} and {counted(len(facts.pairs), 'merged pair')}"
    )
    findings = _findings(question, facts, after_plan=False)
    troubles = decide.single_stream_errors(findings)
    plan = order.plan(candidates(facts, troubles), decide.constraints(findings), limits(workspace.policy))
    progress(f"rehearsing the landing of {counted(len(plan.order), 'stream')}")
    with_sets = any(check.reads and check.level is Level.SET for check in run)
    rehearsed = rehearse(workspace, facts, plan.order, names if with_sets else None)
    facts = with_rehearsal(facts, rehearsed)
    findings = decide.union(findings, _findings(question, facts, after_plan=True))
    held = held_by_rehearsal(rehearsed.rehearsal, findings)
    plan = replace(order.repair(plan, held, decide.constraints(findings)), handoffs=handoffs(facts))
    pairs = decide.pairs(facts, findings, plan)
    report = wire.publish(
        facts=facts,
        findings=findings,
        pairs=pairs,
        streams=decide.streams(facts, findings, plan),
        plan=plan,
        rehearsal=rehearsed.rehearsal,
        outcome=decide.outcome(findings, question.request.fail_on),
        version=__version__,
    )
    return Analysis(report, question.templates, facts.policy, question.fetched, facts, findings, pairs, plan)


def _findings(question: _Question, facts: Facts, *, after_plan: bool) -> tuple[Finding, ...]:
    """Return what the checks find before the plan, or after its rehearsal, with the policy's severities and waivers."""
    request = question.request
    stage_checks = decide.of_stage(question.checks, after_plan=after_plan)
    refs = {stream.name: stream.stream.ref for stream in facts.streams}
    return decide.weigh(
        checks.ask(stage_checks, facts), facts.policy, request.today, named=request.select, refs=refs
    )
