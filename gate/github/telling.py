"""Publishes the verdict: a status on every head, one comment a pull request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gate import report as reports
from gate.github.pulls import CONTEXT
from gate.model.words import counted
from gate.report.narrow import narrowed
from gate.report.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.github.client import GitHubClient
    from gate.github.pulls import Pull
    from gate.model.report import Report, StreamRecord

MARKER = "<!-- git-gate:report -->"
"""The first line of our comment, by which it is found again."""
_LONGEST = 140
"""Characters of a status's description (docs.github.com/rest/commits/statuses)."""
_STATES = {"land": "success", "review": "success", "hold": "failure", "block": "failure"}
When = Literal["problems", "always", "never"]


@dataclass(frozen=True, slots=True)
class CommentCounts:
    """The number of statuses written, and of comments created, changed and left as they were."""

    statuses: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0


def statuses(client: GitHubClient, repository: str, report: Report, pulls: Iterable[Pull], url: str) -> int:
    """Set the status of every head that has another one, and say how many those were."""
    streams = {stream.name: stream for stream in report.streams}
    count = 0
    for pull in pulls:
        if pull.name not in streams:
            continue
        state, words = described(report, streams[pull.name])
        if pull.status != (state, words):
            body = {"state": state, "context": CONTEXT, "description": words}
            client.send(
                "POST",
                f"/repos/{repository}/statuses/{pull.head}",
                body | ({"target_url": url} if url else {}),
            )
            count += 1
    return count


def described(report: Report, stream: StreamRecord) -> tuple[str, str]:
    """The state of a stream's status, and its description."""
    if report.policy.mode == "audit":
        state = "success"
    elif any(gap.required for gap in report.coverage.not_checked):
        state = "error"
    else:
        state = _STATES[stream.decision]
    words = clean(f"{stream.decision}: {stream.why}" if stream.why else stream.decision)
    return state, words if len(words) <= _LONGEST else f"{words[: _LONGEST - 3]}..."


def comments(
    client: GitHubClient, repository: str, report: Report, pulls: Iterable[Pull], when: When
) -> CommentCounts:
    """Bring each pull request's one comment up to date. Nobody else's is touched, and none is deleted."""
    streams = {stream.name for stream in report.streams}
    created = updated = unchanged = 0
    for pull in pulls:
        if pull.name not in streams:
            continue
        our_comments = [comment for comment in pull.comments if comment.body.startswith(MARKER)]
        body = text(report, pull.name)
        if not our_comments:
            if when == "always" or (when == "problems" and _has_problems(report, pull.name)):
                client.send("POST", f"/repos/{repository}/issues/{pull.number}/comments", {"body": body})
                created += 1
        elif when != "never" and _plain(our_comments[0].body) != _plain(body):
            client.send("PATCH", f"/repos/{repository}/issues/comments/{our_comments[0].id}", {"body": body})
            updated += 1
        else:
            unchanged += 1
    return CommentCounts(created=created, updated=updated, unchanged=unchanged)


def text(report: Report, name: str) -> str:
    """The comment on one pull request: what concerns it, and nothing that changes when only others do."""
    return f"{MARKER}\n{reports.render(narrowed(report, name), 'markdown')}"


def _plain(body: str) -> str:
    """A body without what GitHub makes of line ends."""
    return body.replace("\r\n", "\n").strip()


def _has_problems(report: Report, name: str) -> bool:
    concerns = (finding for finding in report.findings if name in finding.branches and finding.waived is None)
    return any(finding.severity != "note" for finding in concerns)


def summary(counts: CommentCounts) -> str:
    """Return the counts in one line."""
    return (
        f"{counted(counts.statuses, 'status', 'statuses')} set; {counted(counts.created, 'comment')} made, "
        f"{counts.updated} changed, {counts.unchanged} left as they were"
    )
