"""The groupings that formats share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gate.model.verdict import StreamDecision, StreamVerdict
from gate.report import outline

if TYPE_CHECKING:
    from report.conftest import Analysis

    from gate.model.report import Report


def test_findings_are_grouped_by_streams_in_any_order(report: Report) -> None:
    assert [(group.branches, group.worst.value) for group in outline.groups(report.findings)] == [
        (("agent/greedy", "agent/tabu"), "error"),
        (("agent/audit",), "warning"),
        (("agent/guide",), "warning"),
        (("agent/audit", "agent/guide"), "note"),
    ]


def test_a_cap_loses_no_finding(large: Report) -> None:
    groups = outline.groups(large.findings)
    kept = outline.capped(groups, 25, 4)
    assert [len(group.findings) for group in kept] == [4, 4, 4, 4, 4, 4, 1]
    assert outline.size(kept) == sum(len(group.findings) for group in groups[:7])


def test_what_to_do_is_in_the_order_of_urgency(report: Report) -> None:
    assert [(action.verb, action.subject, action.streams) for action in outline.actions(report)] == [
        ("review", "COORD_RESILIENCE", ("agent/audit",)),
        ("land", "batch 1", ("agent/greedy",)),
    ]


def test_a_review_by_nobody_in_particular_is_a_persons(analysis: Analysis) -> None:
    streams = tuple(StreamVerdict(facts.name, StreamDecision.REVIEW) for facts in analysis.facts.streams)
    report = replace(analysis, streams=streams).publish()
    assert {who for actor in outline.actors(report) for who in actor.who} == {outline.SOMEONE}
    assert [action.subject for action in outline.actions(report)] == [outline.SOMEONE]


def test_what_is_blocked_is_for_its_coordinator(report: Report) -> None:
    first = outline.actors(report)[0]
    assert (first.stream, first.decision, first.who) == ("agent/tabu", "hold", ["COORD_ENGINE"])


def test_a_held_stream_names_the_codes_that_hold_it(report: Report) -> None:
    assert [(held.stream, held.codes) for held in outline.held(report)] == [("agent/tabu", ["G201"])]


def test_a_stream_that_was_not_rehearsed_is_not_called_clean(analysis: Analysis) -> None:
    report = replace(analysis, rehearsal=replace(analysis.rehearsal, steps=())).publish()
    assert {landing.status for landing in outline.landings(report)} == {"not_tried"}
