"""One run of the Action: fetch, judge every open pull request, and tell each of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from msgspec import structs

from gate import report as reports
from gate.checks import catalog
from gate.errors import Exit, GateError, TooShallow, UsageError
from gate.github import fetching, outputs, pulls, telling
from gate.github.client import Refused
from gate.model.request import Request
from gate.pipeline import publish
from gate.report import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from gate.github.client import GitHubClient
    from gate.github.event import Event
    from gate.github.pulls import Filters, Pull
    from gate.model.analysis import Published
    from gate.model.report import Report

LARGEST_REPORT = 20 << 20
"""Bytes of a report from elsewhere."""
GROUP = "merge queue"
"""What the stream of a merge group is called."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The inputs of the workflow. `results` is the folder that files go to; `url` that of the run, for statuses."""

    folder: str
    results: Path
    today: date
    target: str = ""
    config: tuple[str, bytes] | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    mode: str = ""
    filters: Filters = field(default_factory=pulls.Filters)
    comment: telling.When = "problems"
    status: bool = True
    server: str = "https://github.com"
    url: str = ""
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """The result of a run: the report, the streams the run is about, and what could not be published."""

    report: Report
    about: tuple[str, ...]
    comments: telling.CommentCounts
    failures: tuple[str, ...]
    files: Mapping[str, Path]


def run(client: GitHubClient, event: Event, wanted: Wanted, say: Callable[[str], None]) -> Done:
    """The whole run but for what is printed. `say` takes a line on what is being done.

    Raises:
        GateError: nothing could be judged.
    """
    base = wanted.target or event.base or pulls.default_branch(client, event.repository)
    pull_requests = pulls.wanted(pulls.opened(client, event.repository, base), wanted.filters, wanted.today)
    say(f"{len(pull_requests)} open pull requests into {base}")
    streams, about = _streams(event, pull_requests)
    heads = [(f"refs/pull/{pull.number}/head", fetching.head(pull.number)) for pull in pull_requests]
    extra = (
        []
        if event.head in {pull.head for pull in pull_requests} or not event.head
        else [_event_branch(event)]
    )
    remote = fetching.Remote(
        wanted.folder, fetching.specs(base, [*heads, *extra]), fetching.variables(wanted.server, client.token)
    )
    remote.fetch()
    judged = _judged(remote, _request(wanted, streams), say)
    report = structs.replace(
        judged.report, target=structs.replace(judged.report.target, ref=f"refs/heads/{base}")
    )
    files = _written(report, wanted.results, judged.templates)
    outcome, failures = _publish(client, event, wanted, report, pull_requests)
    return Done(report, about, outcome, failures, files)


def _streams(event: Event, pull_requests: tuple[Pull, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Every stream with its commit, and those the event is about."""
    streams = {pull.name: pull.head for pull in pull_requests}
    if not event.head or event.kind == "workflow_run":
        return streams, ()
    about = tuple(
        pull.name for pull in pull_requests if pull.head == event.head or pull.number == event.number
    )
    if about:
        return streams, about
    name = GROUP if event.kind == "merge_group" else event.branch or event.head[:10]
    return streams | {name: event.head}, (name,)


def _event_branch(event: Event) -> tuple[str, str]:
    """The event's own commit, which is no open pull request's head."""
    if event.kind == "pull_request":
        return f"refs/pull/{event.number}/head", f"{fetching.REFS}own"
    return event.head, f"{fetching.REFS}own"


def _request(wanted: Wanted, streams: Mapping[str, str]) -> Request:
    return Request(
        today=wanted.today,
        folder=wanted.folder,
        heads=tuple(sorted(streams.items())),
        target=fetching.TARGET,
        config=wanted.config,
        worktrees=False,
        select=wanted.select,
        ignore=wanted.ignore,
        fail_on=wanted.fail_on,
        mode=wanted.mode,
        jobs=wanted.jobs,
    )


def _judged(remote: fetching.Remote, request: Request, say: Callable[[str], None]) -> Published:
    """The report, of as much history as it takes."""
    deeper = remote.deepen()
    while True:
        try:
            return publish(request)
        except TooShallow:
            step = next(deeper, None)
            if step is None:
                raise
            say(f"history was too short: made deeper {step}")


def _written(report: Report, results: Path, templates: Mapping[str, str]) -> dict[str, Path]:
    """The report in every form that later steps may upload."""
    results.mkdir(parents=True, exist_ok=True)
    forms = {"report": ("markdown", "report.md"), "json": ("json", "report.json")}
    forms |= {form: (form, f"report.{form}") for form in ("sarif", "html")}
    documentation = {check.code: check.documentation for check in catalog()}
    look = Options(limit=None, templates=templates, documentation=documentation)
    files = {}
    for name, (form, file) in forms.items():
        files[name] = results / file
        files[name].write_text(reports.render(report, form, look), encoding="utf-8")
    return files


def _publish(
    client: GitHubClient, event: Event, wanted: Wanted, report: Report, pull_requests: tuple[Pull, ...]
) -> tuple[telling.CommentCounts, tuple[str, ...]]:
    """Statuses and comments, as far as the token may write; what it may not is said and fails nothing."""
    if event.fork:
        return telling.CommentCounts(), (
            "the token of a fork's run may not write: the summary is all there is",
        )
    counts, failures = telling.CommentCounts(), []
    try:
        counts = telling.comments(client, event.repository, report, pull_requests, wanted.comment)
    except Refused as error:
        failures.append(f"comments: {error.message}" + (f" ({error.hint})" if error.hint else ""))
    try:
        count = (
            telling.statuses(client, event.repository, report, pull_requests, wanted.url)
            if wanted.status
            else 0
        )
        counts = telling.CommentCounts(count, counts.created, counts.updated, counts.unchanged)
    except Refused as error:
        failures.append(f"statuses: {error.message}" + (f" ({error.hint})" if error.hint else ""))
    return counts, tuple(failures)


def exit_code(done: Done) -> Exit:
    """By the streams the run is about; a run about none of them reports and never fails by a verdict."""
    report = done.report
    if report.policy.mode == "audit":
        return Exit.PASS
    decisions = {stream.name: stream.decision for stream in report.streams}
    if any(gap.required for gap in report.coverage.not_checked):
        return Exit.UNKNOWN
    return Exit.BLOCKED if {decisions.get(name) for name in done.about} & {"hold", "block"} else Exit.PASS


def summary(done: Done) -> str:
    """Return the text of the job's page."""
    text = reports.render(done.report, "markdown", Options(limit=outputs.SUMMARY // 4))
    return outputs.fitting(text)


def relay(client: GitHubClient, event: Event, content: bytes, when: telling.When) -> telling.CommentCounts:
    """The comment of a fork's run, made by a run that may write. `content` is that run's report, and is only data.

    Which pull request it goes to is told by the event and by GitHub, never by the report; the report is read as its
    schema says, rendered anew, and must speak of the very commit the run was about.

    Raises:
        GateError: it is no report, or of something else.
    """
    from gate.report import stored

    if event.kind != "workflow_run":
        raise UsageError("only a run that another one has started passes its report on")
    if len(content) > LARGEST_REPORT:
        raise GateError(f"the report has {len(content)} bytes, too many")
    report = stored.load(content)
    names = [stream.name for stream in report.streams if stream.tip == event.head]
    pull = pulls.at_head(client, event.repository, event.branch, event.head)
    if pull is None or len(names) != 1:
        raise GateError("the report is not of an open pull request's newest commit", "nothing was published")
    return telling.comments(client, event.repository, report, (replace(pull, name=names[0]),), when)
