"""The report in a few lines, for where a person waits: a push that was stopped, an agent about to act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.words import counted, series
from gate.report import outline, words
from gate.report.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.model.report import FindingRecord, Report

MOST = 5
"""Findings shown in full."""


def brief(report: Report, reviewers: Mapping[str, Sequence[str]], most: int = MOST) -> Iterator[str]:
    """The verdict, the findings that make it, whose the other streams are, and what to do; lines without an end.

    `reviewers` are the people behind each coordinator. All of it is fit to be shown.
    """
    fit = shown(report)
    names = series([stream.name for stream in outline.judged(fit)])
    others = counted(sum(not stream.judged for stream in fit.streams), "other stream")
    mode = words.mode(fit)
    yield f"{fit.verdict.upper()}  {names} on {words.target(fit)}, beside {others}" + (
        f" ({mode})" if mode else ""
    )
    if fit.verdict == "pass":
        return
    if fit.verdict == "unknown":
        for gap in [gap for gap in fit.coverage.not_checked if gap.required][:most]:
            yield f"  could not be checked: {gap.what}: {gap.why}"
        return
    if fit.verdict == "review":
        yield f"  before it lands: review by {_reviews(fit, reviewers)}"
        return
    yield from errors(fit, reviewers, outline.standing(fit), most)


def errors(
    report: Report,
    reviewers: Mapping[str, Sequence[str]],
    findings: Sequence[FindingRecord],
    most: int = MOST,
) -> Iterator[str]:
    """The errors among these findings of a report that is fit to be shown, the first of them in full."""
    grave = [finding for finding in findings if finding.severity == "error"]
    for finding in grave[:most]:
        yield from _lines_of(finding, report, reviewers)
    if len(grave) > most:
        yield f"  and {counted(len(grave) - most, 'more error')}: git gate check"


def _lines_of(
    finding: FindingRecord, report: Report, reviewers: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    place = words.primary(finding)
    yield f"  {finding.code} {finding.name}: {finding.message}" + (f" ({place})" if place else "")
    who = [
        f"{stream.name}: {_people(stream.coordinator, reviewers)}"
        for stream in report.streams
        if stream.name in finding.branches and not stream.judged and stream.coordinator
    ]
    if who:
        yield f"    whose: {', '.join(who)}"
    if finding.hint:
        yield f"    hint: {finding.hint}"


def _reviews(report: Report, reviewers: Mapping[str, Sequence[str]]) -> str:
    wanted = dict.fromkeys(name for stream in outline.judged(report) for name in stream.review_by)
    return series([_people(name, reviewers) for name in wanted]) or outline.SOMEONE


def _people(coordinator: str, reviewers: Mapping[str, Sequence[str]]) -> str:
    people = reviewers.get(coordinator, ())
    return f"{coordinator} ({', '.join(people)})" if people else coordinator
